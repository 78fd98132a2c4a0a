#define _GNU_SOURCE
#include "CMediaShims.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum { maxSegments = 64, maxSegmentedBytes = 65000, controlRoom = CMSG_SPACE(sizeof(uint16_t)) };

typedef struct {
    _Alignas(struct cmsghdr) uint8_t bytes[controlRoom];
} Control;

struct JMBatch {
    unsigned capacity;
    struct mmsghdr *messages;
    struct iovec *vectors;
    struct sockaddr_in6 *names;
    Control *controls;
    uint32_t *runs;
};

JMBatch *JMBatchMake(unsigned capacity) {
    JMBatch *batch = calloc(1, sizeof *batch);
    if (!batch) return NULL;
    batch->capacity = capacity;
    batch->messages = calloc(capacity, sizeof *batch->messages);
    batch->vectors = calloc(capacity, sizeof *batch->vectors);
    batch->names = calloc(capacity, sizeof *batch->names);
    batch->controls = calloc(capacity, sizeof *batch->controls);
    batch->runs = calloc(capacity, sizeof *batch->runs);
    if (batch->messages && batch->vectors && batch->names && batch->controls && batch->runs) return batch;
    JMBatchFree(batch);
    return NULL;
}

void JMBatchFree(JMBatch *batch) {
    if (!batch) return;
    free(batch->messages);
    free(batch->vectors);
    free(batch->names);
    free(batch->controls);
    free(batch->runs);
    free(batch);
}

static uint64_t loadBig64(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, 8);
    return __builtin_bswap64(value);
}

static void storeBig64(uint8_t *bytes, uint64_t value) {
    value = __builtin_bswap64(value);
    memcpy(bytes, &value, 8);
}

static void readName(const struct sockaddr_in6 *name, JMDatagram *datagram) {
    if (name->sin6_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)name;
        datagram->family = 4;
        datagram->port = ntohs(v4->sin_port);
        datagram->high = 0;
        datagram->low = ntohl(v4->sin_addr.s_addr);
    } else {
        datagram->family = 6;
        datagram->port = ntohs(name->sin6_port);
        datagram->high = loadBig64(name->sin6_addr.s6_addr);
        datagram->low = loadBig64(name->sin6_addr.s6_addr + 8);
    }
}

static socklen_t writeName(const JMDatagram *datagram, struct sockaddr_in6 *name) {
    if (datagram->family == 4) {
        struct sockaddr_in *v4 = (struct sockaddr_in *)name;
        memset(v4, 0, sizeof *v4);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(datagram->port);
        v4->sin_addr.s_addr = htonl((uint32_t)datagram->low);
        return sizeof *v4;
    }
    memset(name, 0, sizeof *name);
    name->sin6_family = AF_INET6;
    name->sin6_port = htons(datagram->port);
    storeBig64(name->sin6_addr.s6_addr, datagram->high);
    storeBig64(name->sin6_addr.s6_addr + 8, datagram->low);
    return sizeof *name;
}

