package import RTC

/// One RTP stream of a load device: when its next packets are due, and their bytes. Video is shaped like VP8 from an encoder: frames of
/// varying size at a steady pace, split into about equal packets; audio is a small packet at a steady pace.
///
/// The last bytes of each payload are a mark and the time of sending, which the receiver turns into a delay.
package struct LoadStream {
    package enum Shape: Sendable {
        case video(bitsPerSecond: Int, framesPerSecond: Int, payloadBytes: Int)
        case audio(packetsPerSecond: Int, payloadBytes: Int)
    }

    /// What the header of each packet carries besides its numbers.
    package struct Header: Sendable {
        package var payloadType: UInt8
        package var transportSequenceID: UInt8 = 0
        package var absoluteSendTimeID: UInt8 = 0

        package init(payloadType: UInt8) { self.payloadType = payloadType }
    }

    package let ssrc: UInt32
    package let header: Header
    package let shape: Shape
    package private(set) var next: MonotonicTime
    package private(set) var packets: UInt32 = 0
    package private(set) var octets: UInt32 = 0
    package private(set) var timestamp: UInt32
    package var wantsKeyFrame = true
    private var sequence: UInt16
    private let interval: MonotonicTime.Interval
    private let clockStep: UInt32
    private var generator: UInt64

    static let mark: UInt32 = 0x4A4D_4C47
    static let trailerBytes = 12

    package init(_ shape: Shape, ssrc: UInt32, header: Header, firstAt: MonotonicTime) {
        self.shape = shape
        self.ssrc = ssrc
        self.header = header
        next = firstAt
        sequence = UInt16(truncatingIfNeeded: ssrc)
        timestamp = ssrc &* 77
        generator = UInt64(ssrc) | 1
        switch shape {
        case .video(_, let frames, _):
            interval = .microseconds(1_000_000 / Int64(frames))
            clockStep = UInt32(90_000 / frames)
        case .audio(let packets, _):
            interval = .microseconds(1_000_000 / Int64(packets))
            clockStep = UInt32(48_000 / packets)
        }
    }

    /// Writes what is due into slots that `send` takes away, packet by packet.
    package mutating func emitDue(
        now: MonotonicTime, transportSequence: inout UInt16, slot: () -> UnsafeMutableRawBufferPointer,
        send: (UnsafeMutableRawBufferPointer, Int) -> Void
    ) {
        while next <= now {
            next = next + interval
            // After a pause (a busy machine) frames are skipped rather than sent as a flood.
            if now - next > .milliseconds(200) { next = now + interval }
            timestamp &+= clockStep
            let sizes = split()
            for index in 0..<sizes.count {
                let slot = slot()
                let length = write(
                    slot, payload: sizes.bytes(index), isFirst: index == 0, isLast: index == sizes.count - 1,
                    transportSequence: &transportSequence, now: now)
                send(slot, length)
            }
        }
    }

    /// A frame's bytes in about equal parts: the later ones are a byte longer where they must.
    private struct Split {
        let total: Int
        let count: Int
        func bytes(_ index: Int) -> Int { total / count + (index >= count - total % count ? 1 : 0) }
    }

    private mutating func split() -> Split {
        switch shape {
        case .audio(_, let bytes): return Split(total: bytes, count: 1)
        case .video(let bits, let frames, let limit):
            generator = generator &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Between 75 and 125 percent of the mean.
            let percent = 75 + Int(generator >> 33) % 51
            let total = bits / 8 / frames * percent / 100
            return Split(total: total, count: max(1, (total + limit - 1) / limit))
        }
    }

    private mutating func write(
        _ slot: UnsafeMutableRawBufferPointer, payload: Int, isFirst: Bool, isLast: Bool, transportSequence: inout UInt16,
        now: MonotonicTime
    ) -> Int {
        guard
            var writer = RTPHeaderWriter(
                slot, payloadType: header.payloadType, marker: isLast && isVideo, sequence: sequence, timestamp: timestamp,
                ssrc: ssrc)
        else { return 0 }
        if header.absoluteSendTimeID != 0 {
            writer.append(
                header.absoluteSendTimeID, RTPPacket.absoluteSendTime(microseconds: now.microseconds), count: 3)
        }
        if header.transportSequenceID != 0 {
            writer.append(header.transportSequenceID, UInt32(transportSequence), count: 2)
            transportSequence &+= 1
        }
        sequence &+= 1
        let start = writer.finish()
        let end = start + max(payload, Self.trailerBytes + 4)
        if isVideo { writeVP8(slot, at: start, isFirst: isFirst) }
        slot.storeBytes(of: Self.mark.bigEndian, toByteOffset: end - Self.trailerBytes, as: UInt32.self)
        slot.storeBytes(of: now.microseconds, toByteOffset: end - 8, as: Int64.self)
        packets &+= 1
        octets &+= UInt32(end - start)
        return end
    }

    /// A VP8 payload descriptor (RFC 7741) and, at a frame's start, the first byte that tells a key frame.
    private mutating func writeVP8(_ slot: UnsafeMutableRawBufferPointer, at start: Int, isFirst: Bool) {
        slot[start] = isFirst ? 0x10 : 0x00
        guard isFirst else { return }
        slot[start + 1] = wantsKeyFrame ? 0x10 : 0x11
        slot[start + 2] = 0
        slot[start + 3] = 0
        wantsKeyFrame = false
    }

    private var isVideo: Bool {
        if case .video = shape { return true }
        return false
    }

    /// When a packet of a load stream was sent; nil for packets of others.
    package static func sendTime(of packet: RTPPacket) -> MonotonicTime? {
        let payload = packet.payload
        guard payload.count >= trailerBytes,
            UInt32(bigEndian: payload.loadUnaligned(fromByteOffset: payload.count - trailerBytes, as: UInt32.self)) == mark
        else { return nil }
        return MonotonicTime(microseconds: payload.loadUnaligned(fromByteOffset: payload.count - 8, as: Int64.self))
    }
}
