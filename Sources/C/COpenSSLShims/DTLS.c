#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/srtp.h>
#include <openssl/x509.h>
#include <string.h>
#include "COpenSSLShims.h"

// MARK: The link: a BIO that keeps datagram boundaries in both directions

// Our largest flight, with the certificate, is below 2 kB; a resend is the caller's.
enum { OUTBOX_BYTES = 8192 };

typedef struct {
    const uint8_t *in;
    size_t inLength;
    int mtu;
    // Datagrams to send, each after its length in two bytes. A full outbox loses datagrams, as a network does.
    size_t outRead, outWritten;
    uint8_t out[OUTBOX_BYTES];
} Link;

static int link_write(BIO *bio, const char *data, int length) {
    Link *link = BIO_get_data(bio);
    if (length <= 0 || length > 0xFFFF) return -1;
    if (OUTBOX_BYTES - link->outWritten >= (size_t)length + 2) {
        uint8_t *at = link->out + link->outWritten;
        at[0] = (uint8_t)(length >> 8);
        at[1] = (uint8_t)length;
        memcpy(at + 2, data, (size_t)length);
        link->outWritten += (size_t)length + 2;
    }
    return length;
}

static int link_read(BIO *bio, char *data, int capacity) {
    Link *link = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (link->inLength == 0 || capacity <= 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    size_t length = link->inLength < (size_t)capacity ? link->inLength : (size_t)capacity;
    memcpy(data, link->in, length);
    link->inLength = 0;
    return (int)length;
}

static long link_ctrl(BIO *bio, int command, long number, void *pointer) {
    (void)number;
    (void)pointer;
    Link *link = BIO_get_data(bio);
    switch (command) {
    case BIO_CTRL_FLUSH: return 1;
    case BIO_CTRL_PENDING: return (long)link->inLength;
    case BIO_CTRL_DGRAM_QUERY_MTU:
    case BIO_CTRL_DGRAM_GET_MTU:
    case BIO_CTRL_DGRAM_GET_FALLBACK_MTU: return link->mtu;
    default: return 0;
    }
}

static int link_create(BIO *bio) {
    BIO_set_init(bio, 1);
    return 1;
}

static int link_destroy(BIO *bio) {
    OPENSSL_clear_free(BIO_get_data(bio), sizeof(Link));
    BIO_set_data(bio, NULL);
    return 1;
}


static BIO_METHOD *link_method;
static CRYPTO_ONCE link_method_once = CRYPTO_ONCE_STATIC_INIT;

static void make_link_method(void) {
    BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagrams");
    if (!made) return;
    BIO_meth_set_write(made, link_write);
    BIO_meth_set_read(made, link_read);
    BIO_meth_set_ctrl(made, link_ctrl);
    BIO_meth_set_create(made, link_create);
    BIO_meth_set_destroy(made, link_destroy);
    link_method = made;
}

static BIO *link_new(int mtu) {
    if (!CRYPTO_THREAD_run_once(&link_method_once, make_link_method) || !link_method) return NULL;
    BIO *bio = BIO_new(link_method);
    Link *link = bio ? OPENSSL_zalloc(sizeof *link) : NULL;
    if (!link) {
        BIO_free(bio);
        return NULL;
    }
    link->mtu = mtu;
    BIO_set_data(bio, link);
    return bio;
}

// MARK: The context

// Any certificate will do here: the caller compares its digest with the signalled one.
static int accept_any_certificate(int verified, X509_STORE_CTX *store) {
    (void)verified;
    (void)store;
    return 1;
}

static X509 *self_signed(EVP_PKEY *key) {
    X509 *certificate = X509_new();
    uint64_t serial = 0;
    if (!certificate) return NULL;
    X509_NAME *name = X509_get_subject_name(certificate);
    const long day = 24 * 60 * 60;
    if (RAND_bytes((uint8_t *)&serial, sizeof serial) == 1 && X509_set_version(certificate, 2) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1) == 1
        && X509_gmtime_adj(X509_getm_notBefore(certificate), -day) && X509_gmtime_adj(X509_getm_notAfter(certificate), 3650 * day)
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const uint8_t *)"WebRTC", -1, -1, 0) == 1
        && X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1
        && X509_sign(certificate, key, EVP_sha256()) > 0)
        return certificate;
    X509_free(certificate);
    return NULL;
}

static int use_own_certificate(SSL_CTX *context) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = key ? self_signed(key) : NULL;
    int done = certificate && SSL_CTX_use_certificate(context, certificate) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1;
    X509_free(certificate);
    EVP_PKEY_free(key);
    return done;
}

// Retransmission is the caller's, on the caller's clock: OpenSSL's own timer, which reads the wall clock, must not fire.
static unsigned int never(SSL *dtls, unsigned int microseconds) {
    (void)dtls;
    (void)microseconds;
    return 4000000000u;
}

