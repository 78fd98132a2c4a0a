// What Swift cannot say to OpenSSL (macros, variadics, callbacks) and the per-packet operations in one call each.
// Nothing here allocates after its `new` function, except inside OpenSSL's handshake.
#pragma once
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Keyed hash. The state after the padded key is kept, so that a packet costs its own bytes and two blocks.

typedef struct {
    SHA_CTX inner;
    SHA_CTX outer;
} JM_hmac_sha1;

void JM_hmac_sha1_init(JM_hmac_sha1 *hmac, const uint8_t *key, size_t keyLength);
// The hash of `data` followed by `tail` (which may be empty) into 20 bytes at `out`.
void JM_hmac_sha1_compute(
    const JM_hmac_sha1 *hmac, const uint8_t *data, size_t length, const uint8_t *tail, size_t tailLength, uint8_t *out);
void JM_hmac_sha256(const uint8_t *key, size_t keyLength, const uint8_t *data, size_t length, uint8_t *out);
// 1 when equal; the time does not depend on the bytes.
int JM_equal(const uint8_t *a, const uint8_t *b, size_t length);
void JM_cleanse(void *bytes, size_t length);

// MARK: Ciphers, keyed once, one call per packet, in place. 1 when it worked.

EVP_CIPHER_CTX *JM_gcm_new(const uint8_t key[16], int encrypting);
int JM_gcm_seal(
    EVP_CIPHER_CTX *cipher, const uint8_t iv[12], const uint8_t *aad, int aadLength, const uint8_t *moreAAD,
    int moreAADLength, uint8_t *data, int length, uint8_t *tag);
int JM_gcm_open(
    EVP_CIPHER_CTX *cipher, const uint8_t iv[12], const uint8_t *aad, int aadLength, const uint8_t *moreAAD,
    int moreAADLength, uint8_t *data, int length, const uint8_t *tag);
EVP_CIPHER_CTX *JM_ctr_new(const uint8_t key[16]);
int JM_ctr_apply(EVP_CIPHER_CTX *cipher, const uint8_t iv[16], uint8_t *data, int length);
void JM_cipher_free(EVP_CIPHER_CTX *cipher);

// MARK: DTLS

// A context with a fresh self-signed P-256 certificate, mutual certificates and use_srtp with profiles named in order with
// colons; NULL when OpenSSL refuses.
SSL_CTX *JM_dtls_context_new(const char *profiles);
void JM_dtls_context_free(SSL_CTX *context);
// The digest of the context's own certificate; its length, or 0. `bits` is 256, 384 or 512.
int JM_dtls_own_digest(SSL_CTX *context, int bits, uint8_t out[64]);

// One association over a link of datagrams kept in memory.
SSL *JM_dtls_new(SSL_CTX *context, int isServer, int mtu);
void JM_dtls_free(SSL *dtls);

enum { JM_DTLS_FAILED = -1, JM_DTLS_HANDSHAKING = 0, JM_DTLS_ESTABLISHED = 1, JM_DTLS_CLOSED = 2 };
// Gives one datagram (or none, to begin) and goes as far as it can. Answers one of the above.
int JM_dtls_step(SSL *dtls, const uint8_t *datagram, size_t length);
// Takes the next datagram to send into `out`; its length, or 0 when there is none.
size_t JM_dtls_next_datagram(SSL *dtls, uint8_t *out, size_t capacity);
// Writes close_notify.
void JM_dtls_close(SSL *dtls);
int JM_dtls_peer_digest(SSL *dtls, int bits, uint8_t out[64]);
// SRTP_AEAD_AES_128_GCM = 7, SRTP_AES128_CM_SHA1_80 = 1, none = 0.
unsigned long JM_dtls_srtp_profile(SSL *dtls);
int JM_dtls_export_srtp_keys(SSL *dtls, uint8_t *out, size_t length);
