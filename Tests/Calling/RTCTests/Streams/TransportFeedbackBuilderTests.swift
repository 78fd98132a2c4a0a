import RTC
import Testing

@Suite("Transport-wide feedback, writing")
struct TransportFeedbackBuilderTests {
    func write(_ builder: inout TransportFeedbackBuilder, room: Int = 1200) -> [UInt8]? {
        var slot = [UInt8](repeating: 0xEE, count: room)
        var length = 0
        let isWritten = slot.withUnsafeMutableBytes { buffer in
            var writer = RTCPWriter(buffer)
            defer { length = writer.length }
            return builder.write(into: &writer, sender: 1, media: 2)
        }
        return isWritten ? Array(slot[..<length]) : nil
    }

    func read(_ bytes: [UInt8]?) -> [TransportFeedback.Status] {
        (bytes ?? []).withUnsafeBytes { bytes in
            guard let compound = RTCPCompound(bytes), case .transportFeedback(let feedback)? = Array(compound).first else {
                return []
            }
            return Array(feedback)
        }
    }

    func at(ticks: Int64) -> MonotonicTime { MonotonicTime(microseconds: ticks * 250) }

    @Test func `a small report by hand`() {
        var builder = TransportFeedbackBuilder()
        #expect(!builder.hasNews && write(&builder) == nil)
        // Reference 2 = 512 ticks. Arrivals 516, 520, (missing), 1000: deltas 4, 4, −, 480 = 0x01E0 large.
        // Four symbols 1 1 0 2 in a two-bit vector: 11 01 01 00 10 00 00 00 = 0xD480.
        for (sequence, tick) in [(UInt16(5), Int64(516)), (6, 520), (8, 1000)] { builder.record(sequence, at: at(ticks: tick)) }
        #expect(builder.hasNews)
        #expect(write(&builder) == hex("8F CD 0006 00000001 00000002 0005 0004 000002 00 D480 04 04 01E0 0000"))
        #expect(!builder.hasNews && write(&builder) == nil)
    }

    @Test func `long runs take one chunk and small ones a one-bit vector`() {
        var builder = TransportFeedbackBuilder()
        for sequence in UInt16(0)..<100 { builder.record(sequence, at: at(ticks: 256)) }
        // 100 = 0x64 small deltas of zero in one run: 0x2064; 20 + 2 + 100 = 122, two bytes of zeros.
        let bytes = write(&builder) ?? []
        #expect(bytes.count == 124 && Array(bytes[20..<22]) == hex("2064"))

        // Every second packet of 14: 1 0 1 0 … 1 and then the fourteenth: 10 1010 1010 1011 in fourteen bits.
        for sequence in [100, 102, 104, 106, 108, 110, 112, 113] { builder.record(UInt16(sequence), at: at(ticks: 300)) }
        let vector = write(&builder) ?? []
        #expect(Array(vector[20..<22]) == hex("AAAB"))
    }

    @Test func `a late packet that was reported missing is reported again`() {
        var builder = TransportFeedbackBuilder()
        for sequence: UInt16 in [1, 2, 4] { builder.record(sequence, at: at(ticks: 100)) }
        #expect(read(write(&builder)).map { $0.arrival != nil } == [true, true, false, true])
        builder.record(3, at: at(ticks: 150))
        let again = read(write(&builder))
        #expect(again.map(\.sequence) == [3, 4] && again.map(\.arrival) == [150, 100])
    }

    @Test func `numbers that go back further than reordering does are ignored`() {
        var builder = TransportFeedbackBuilder()
        builder.record(1000, at: at(ticks: 100))
        _ = write(&builder)
        builder.record(800, at: at(ticks: 120))
        #expect(!builder.hasNews)
        builder.record(1001, at: at(ticks: 130))
        builder.record(801, at: at(ticks: 140))
        #expect(read(write(&builder)).map(\.sequence) == [1001])
    }

    @Test func `a sender that begins anew is believed at its second packet`() {
        var builder = TransportFeedbackBuilder()
        for sequence in UInt16(1000)...1100 { builder.record(sequence, at: at(ticks: 100)) }
        for sequence in UInt16(1)...3 { builder.record(sequence, at: at(ticks: 200)) }
        #expect(read(write(&builder)).map(\.sequence) == [2, 3])
    }

    @Test func `a packet that comes twice is reported as it came first`() {
        var builder = TransportFeedbackBuilder()
        for (sequence, tick) in [(UInt16(1), Int64(100)), (2, 110), (1, 120), (2, 130)] {
            builder.record(sequence, at: at(ticks: tick))
        }
        #expect(read(write(&builder)).map(\.arrival) == [100, 110])
    }

    @Test func `a jump over the whole window keeps memory and report bounded`() {
        var builder = TransportFeedbackBuilder()
        builder.record(0, at: at(ticks: 100))
        builder.record(30_000, at: at(ticks: 200))
        var statuses: [TransportFeedback.Status] = []
        while let bytes = write(&builder) { statuses += read(bytes) }
        #expect(statuses.count == 1024 && statuses.compactMap(\.arrival) == [200] && statuses.last?.sequence == 30_000)
    }

    @Test func `a pause too long for one delta begins another report`() {
        var builder = TransportFeedbackBuilder()
        builder.record(1, at: at(ticks: 1000))
        builder.record(2, at: at(ticks: 1000 + 40_000))
        #expect(read(write(&builder)).map(\.sequence) == [1] && builder.hasNews)
        #expect(read(write(&builder)).map(\.arrival) == [41_000] && !builder.hasNews)
    }

    @Test func `no room writes nothing and forgets nothing`() {
        var builder = TransportFeedbackBuilder()
        builder.record(1, at: at(ticks: 1000))
        #expect(write(&builder, room: 24) == nil && builder.hasNews)
        #expect(read(write(&builder)).count == 1)
    }

    @Test func `whatever arrives is reported once, in order, at its time`() {
        for seed in UInt64(1)...30 {
            var random = SeededGenerator(seed: seed)
            var builder = TransportFeedbackBuilder()
            var truth: [UInt16: Int64] = [:]
            var reported: [UInt16: Int64] = [:]
            var tick: Int64 = 10_000
            var sequence = UInt16.random(in: 0...UInt16.max, using: &random)
            let loss = Int.random(in: 0...90, using: &random)
            for step in 0..<2000 {
                sequence &+= 1
                tick += Int64.random(in: 0...(seed % 3 == 0 ? 2000 : 40), using: &random)
                if step == 0 || Int.random(in: 0..<100, using: &random) >= loss {
                    builder.record(sequence, at: at(ticks: tick))
                    truth[sequence] = tick
                }
                guard step % 150 == 149 else { continue }
                while let bytes = write(&builder, room: Int.random(in: 60...1200, using: &random)) {
                    #expect(bytes.count % 4 == 0)
                    for status in read(bytes) {
                        if let arrival = status.arrival { #expect(reported.updateValue(arrival, forKey: status.sequence) == nil) }
                    }
                }
            }
            while let bytes = write(&builder) {
                for status in read(bytes) { reported[status.sequence] = status.arrival ?? reported[status.sequence] }
            }
            #expect(reported == truth, "seed \(seed)")
        }
    }
}
