import CMediaShims
import Glibc
import Synchronization

/// The relay over recvmmsg/sendmmsg, with the datagrams edited in place in a preallocated slab.
// Proof: the relay thread alone touches the state after `init`; `stop` joins it before it reads the totals.
final class ShimRelay: Relay, @unchecked Sendable {
    let port: UInt16
    private let fd: Int32
    private let segment: Bool
    private let ports: [UInt16]
    private let stopping = Atomic<Bool>(false)
    private var thread = pthread_t()
    private var packets = 0
    private var cpu: Int64 = 0

    init(crowd: Crowd, segment: Bool) {
        var bound: UInt16 = 0
        fd = JMBind("127.0.0.1", 0, 4 << 20, &bound)
        port = bound
        ports = crowd.ports
        self.segment = segment
        pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<ShimRelay>.fromOpaque(context).takeUnretainedValue().run()
                return nil
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func run() {
        _ = JMPinThread(0)
        let poll = JMPollMake()
        _ = JMPollAdd(poll, fd, 1)
        let batch = JMBatchMake(64)
        let slab = UnsafeMutablePointer<UInt8>.allocate(capacity: 64 * 2048)
        let datagrams = UnsafeMutablePointer<JMDatagram>.allocate(capacity: 64)
        datagrams.initialize(repeating: JMDatagram(), count: 64)
        for i in 0..<64 { datagrams[i].bytes = slab + i * 2048 }
        var tag: UInt64 = 0
        let start = JMThreadCPU()
        while !stopping.load(ordering: .relaxed) {
            guard JMPollWait(poll, &tag, 1, 100_000) > 0 else { continue }
            let count = Int(JMReceive(batch, fd, datagrams, 64, 2048))
            for i in 0..<max(count, 0) {
                datagrams[i].port = ports[Int(datagrams[i].bytes[0]) % ports.count]
                datagrams[i].bytes[1] &+= 1
            }
            if count > 0 { packets += Int(JMSend(batch, fd, datagrams, UInt32(count), segment ? 1 : 0).sent) }
        }
        cpu = JMThreadCPU() - start
        JMBatchFree(batch)
        slab.deallocate()
        datagrams.deallocate()
        JMClose(poll)
    }

    func stop() -> Outcome {
        stopping.store(true, ordering: .relaxed)
        pthread_join(thread, nil)
        JMClose(fd)
        return Outcome(packets: packets, cpuMicroseconds: cpu)
    }
}
