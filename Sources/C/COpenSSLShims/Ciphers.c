// The low-level SHA-1 calls are deprecated in OpenSSL 3 in favour of EVP_MAC, which allocates whenever a keyed state is
// reused: too much for every packet.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <string.h>
#include "COpenSSLShims.h"

void JM_hmac_sha1_init(JM_hmac_sha1 *hmac, const uint8_t *key, size_t keyLength) {
    uint8_t padded[SHA_CBLOCK] = {0};
    if (keyLength > sizeof padded) {
        SHA1(key, keyLength, padded);
    } else if (keyLength > 0) {
        memcpy(padded, key, keyLength);
    }
    uint8_t block[SHA_CBLOCK];
    for (size_t i = 0; i < sizeof block; i++) block[i] = padded[i] ^ 0x36;
    SHA1_Init(&hmac->inner);
    SHA1_Update(&hmac->inner, block, sizeof block);
    for (size_t i = 0; i < sizeof block; i++) block[i] = padded[i] ^ 0x5c;
    SHA1_Init(&hmac->outer);
    SHA1_Update(&hmac->outer, block, sizeof block);
    OPENSSL_cleanse(padded, sizeof padded);
    OPENSSL_cleanse(block, sizeof block);
}

void JM_hmac_sha1_compute(
    const JM_hmac_sha1 *hmac, const uint8_t *data, size_t length, const uint8_t *tail, size_t tailLength, uint8_t *out) {
    SHA_CTX state = hmac->inner;
    SHA1_Update(&state, data, length);
    if (tailLength > 0) SHA1_Update(&state, tail, tailLength);
    uint8_t digest[SHA_DIGEST_LENGTH];
    SHA1_Final(digest, &state);
    state = hmac->outer;
    SHA1_Update(&state, digest, sizeof digest);
    SHA1_Final(out, &state);
}

void JM_hmac_sha256(const uint8_t *key, size_t keyLength, const uint8_t *data, size_t length, uint8_t *out) {
    unsigned int written = 0;
    HMAC(EVP_sha256(), key, (int)keyLength, data, length, out, &written);
}

int JM_equal(const uint8_t *a, const uint8_t *b, size_t length) { return CRYPTO_memcmp(a, b, length) == 0; }

void JM_cleanse(void *bytes, size_t length) { OPENSSL_cleanse(bytes, length); }

EVP_CIPHER_CTX *JM_gcm_new(const uint8_t key[16], int encrypting) {
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    if (cipher && EVP_CipherInit_ex(cipher, EVP_aes_128_gcm(), NULL, key, NULL, encrypting) != 1) {
        EVP_CIPHER_CTX_free(cipher);
        return NULL;
    }
    return cipher;
}

// The one-shot order of calls that both directions share: IV, associated data, text.
static int gcm_apply(
    EVP_CIPHER_CTX *cipher, const uint8_t *iv, const uint8_t *aad, int aadLength, const uint8_t *moreAAD,
    int moreAADLength, uint8_t *data, int length) {
    int written = 0;
    if (EVP_CipherInit_ex(cipher, NULL, NULL, NULL, iv, -1) != 1) return 0;
    if (EVP_CipherUpdate(cipher, NULL, &written, aad, aadLength) != 1) return 0;
    if (moreAADLength > 0 && EVP_CipherUpdate(cipher, NULL, &written, moreAAD, moreAADLength) != 1) return 0;
    return length == 0 || EVP_CipherUpdate(cipher, data, &written, data, length) == 1;
}

int JM_gcm_seal(
    EVP_CIPHER_CTX *cipher, const uint8_t iv[12], const uint8_t *aad, int aadLength, const uint8_t *moreAAD,
    int moreAADLength, uint8_t *data, int length, uint8_t *tag) {
    int written = 0;
    uint8_t rest[16];
    return gcm_apply(cipher, iv, aad, aadLength, moreAAD, moreAADLength, data, length)
        && EVP_EncryptFinal_ex(cipher, rest, &written) == 1
        && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, 16, tag) == 1;
}

int JM_gcm_open(
    EVP_CIPHER_CTX *cipher, const uint8_t iv[12], const uint8_t *aad, int aadLength, const uint8_t *moreAAD,
    int moreAADLength, uint8_t *data, int length, const uint8_t *tag) {
    int written = 0;
    uint8_t rest[16];
    return gcm_apply(cipher, iv, aad, aadLength, moreAAD, moreAADLength, data, length)
        && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, 16, (void *)tag) == 1
        && EVP_DecryptFinal_ex(cipher, rest, &written) == 1;
}

EVP_CIPHER_CTX *JM_ctr_new(const uint8_t key[16]) {
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    if (cipher && EVP_EncryptInit_ex(cipher, EVP_aes_128_ctr(), NULL, key, NULL) != 1) {
        EVP_CIPHER_CTX_free(cipher);
        return NULL;
    }
    return cipher;
}

int JM_ctr_apply(EVP_CIPHER_CTX *cipher, const uint8_t iv[16], uint8_t *data, int length) {
    int written = 0;
    return EVP_EncryptInit_ex(cipher, NULL, NULL, NULL, iv) == 1
        && EVP_EncryptUpdate(cipher, data, &written, data, length) == 1;
}

void JM_cipher_free(EVP_CIPHER_CTX *cipher) { EVP_CIPHER_CTX_free(cipher); }
