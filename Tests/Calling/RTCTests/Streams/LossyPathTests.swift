import RTC
import Testing

/// A sender and a receiver with everything between them that this room owns, over a path that loses, repeats and reorders.
@Suite("Streams over a lossy path")
struct LossyPathTests {
    /// What is on its way to one end.
    private struct Path {
        private var waiting: [(due: MonotonicTime, bytes: [UInt8])] = []

        mutating func send(_ bytes: [UInt8], now: MonotonicTime, loss: Int, _ random: inout SeededGenerator) {
            guard Int.random(in: 0..<100, using: &random) >= loss else { return }
            let delay = MonotonicTime.Interval.milliseconds(.random(in: 20...35, using: &random))
            waiting.append((now + delay, bytes))
            if Int.random(in: 0..<100, using: &random) == 0 { waiting.append((now + delay + .milliseconds(3), bytes)) }
        }

        mutating func arrivals(_ now: MonotonicTime) -> [[UInt8]] {
            let arrived = waiting.filter { $0.due <= now }.sorted { $0.due < $1.due }
            waiting.removeAll { $0.due <= now }
            return arrived.map(\.bytes)
        }
    }

    private struct Outcome {
        var delivered: [UInt32: Int] = [:]
        var reported: Int32 = 0
        var roundTrip: MonotonicTime.Interval?
        var stream: ReceiveStream
    }

    /// 20 s of 100 packets a second, one frame in five packets, then a second without loss to mend the rest.
    private func run(seed: UInt64, loss: Int, retransmits: Bool) -> Outcome {
        var random = SeededGenerator(seed: seed)
        var send = SendStream(
            sources: StreamSources(main: 100, retransmission: retransmits ? 101 : nil), clockRate: 90_000,
            firstSequence: .random(in: 0...UInt16.max, using: &random),
            firstTimestamp: .random(in: 0...UInt32.max, using: &random))
        var outcome = Outcome(stream: ReceiveStream(ssrc: 100, clockRate: 90_000, asksAgain: true))
        var types = PayloadMap()
        if retransmits { types[96] = 97 }
        let cache = PacketCache()
        var (there, back) = (Path(), Path())
        for millisecond in Int64(0)..<21_000 {
            let now = MonotonicTime(microseconds: 1_000_000 + millisecond * 1000)
            let loss = millisecond < 20_000 ? loss : 0
            if millisecond % 10 == 0, millisecond < 20_500 {
                let number = UInt32(millisecond / 10)
                there.send(next(number, &send, cache, now), now: now, loss: number == 0 ? 0 : loss, &random)
            }
            if millisecond % 500 == 250 { there.send(report(&send, now), now: now, loss: 0, &random) }
            for bytes in there.arrivals(now) { receive(bytes, &outcome, now) }
            if let feedback = feedback(&outcome, millisecond, now) { back.send(feedback, now: now, loss: loss, &random) }
            for bytes in back.arrivals(now) {
                for bytes in answer(bytes, &send, cache, types, &outcome, now) {
                    there.send(bytes, now: now, loss: loss, &random)
                }
            }
        }
        return outcome
    }

