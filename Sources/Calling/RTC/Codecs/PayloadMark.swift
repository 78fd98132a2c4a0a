/// What a packet's payload says about the frame it belongs to.
public struct PayloadMark: Equatable, Sendable {
    /// A frame begins with this packet. H.264 has no such bit: parameter sets before a picture count as a beginning too.
    public var startsFrame: Bool
    /// It begins a frame, or what belongs to one, from which a decoder can start anew.
    public var startsKeyFrame: Bool

    /// Nothing begins here.
    public static let middle = PayloadMark(startsFrame: false, startsKeyFrame: false)

    /// A mark.
    public init(startsFrame: Bool, startsKeyFrame: Bool) {
        self.startsFrame = startsFrame
        self.startsKeyFrame = startsKeyFrame
    }
}

extension Codec {
    /// Looks at the first bytes of a payload; what is malformed begins nothing.
    public func mark(_ payload: UnsafeRawBufferPointer) -> PayloadMark {
        guard let base = payload.baseAddress, payload.count > 0 else { return .middle }
        switch self {
        case .vp8: return VP8.mark(base, payload.count)
        case .h264: return H264.mark(base, payload.count)
        case .vp9: return VP9.mark(base, payload.count)
        case .av1: return AV1.mark(base)
        // A decoder of sound can start with any packet.
        case .opus, .red, .pcmu, .pcma, .g722, .telephoneEvent: return PayloadMark(startsFrame: true, startsKeyFrame: true)
        }
    }
}

/// The payload descriptor of VP8 (RFC 7741 section 4.2).
private enum VP8 {
    static func mark(_ base: UnsafeRawPointer, _ count: Int) -> PayloadMark {
        let first = base.load8(0)
        // A frame begins with the start bit in partition zero.
        guard first & 0x17 == 0x10 else { return .middle }
        var offset = 1
        if first & 0x80 != 0 {
            guard count > 1 else { return .middle }
            let extended = base.load8(1)
            offset = 2
            if extended & 0x80 != 0 {
                guard count > offset else { return .middle }
                offset += base.load8(offset) & 0x80 != 0 ? 2 : 1
            }
            if extended & 0x40 != 0 { offset += 1 }
            if extended & 0x30 != 0 { offset += 1 }
        }
        guard count > offset else { return .middle }
        // The lowest bit of the frame's header says "predicted".
        return PayloadMark(startsFrame: true, startsKeyFrame: base.load8(offset) & 0x01 == 0)
    }
}

/// The NAL units of H.264 in a packet (RFC 6184 section 5).
private enum H264 {
    private static let slice: UInt8 = 1
    private static let keySlice: UInt8 = 5
    private static let sequenceParameters: UInt8 = 7
    private static let aggregate: UInt8 = 24
    private static let fragment: UInt8 = 28

    static func mark(_ base: UnsafeRawPointer, _ count: Int) -> PayloadMark {
        switch base.load8(0) & 0x1F {
        case aggregate: return markAggregate(base, count)
        case fragment:
            // Only the first fragment has the unit's type at its beginning.
            guard count >= 3, base.load8(1) & 0x80 != 0 else { return .middle }
            return mark(unit: base.load8(1) & 0x1F, next: base.load8(2))
        case let unit: return mark(unit: unit, next: count > 1 ? base.load8(1) : 0)
        }
    }

    private static func mark(unit: UInt8, next: UInt8) -> PayloadMark {
        switch unit {
        // The first macroblock's number is zero when the first bit of its Exp-Golomb code is one.
        case slice...keySlice: PayloadMark(startsFrame: next & 0x80 != 0, startsKeyFrame: unit == keySlice && next & 0x80 != 0)
        case sequenceParameters: PayloadMark(startsFrame: true, startsKeyFrame: true)
        // Supplements, picture parameters and delimiters come before the slices of their picture.
        case 6, 8, 9: PayloadMark(startsFrame: true, startsKeyFrame: false)
        default: .middle
        }
    }

    private static func markAggregate(_ base: UnsafeRawPointer, _ count: Int) -> PayloadMark {
        var result = PayloadMark.middle
        var offset = 1
        while offset + 3 <= count {
            let length = Int(base.load16(offset))
            guard length > 0, offset + 2 + length <= count else { break }
            let unit = mark(unit: base.load8(offset + 2) & 0x1F, next: length > 1 ? base.load8(offset + 3) : 0)
            result.startsFrame = result.startsFrame || unit.startsFrame
            result.startsKeyFrame = result.startsKeyFrame || unit.startsKeyFrame
            offset += 2 + length
        }
        return result
    }
}

/// The payload descriptor of VP9 (RFC 9628 section 4.2).
private enum VP9 {
    static func mark(_ base: UnsafeRawPointer, _ count: Int) -> PayloadMark {
        let first = base.load8(0)
        guard first & 0x08 != 0 else { return .middle }
        if first & 0x20 != 0 {
            var offset = 1
            if first & 0x80 != 0 {
                guard count > offset else { return .middle }
                offset += base.load8(offset) & 0x80 != 0 ? 2 : 1
            }
            guard count > offset else { return .middle }
            // Upper spatial layers belong to the picture that the lowest began.
            guard base.load8(offset) >> 1 & 0x07 == 0 else { return .middle }
        }
        return PayloadMark(startsFrame: true, startsKeyFrame: first & 0x40 == 0)
    }
}

/// The aggregation header of AV1 (its RTP specification, section 4.4).
private enum AV1 {
    static func mark(_ base: UnsafeRawPointer) -> PayloadMark {
        let header = base.load8(0)
        // Z: the first element continues one of the packet before. N: a coded video sequence begins.
        guard header & 0x80 == 0 else { return .middle }
        return PayloadMark(startsFrame: true, startsKeyFrame: header & 0x08 != 0)
    }
}
