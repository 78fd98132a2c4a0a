import RTC
import Testing

@Suite("Receiving a stream")
struct ReceiveStreamTests {
    func at(_ milliseconds: Int64) -> MonotonicTime { MonotonicTime(microseconds: 1_000_000 + milliseconds * 1000) }

    /// Receives numbers 20 ms apart in media and in time.
    func receive(_ stream: inout ReceiveStream, _ sequences: some Sequence<UInt16>, from start: Int64 = 0) {
        for (index, sequence) in sequences.enumerated() {
            let time = start + Int64(index) * 20
            _ = stream.receive(sequence: sequence, timestamp: UInt32(truncatingIfNeeded: time * 90), now: at(time))
        }
    }

    func asked(_ stream: inout ReceiveStream, now: MonotonicTime, roundTrip: Int64 = 50) -> [UInt16] {
        var slot = [UInt8](repeating: 0, count: 1600)
        return slot.withUnsafeMutableBytes { buffer in
            var writer = RTCPWriter(buffer)
            let count = stream.askAgain(into: &writer, sender: 1, now: now, roundTrip: .milliseconds(roundTrip))
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<writer.length])
            let sequences = (RTCPCompound(bytes).map { Array($0) } ?? []).flatMap { packet in
                if case .nack(let nack) = packet { return Array(nack) }
                return []
            }
            #expect(sequences.count == count)
            return sequences
        }
    }

    func report(_ stream: inout ReceiveStream, _ now: MonotonicTime) throws -> ReportBlock {
        let block = stream.report(now: now)
        return try #require(block)
    }

    @Test func `jitter follows RFC 3550 A 8 by hand`() {
        // Clock 8000, so 8 units a millisecond. Sent every 20 ms = 160 units; arrivals 0, 20, 45, 60 ms.
        // Transits (less a constant): 0, 0, +5 ms = 40, 0. Differences: 0, 40, 40.
        // J×16: 0 → 0 + 40 − ((0 + 8) >> 4) = 40 → 40 + 40 − ((40 + 8) >> 4) = 77; 77 >> 4 = 4 units = 0.5 ms.
        var stream = ReceiveStream(ssrc: 1, clockRate: 8000, asksAgain: false)
        for (index, arrival) in [0, 20, 45, 60].enumerated() {
            _ = stream.receive(sequence: UInt16(index), timestamp: UInt32(index) * 160, now: at(Int64(arrival)))
        }
        #expect(stream.jitter == 4)
        #expect(stream.jitterTime == .microseconds(500))
    }

    @Test func `packets of one frame do not count as jitter`() {
        var stream = ReceiveStream(ssrc: 1, clockRate: 90_000, asksAgain: false)
        for frame in 0..<50 {
            for part in 0..<5 {
                _ = stream.receive(
                    sequence: UInt16(frame * 5 + part), timestamp: UInt32(frame) * 3000,
                    now: at(Int64(frame) * 100 / 3 + Int64(part) * 4))
            }
        }
        // Only the milliseconds' rounding is left.
        #expect(stream.jitterTime < .milliseconds(1))
    }

    @Test func `a report says what was lost since the last one and altogether`() throws {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        // Across the wrap: 65530…65535, 0…3 without 65534 and 1: ten expected, two lost, 2 × 256 / 10 = 51.
        receive(&stream, [65_530, 65_531, 65_532, 65_533, 65_535, 0, 2, 3])
        let first = try report(&stream, at(200))
        #expect(first.ssrc == 7 && first.fractionLost == 51 && first.cumulativeLost == 2)
        #expect(first.highestSequence == 0x0001_0003 && first.lastSenderReport == 0 && first.delaySinceLastSenderReport == 0)
        // Ten more, none lost.
        receive(&stream, 4...13, from: 300)
        let second = try report(&stream, at(600))
        #expect(second.fractionLost == 0 && second.cumulativeLost == 2)
        // A retransmission closes the hole but the network did lose the packet.
        #expect(stream.receive(sequence: 1, timestamp: 0, now: at(610), isRetransmission: true) == .late)
        #expect(try report(&stream, at(620)).cumulativeLost == 2)
        #expect(stream.recoveredCount == 1 && stream.lostCount == 2 && stream.expectedCount == 20 && stream.receivedCount == 18)
    }

    @Test func `a report carries when the sender's last report came`() throws {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: false)
        receive(&stream, 0...3)
        hex("80 C8 0006 00000007 11112222 33334444 00000000 00000000 00000000").withUnsafeBytes { bytes in
            guard let compound = RTCPCompound(bytes), case .senderReport(let report)? = Array(compound).first else {
                return fail("SR")
            }
            stream.receive(report, now: at(1000))
        }
        let block = try report(&stream, at(1500))
        // The middle of 11112222.33334444; half a second is 32,768 of 65,536ths.
        #expect(block.lastSenderReport == 0x2222_3333 && block.delaySinceLastSenderReport == 32_768)
    }

    @Test func `nothing is reported before two packets came in a row`() {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        #expect(stream.report(now: at(0)) == nil)
        receive(&stream, [5])
        #expect(stream.report(now: at(0)) == nil)
        receive(&stream, [9, 20])
        #expect(!stream.isValidated)
        receive(&stream, [21])
        #expect(stream.report(now: at(0)) != nil)
    }

    @Test func `duplicates, late and very old packets are told apart`() {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        receive(&stream, [2000, 2001, 2003])
        #expect(stream.receive(sequence: 2003, timestamp: 0, now: at(0)) == .duplicate)
        #expect(stream.receive(sequence: 2001, timestamp: 0, now: at(0)) == .duplicate)
        #expect(stream.receive(sequence: 2002, timestamp: 0, now: at(0)) == .late)
        #expect(stream.receive(sequence: 2002, timestamp: 0, now: at(0)) == .duplicate)
        #expect(stream.receive(sequence: 1998, timestamp: 0, now: at(0)) == .late)
        #expect(stream.receive(sequence: 900, timestamp: 0, now: at(0)) == .tooOld)
        #expect(stream.receivedCount == 5)
    }

    @Test func `a sender that begins anew is believed at its second packet`() {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        receive(&stream, 30_000...30_010)
        #expect(stream.receive(sequence: 5, timestamp: 0, now: at(300)) == .tooOld)
        #expect(stream.receive(sequence: 6, timestamp: 0, now: at(310)) == .restarted)
        #expect(stream.receive(sequence: 7, timestamp: 0, now: at(320)) == .newest)
        #expect(stream.lostCount == 0 && stream.expectedCount == 2)
    }

    @Test func `holes are asked for after a little patience, again after the round trip, and then given up`() {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        receive(&stream, [10, 11, 14])  // The hole is seen at 40 ms.
        #expect(stream.askAgainDeadline == at(45))
        #expect(asked(&stream, now: at(44)) == [])
        #expect(asked(&stream, now: at(45)) == [12, 13])
        #expect(stream.askAgainDeadline == at(95))
        #expect(asked(&stream, now: at(94)) == [])
        _ = stream.receive(sequence: 12, timestamp: 0, now: at(90), isRetransmission: true)
        #expect(asked(&stream, now: at(95)) == [13])
        for turn in 2...9 { #expect(asked(&stream, now: at(45 + Int64(turn) * 50)) == [13]) }
        #expect(stream.takeGivenUp() == false)
        // Ten requests have gone out: 45, 95 and eight more.
        #expect(asked(&stream, now: at(545)) == [])
        #expect(stream.takeGivenUp() == true)
        #expect(stream.takeGivenUp() == false)
        #expect(stream.askAgainDeadline == nil)
    }

    @Test func `a closed hole is not asked for`() {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        receive(&stream, [10, 12, 11])
        #expect(stream.askAgainDeadline == nil)
        #expect(asked(&stream, now: at(100)) == [])
    }

    @Test func `a hole too wide to mend asks for nothing but a key frame`() {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        receive(&stream, [10, 12, 300])
        #expect(stream.askAgainDeadline == .zero)
        #expect(stream.takeGivenUp() == true)
        #expect(stream.askAgainDeadline == nil)
        #expect(asked(&stream, now: at(200)) == [])
        #expect(stream.receive(sequence: 200, timestamp: 0, now: at(210)) == .late)
    }

    @Test func `what is still missing a whole window later is given up`() {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        receive(&stream, [10, 12])
        for sequence in UInt16(13)...1040 { _ = stream.receive(sequence: sequence, timestamp: 0, now: at(20)) }
        #expect(stream.takeGivenUp() == true)
        #expect(asked(&stream, now: at(100)) == [])
        #expect(stream.askAgainDeadline == nil)
    }

    @Test func `what does not fit one datagram goes into the next`() {
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        // Every 18th packet comes: 17 missing in a row take one entry each of which 16 share a mask.
        receive(&stream, [0, 250])
        var slot = [UInt8](repeating: 0, count: 40)
        var total = 0
        for _ in 0..<20 {
            slot.withUnsafeMutableBytes { buffer in
                var writer = RTCPWriter(buffer)
                total += stream.askAgain(into: &writer, sender: 1, now: at(50), roundTrip: .milliseconds(50))
            }
        }
        #expect(total == 249)
        #expect(asked(&stream, now: at(60)) == [])
    }

    @Test func `random losses and reorderings are all mended and counted right`() {
        var random = SeededGenerator(seed: 17)
        var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksAgain: true)
        var lost: Set<UInt16> = []
        _ = stream.receive(sequence: 60_000, timestamp: 0, now: at(0))
        for step in 1...20_000 {
            let sequence = UInt16(truncatingIfNeeded: 60_000 + step)
            let now = at(Int64(step) * 5)
            if Int.random(in: 0..<20, using: &random) == 0 {
                lost.insert(sequence)
            } else {
                _ = stream.receive(sequence: sequence, timestamp: UInt32(step) * 450, now: now)
            }
            for again in asked(&stream, now: now) where Bool.random(using: &random) {
                #expect(lost.remove(again) != nil)
                #expect(stream.receive(sequence: again, timestamp: 0, now: now, isRetransmission: true) == .late)
            }
        }
        #expect(lost.count < 60, "only the newest holes are open, or one in 2^10 was given up")
        #expect(stream.recoveredCount > 900)
    }
}
