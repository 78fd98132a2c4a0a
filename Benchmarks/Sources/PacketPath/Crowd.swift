import CMediaShims

/// What a relay did while it ran.
struct Outcome {
    let packets: Int
    let cpuMicroseconds: Int64
}

/// Something that receives datagrams on `port` and sends each on to a receiver of the crowd.
protocol Relay {
    var port: UInt16 { get }
    func stop() -> Outcome
}

/// Senders and receivers around the relay. A datagram's first byte says which receiver it is for.
final class Crowd {
    static let receivers = 10
    static let size = 1200
    let burst: Int
    private(set) var ports: [UInt16] = []
    private var sinks: [Int32] = []
    private let batch = JMBatchMake(64)
    private let slab = UnsafeMutablePointer<UInt8>.allocate(capacity: 64 * 2048)

    init(burst: Int) {
        self.burst = burst
        for _ in 0..<Self.receivers {
            var port: UInt16 = 0
            sinks.append(JMBind("127.0.0.1", 0, 4 << 20, &port))
            ports.append(port)
        }
    }

    func run(against port: UInt16, seconds: Double) {
        _ = JMPinThread(1)
        var datagrams = [JMDatagram](repeating: JMDatagram(), count: 64)
        for i in datagrams.indices { datagrams[i].bytes = slab + i * 2048 }
        let end = JMNow() + Int64(seconds * 1_000_000)
        var next = 0
        while JMNow() < end {
            for i in 0..<60 {
                slab[i * 2048] = UInt8((next / burst) % Self.receivers)
                next += 1
                datagrams[i].length = UInt32(Self.size)
                datagrams[i].family = 4
                datagrams[i].low = 0x7f00_0001
                datagrams[i].port = port
            }
            _ = JMSend(batch, sinks[0], datagrams, 60, 1)
            for sink in sinks { _ = JMReceive(batch, sink, &datagrams, 64, 2048) }
        }
    }

    func close() {
        for sink in sinks { JMClose(sink) }
        JMBatchFree(batch)
        slab.deallocate()
    }
}
