import CMediaShims
import Media
import RTC
import Testing

/// The parts of a worker that need no socket.
@Suite struct WorkerPartsTests {
    @Test func `the soonest deadline comes first, whatever the order of setting`() {
        var heap = DeadlineHeap(capacity: 8)
        #expect(heap.soonest == DeadlineHeap.never)
        for (entry, deadline) in [(3, 50), (1, 20), (7, 90), (2, 10)] { heap.set(entry, Int64(deadline)) }
        #expect(heap.soonest == 10)
        heap.set(2, 70)  // later: 1 is first now
        #expect(heap.due(at: 20) == 1)
        heap.set(1, DeadlineHeap.never)
        #expect(heap.due(at: 49) == nil)
        #expect(heap.due(at: 50) == 3)
        heap.set(3, DeadlineHeap.never)
        #expect(heap.soonest == 70)
        #expect(heap.count == 2)
    }

    @Test func `a heap under random changes agrees with a sorted list`() {
        var generator = Seeded(state: 7)
        var heap = DeadlineHeap(capacity: 64)
        var model: [Int: Int64] = [:]
        for _ in 0..<5000 {
            let entry = Int.random(in: 0..<64, using: &generator)
            let deadline = Bool.random(using: &generator) ? Int64.random(in: 0..<1000, using: &generator) : DeadlineHeap.never
            heap.set(entry, deadline)
            model[entry] = deadline == DeadlineHeap.never ? nil : deadline
            #expect(heap.soonest == model.values.min() ?? DeadlineHeap.never)
            #expect(heap.count == model.count)
        }
    }

    @Test func `addresses are found until they are removed, also in crowded chains`() {
        var generator = Seeded(state: 11)
        var table = AddressTable(limit: 64)
        var model: [UInt16: Int32] = [:]
        for _ in 0..<5000 {
            let port = UInt16.random(in: 1...100, using: &generator)
            let source = datagram(port)
            if Bool.random(using: &generator) {
                let leg = Int.random(in: 0..<9, using: &generator)
                let fits = table.insert(source, address: TransportAddress(source), leg: leg)
                #expect(fits == (model[port] != nil || model.count < 64))
                if fits { model[port] = Int32(leg) }
            } else {
                table.remove(source)
                model[port] = nil
            }
            #expect(table.count == model.count)
        }
        for port in UInt16(1)...100 { #expect(table.find(datagram(port))?.pointee.leg == model[port]) }
    }

    @Test func `a flood from one host is cut off, another host is still heard`() {
        var limiter = StrangerLimiter(now: 0)
        var flood = datagram(1)
        var admitted = 0
        for _ in 0..<10_000 where limiter.admit(flood, now: 0) { admitted += 1 }
        #expect(admitted == Int(MediaLimits.strangerPacketsPerSecond))
        // After half a second half of the tokens are back.
        admitted = 0
        for _ in 0..<10_000 where limiter.admit(flood, now: 500_000) { admitted += 1 }
        #expect(admitted == Int(MediaLimits.strangerPacketsPerSecond) / 2)
        flood.port = 2
        let otherPort = limiter.admit(flood, now: 500_000)
        #expect(!otherPort, "another port of the same host shares its bucket")
        // Some other host has a bucket of its own; the salt is random, so one of several is surely elsewhere.
        var others = 0
        for host in UInt64(1)...8 {
            var other = datagram(1)
            other.low = host
            if limiter.admit(other, now: 500_000) { others += 1 }
        }
        #expect(others > 0)
    }

    private func datagram(_ port: UInt16) -> JMDatagram {
        var datagram = JMDatagram()
        datagram.family = 4
        datagram.low = 0x7F00_0001
        datagram.port = port
        return datagram
    }
}

/// A small generator that a test can repeat (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