SSL_CTX *JM_dtls_context_new(const char *profiles) {
    SSL_CTX *context = SSL_CTX_new(DTLS_method());
    if (!context) return NULL;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, accept_any_certificate);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(
        context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_QUERY_MTU | SSL_OP_NO_COMPRESSION
            | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    if (SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1
        && SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1
        && SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1
        && SSL_CTX_set_tlsext_use_srtp(context, profiles) == 0
        && use_own_certificate(context))
        return context;
    SSL_CTX_free(context);
    return NULL;
}

void JM_dtls_context_free(SSL_CTX *context) { SSL_CTX_free(context); }

static int digest(X509 *certificate, int bits, uint8_t out[64]) {
    const EVP_MD *method = bits == 256 ? EVP_sha256() : bits == 384 ? EVP_sha384() : bits == 512 ? EVP_sha512() : NULL;
    unsigned int length = 0;
    if (!certificate || !method || X509_digest(certificate, method, out, &length) != 1) return 0;
    return (int)length;
}

int JM_dtls_own_digest(SSL_CTX *context, int bits, uint8_t out[64]) {
    return digest(SSL_CTX_get0_certificate(context), bits, out);
}

// MARK: An association

SSL *JM_dtls_new(SSL_CTX *context, int isServer, int mtu) {
    SSL *dtls = SSL_new(context);
    BIO *bio = dtls ? link_new(mtu) : NULL;
    if (!bio) {
        SSL_free(dtls);
        return NULL;
    }
    SSL_set_bio(dtls, bio, bio);
    SSL_set_mtu(dtls, mtu);
    DTLS_set_timer_cb(dtls, never);
    if (isServer) {
        SSL_set_accept_state(dtls);
    } else {
        SSL_set_connect_state(dtls);
    }
    return dtls;
}

void JM_dtls_free(SSL *dtls) { SSL_free(dtls); }

static Link *link_of(SSL *dtls) { return BIO_get_data(SSL_get_rbio(dtls)); }

// Application data (there is none in our use) is read and forgotten; alerts and late handshake records are handled inside.
static int read_on(SSL *dtls) {
    uint8_t forgotten[2048];
    int result = 1;
    while (result > 0) result = SSL_read(dtls, forgotten, sizeof forgotten);
    switch (SSL_get_error(dtls, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return JM_DTLS_ESTABLISHED;
    case SSL_ERROR_ZERO_RETURN: return JM_DTLS_CLOSED;
    default: return JM_DTLS_FAILED;
    }
}

int JM_dtls_step(SSL *dtls, const uint8_t *datagram, size_t length) {
    Link *link = link_of(dtls);
    link->in = datagram;
    link->inLength = length;
    ERR_clear_error();
    int state = JM_DTLS_HANDSHAKING;
    if (!SSL_is_init_finished(dtls)) {
        int result = SSL_do_handshake(dtls);
        int error = SSL_get_error(dtls, result);
        if (result != 1 && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) state = JM_DTLS_FAILED;
    }
    if (state == JM_DTLS_HANDSHAKING && SSL_is_init_finished(dtls)) state = read_on(dtls);
    link->in = NULL;
    link->inLength = 0;
    ERR_clear_error();
    return state;
}

size_t JM_dtls_next_datagram(SSL *dtls, uint8_t *out, size_t capacity) {
    Link *link = link_of(dtls);
    if (link->outRead == link->outWritten) {
        link->outRead = link->outWritten = 0;
        return 0;
    }
    const uint8_t *at = link->out + link->outRead;
    size_t length = (size_t)at[0] << 8 | at[1];
    link->outRead += length + 2;
    if (length > capacity) return JM_dtls_next_datagram(dtls, out, capacity);
    memcpy(out, at + 2, length);
    return length;
}

void JM_dtls_close(SSL *dtls) {
    ERR_clear_error();
    if (SSL_is_init_finished(dtls)) SSL_shutdown(dtls);
    ERR_clear_error();
}

int JM_dtls_peer_digest(SSL *dtls, int bits, uint8_t out[64]) {
    X509 *certificate = SSL_get1_peer_certificate(dtls);
    int length = digest(certificate, bits, out);
    X509_free(certificate);
    return length;
}

unsigned long JM_dtls_srtp_profile(SSL *dtls) {
    const SRTP_PROTECTION_PROFILE *profile = SSL_get_selected_srtp_profile(dtls);
    return profile ? profile->id : 0;
}

int JM_dtls_export_srtp_keys(SSL *dtls, uint8_t *out, size_t length) {
    static const char label[] = "EXTRACTOR-dtls_srtp";
    return SSL_export_keying_material(dtls, out, length, label, sizeof label - 1, NULL, 0, 0) == 1;
}