int JMReceive(JMBatch *batch, int fd, JMDatagram *datagrams, unsigned count, uint32_t room) {
    if (count > batch->capacity) count = batch->capacity;
    for (unsigned i = 0; i < count; i++) {
        batch->vectors[i] = (struct iovec){.iov_base = datagrams[i].bytes, .iov_len = room};
        batch->messages[i].msg_hdr = (struct msghdr){
            .msg_name = &batch->names[i], .msg_namelen = sizeof batch->names[i], .msg_iov = &batch->vectors[i], .msg_iovlen = 1};
    }
    int received = recvmmsg(fd, batch->messages, count, MSG_DONTWAIT, NULL);
    if (received < 0) return -errno;
    for (int i = 0; i < received; i++) {
        datagrams[i].length = batch->messages[i].msg_len;
        datagrams[i].truncated = (batch->messages[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
        readName(&batch->names[i], &datagrams[i]);
    }
    return received;
}

static int sameAddress(const JMDatagram *a, const JMDatagram *b) {
    return a->low == b->low && a->high == b->high && a->port == b->port && a->family == b->family;
}

/// Datagrams from `first` that one segmented send may carry: one address, one size, only the last shorter.
static unsigned runLength(const JMDatagram *datagrams, unsigned first, unsigned count) {
    const JMDatagram *head = &datagrams[first];
    unsigned length = 1;
    size_t bytes = head->length;
    while (first + length < count && length < maxSegments) {
        const JMDatagram *next = &datagrams[first + length];
        bytes += next->length;
        if (!sameAddress(head, next) || next->length > head->length || bytes > maxSegmentedBytes) break;
        length++;
        if (next->length < head->length) break;
    }
    return length;
}

static void setSegment(struct msghdr *header, Control *control, uint16_t size) {
    header->msg_control = control->bytes;
    header->msg_controllen = controlRoom;
    struct cmsghdr *message = CMSG_FIRSTHDR(header);
    message->cmsg_level = SOL_UDP;
    message->cmsg_type = UDP_SEGMENT;
    message->cmsg_len = CMSG_LEN(sizeof size);
    memcpy(CMSG_DATA(message), &size, sizeof size);
}

static unsigned fillMessages(JMBatch *batch, const JMDatagram *datagrams, unsigned count, int segment) {
    unsigned messages = 0;
    for (unsigned first = 0; first < count;) {
        unsigned run = segment ? runLength(datagrams, first, count) : 1;
        for (unsigned i = first; i < first + run; i++)
            batch->vectors[i] = (struct iovec){.iov_base = datagrams[i].bytes, .iov_len = datagrams[i].length};
        struct msghdr *header = &batch->messages[messages].msg_hdr;
        *header = (struct msghdr){.msg_name = &batch->names[messages], .msg_iov = &batch->vectors[first], .msg_iovlen = run};
        header->msg_namelen = writeName(&datagrams[first], &batch->names[messages]);
        if (run > 1) setSegment(header, &batch->controls[messages], (uint16_t)datagrams[first].length);
        batch->runs[messages++] = run;
        first += run;
    }
    return messages;
}

static void sendSingly(int fd, const struct msghdr *burst, JMSent *outcome) {
    struct msghdr single = *burst;
    single.msg_control = NULL;
    single.msg_controllen = 0;
    single.msg_iovlen = 1;
    for (size_t i = 0; i < burst->msg_iovlen; i++) {
        single.msg_iov = &burst->msg_iov[i];
        outcome->calls++;
        if (sendmsg(fd, &single, MSG_DONTWAIT) >= 0) outcome->sent++;
        else outcome->dropped++;
    }
}

JMSent JMSend(JMBatch *batch, int fd, const JMDatagram *datagrams, unsigned count, int segment) {
    JMSent outcome = {0, 0, 0};
    if (count > batch->capacity) {
        outcome.dropped = count - batch->capacity;
        count = batch->capacity;
    }
    unsigned messages = fillMessages(batch, datagrams, count, segment);
    unsigned done = 0;
    while (done < messages) {
        int sent = sendmmsg(fd, batch->messages + done, messages - done, MSG_DONTWAIT);
        outcome.calls++;
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0 && batch->runs[done] > 1 && (errno == EIO || errno == EINVAL)) {
            // The way out cannot segment (no checksum offload): one datagram at a time, then.
            sendSingly(fd, &batch->messages[done].msg_hdr, &outcome);
            done++;
            continue;
        }
        if (sent <= 0) {
            // The first message was refused (buffer full, no route, left-over ICMP error): it is lost like on any network.
            outcome.dropped += batch->runs[done++];
            continue;
        }
        for (int i = 0; i < sent; i++) outcome.sent += batch->runs[done++];
    }
    return outcome;
}

int JMParseAddress(const char *text, JMDatagram *into) {
    struct sockaddr_in6 name;
    memset(&name, 0, sizeof name);
    uint16_t port = into->port;
    if (inet_pton(AF_INET, text, &((struct sockaddr_in *)&name)->sin_addr) == 1)
        name.sin6_family = AF_INET;
    else if (inet_pton(AF_INET6, text, &name.sin6_addr) == 1)
        name.sin6_family = AF_INET6;
    else
        return EINVAL;
    readName(&name, into);
    into->port = port;
    return 0;
}

int JMBind(const char *address, uint16_t port, int bufferBytes, uint16_t *boundPort) {
    JMDatagram where = {.port = port};
    if (JMParseAddress(address, &where) != 0) return -EINVAL;
    struct sockaddr_in6 name;
    socklen_t length = writeName(&where, &name);
    int fd = socket(where.family == 4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    int one = 1;
    if (where.family == 6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bufferBytes, sizeof bufferBytes);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bufferBytes, sizeof bufferBytes);
    struct sockaddr_in6 bound;
    socklen_t boundLength = sizeof bound;
    if (bind(fd, (struct sockaddr *)&name, length) < 0 || getsockname(fd, (struct sockaddr *)&bound, &boundLength) < 0) {
        int error = errno;
        close(fd);
        return -error;
    }
    *boundPort = ntohs(bound.sin6_port);  // the same offset in both families
    return fd;
}

int JMCanSegment(int fd) {
    int size;
    socklen_t length = sizeof size;
    return getsockopt(fd, SOL_UDP, UDP_SEGMENT, &size, &length) == 0;
}

int JMPollMake(void) { return epoll_create1(EPOLL_CLOEXEC); }

int JMPollAdd(int poll, int fd, uint64_t tag) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = tag};
    return epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