    private func next(_ number: UInt32, _ send: inout SendStream, _ cache: PacketCache, _ now: MonotonicTime) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16)
        bytes.withUnsafeMutableBytes { slot in
            var writer = RTPHeaderWriter(
                slot, payloadType: 96, marker: number % 5 == 4, sequence: UInt16(truncatingIfNeeded: number),
                timestamp: number / 5 * 4500, ssrc: 7)
            _ = writer?.finish()
            slot.storeBytes(of: number, toByteOffset: 12, as: UInt32.self)
            guard let packet = RTPPacket(slot, length: 16) else { return }
            #expect(send.rewrite(packet, payloadType: 96, now: now) == true)
            cache.store(packet)
        }
        return bytes
    }

    private func report(_ send: inout SendStream, _ now: MonotonicTime) -> [UInt8] {
        written { _ = send.report(ntpTime: UInt64(now.microseconds) << 20, into: &$0, now: now) }
    }

    private func feedback(_ outcome: inout Outcome, _ millisecond: Int64, _ now: MonotonicTime) -> [UInt8]? {
        let bytes = written { writer in
            if millisecond % 1000 == 0, let block = outcome.stream.report(now: now) {
                writer.receiverReport(ssrc: 1)
                writer.append(block)
                outcome.reported = block.cumulativeLost
            }
            if let due = outcome.stream.askAgainDeadline, due <= now {
                _ = outcome.stream.askAgain(into: &writer, sender: 1, now: now, roundTrip: .milliseconds(60))
                _ = outcome.stream.takeGivenUp()
            }
        }
        return bytes.isEmpty ? nil : bytes
    }

    private func written(_ body: (inout RTCPWriter) -> Void) -> [UInt8] {
        var slot = [UInt8](repeating: 0, count: 1600)
        let length = slot.withUnsafeMutableBytes { buffer in
            var writer = RTCPWriter(buffer)
            body(&writer)
            return writer.length
        }
        return Array(slot[..<length])
    }

    private func receive(_ bytes: [UInt8], _ outcome: inout Outcome, _ now: MonotonicTime) {
        var bytes = bytes
        bytes.withUnsafeMutableBytes { slot in
            // RFC 5761: what would be a payload type of 64 to 95 is RTCP.
            if (64...95).contains(slot[1] & 0x7F) {
                for packet in RTCPCompound(UnsafeRawBufferPointer(slot)).map({ Array($0) }) ?? [] {
                    if case .senderReport(let report) = packet { outcome.stream.receive(report, now: now) }
                }
                return
            }
            guard var packet = RTPPacket(slot, length: slot.count) else { return fail("not RTP") }
            let isRetransmission = packet.payloadType == 97
            if isRetransmission {
                guard let length = Retransmission.unwrap(slot, length: slot.count, payloadType: 96, ssrc: 100),
                    let original = RTPPacket(slot, length: length)
                else { return fail("an empty retransmission") }
                packet = original
            }
            let arrival = outcome.stream.receive(
                sequence: packet.sequence, timestamp: packet.timestamp, now: now, isRetransmission: isRetransmission)
            guard arrival == .newest || arrival == .late else { return }
            outcome.delivered[packet.payload.loadUnaligned(as: UInt32.self), default: 0] += 1
        }
    }

    private func answer(
        _ bytes: [UInt8], _ send: inout SendStream, _ cache: PacketCache, _ types: PayloadMap, _ outcome: inout Outcome,
        _ now: MonotonicTime
    ) -> [[UInt8]] {
        var again: [[UInt8]] = []
        var slot = [UInt8](repeating: 0, count: 1600)
        bytes.withUnsafeBytes { bytes in
            for packet in RTCPCompound(bytes).map({ Array($0) }) ?? [] {
                if case .receiverReport(let report) = packet {
                    for block in report.blocks { outcome.roundTrip = send.roundTrip(block, now: now) ?? outcome.roundTrip }
                }
                guard case .nack(let nack) = packet else { continue }
                for sequence in nack {
                    slot.withUnsafeMutableBytes { slot in
                        let length = send.retransmit(
                            sequence, from: cache, payloadTypes: types, into: slot, now: now, spacing: .milliseconds(20))
                        if let length { again.append(Array(slot[..<length])) }
                    }
                }
            }
        }
        return again
    }

    @Test(arguments: [0, 2, 10, 25]) func `every packet arrives once, whatever the path loses`(loss: Int) throws {
        for retransmits in [true, false] {
            let outcome = run(seed: UInt64(loss) + 1, loss: loss, retransmits: retransmits)
            #expect(outcome.delivered.count == 2050, "loss \(loss) %")
            #expect(outcome.delivered.values.allSatisfy { $0 == 1 })
            #expect(try #require(outcome.roundTrip) >= .milliseconds(40))
            #expect(try #require(outcome.roundTrip) <= .milliseconds(75))
            if loss == 0 { #expect(outcome.reported == 0 && outcome.stream.recoveredCount <= 200) }
            // Retransmissions in their own format leave the network's loss visible, within a quarter of what chance would say.
            if retransmits, loss >= 10 {
                #expect(abs(Int(outcome.reported) - 2000 * loss / 100) < 500 * loss / 100)
            }
        }
    }
}
