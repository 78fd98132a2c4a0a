// The system calls of the packet path that Swift cannot spell: batched datagrams (recvmmsg, sendmmsg, UDP segmentation),
// epoll, eventfd, thread affinity and the monotonic clock. Nothing here allocates except JMBatchMake.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// One datagram: bytes in a slot of the caller's slab, and the address of the other end.
typedef struct {
    uint8_t *bytes;
    uint32_t length;
    uint16_t port;      // host order
    uint8_t family;     // 4 or 6
    uint8_t truncated;  // received longer than the slot: drop it
    uint64_t high;      // IPv6 bytes 0-7, big endian; 0 for IPv4
    uint64_t low;       // IPv6 bytes 8-15, big endian; IPv4 in the low 32 bits
} JMDatagram;

typedef struct JMBatch JMBatch;

/// Headers for batches of up to `capacity` datagrams; NULL when there is no memory.
JMBatch *JMBatchMake(unsigned capacity);
void JMBatchFree(JMBatch *batch);

/// Fills up to `count` datagrams (bytes and room given); the number received, or -errno.
int JMReceive(JMBatch *batch, int fd, JMDatagram *datagrams, unsigned count, uint32_t room);

/// What a send did.
typedef struct {
    uint32_t sent;     // datagrams the kernel took
    uint32_t dropped;  // datagrams it refused: full buffer or unreachable
    uint32_t calls;    // system calls
} JMSent;

/// Sends `count` datagrams in order. With `segment`, runs to one address and of one size leave as one segmented send.
JMSent JMSend(JMBatch *batch, int fd, const JMDatagram *datagrams, unsigned count, int segment);

/// Binds a non-blocking UDP socket to a numeric address ("0.0.0.0", "::"); the descriptor and its port, or -errno.
int JMBind(const char *address, uint16_t port, int bufferBytes, uint16_t *boundPort);
/// Numeric text to an address in a datagram's form; 0 on success.
int JMParseAddress(const char *text, JMDatagram *into);
/// 1 when the kernel can segment UDP sends on this socket.
int JMCanSegment(int fd);

int JMPollMake(void);
int JMPollAdd(int poll, int fd, uint64_t tag);
/// Waits at most `microseconds` (negative: for ever); tags of readable descriptors into `tags`; their number or -errno.
int JMPollWait(int poll, uint64_t *tags, int count, int64_t microseconds);
int JMEventMake(void);
void JMEventSignal(int fd);
void JMEventClear(int fd);
void JMClose(int fd);
/// Sleeps on the monotonic clock until an instant in microseconds.
void JMSleepUntil(int64_t microseconds);

/// CLOCK_MONOTONIC in microseconds.
int64_t JMNow(void);
/// CLOCK_REALTIME in microseconds.
int64_t JMWallClock(void);
/// CPU time of the calling thread in microseconds.
int64_t JMThreadCPU(void);
/// Names the calling thread, and puts it before ordinary work where the process may.
void JMNameThread(const char *name);
/// Pins the calling thread to the n-th CPU it may run on (modulo their number). 0 on success.
int JMPinThread(int index);
/// CPUs this process may run on.
int JMUsableCPUs(void);
/// Non-loopback addresses of interfaces that are up, as text separated by '\n'; the length written.
size_t JMLocalAddresses(char *into, size_t room);