int JMPollWait(int poll, uint64_t *tags, int count, int64_t microseconds) {
    struct epoll_event events[64];
    if (count > 64) count = 64;
    struct timespec limit = {.tv_sec = microseconds / 1000000, .tv_nsec = (microseconds % 1000000) * 1000};
    int ready = epoll_pwait2(poll, events, count, microseconds < 0 ? NULL : &limit, NULL);
    if (ready < 0) return -errno;
    for (int i = 0; i < ready; i++) tags[i] = events[i].data.u64;
    return ready;
}

int JMEventMake(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void JMEventSignal(int fd) {
    uint64_t one = 1;
    if (write(fd, &one, sizeof one) < 0) return;  // full: it is signalled already
}

void JMEventClear(int fd) {
    uint64_t value;
    if (read(fd, &value, sizeof value) < 0) return;
}

void JMClose(int fd) { close(fd); }

void JMSleepUntil(int64_t microseconds) {
    struct timespec until = {.tv_sec = microseconds / 1000000, .tv_nsec = (microseconds % 1000000) * 1000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

static int64_t readClock(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t JMNow(void) { return readClock(CLOCK_MONOTONIC); }
int64_t JMWallClock(void) { return readClock(CLOCK_REALTIME); }
int64_t JMThreadCPU(void) { return readClock(CLOCK_THREAD_CPUTIME_ID); }

void JMNameThread(const char *name) {
    pthread_setname_np(pthread_self(), name);
    // Packets are late when pages and databases come first. Without the right to ask for it nothing changes.
    setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), -10);
}

int JMPinThread(int index) {
    cpu_set_t usable, chosen;
    if (sched_getaffinity(0, sizeof usable, &usable) < 0) return errno;
    int skip = index % CPU_COUNT(&usable);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &usable) || skip-- > 0) continue;
        CPU_ZERO(&chosen);
        CPU_SET(cpu, &chosen);
        return pthread_setaffinity_np(pthread_self(), sizeof chosen, &chosen);
    }
    return EINVAL;
}

int JMUsableCPUs(void) {
    cpu_set_t usable;
    return sched_getaffinity(0, sizeof usable, &usable) < 0 ? 1 : CPU_COUNT(&usable);
}

size_t JMLocalAddresses(char *into, size_t room) {
    struct ifaddrs *list;
    size_t length = 0;
    if (getifaddrs(&list) < 0) return 0;
    for (struct ifaddrs *entry = list; entry; entry = entry->ifa_next) {
        if (!entry->ifa_addr || !(entry->ifa_flags & IFF_UP) || (entry->ifa_flags & IFF_LOOPBACK)) continue;
        char text[INET6_ADDRSTRLEN];
        if (entry->ifa_addr->sa_family == AF_INET) {
            inet_ntop(AF_INET, &((struct sockaddr_in *)entry->ifa_addr)->sin_addr, text, sizeof text);
        } else if (entry->ifa_addr->sa_family == AF_INET6) {
            const struct in6_addr *v6 = &((struct sockaddr_in6 *)entry->ifa_addr)->sin6_addr;
            if (IN6_IS_ADDR_LINKLOCAL(v6)) continue;
            inet_ntop(AF_INET6, v6, text, sizeof text);
        } else {
            continue;
        }
        size_t size = strlen(text);
        if (length + size + 1 > room) break;
        memcpy(into + length, text, size);
        into[length + size] = '\n';
        length += size + 1;
    }
    freeifaddrs(list);
    return length;
}
