/// A view of one RTP packet (RFC 3550 section 5.1) in a slot: parsed with one walk of its lengths, edited in place.
///
/// It owns nothing and must not outlive the slot. It is made after decryption, because the padding's length is encrypted.
public struct RTPPacket {
    /// The length of the header without contributors and extension, in bytes.
    public static let fixedHeaderLength = 12

    /// How header extension elements are written (RFC 8285).
    public enum ExtensionForm: Sendable {
        /// There are none, or in a form we do not know.
        case none
        /// Four bits of id, four of length.
        case oneByte
        /// A byte of id, a byte of length.
        case twoByte
    }

    /// The first byte of the packet.
    let base: UnsafeMutableRawPointer
    /// The whole packet's length in bytes, padding included.
    public let length: Int
    /// Where the extension elements begin; equal to `extensionEnd` when there are none.
    let extensionStart: Int
    let extensionEnd: Int
    /// The form of the extension elements.
    public let extensionForm: ExtensionForm
    /// Where the payload begins, which is also the header's length.
    public let payloadOffset: Int
    /// Where the payload ends and the padding begins.
    public let payloadEnd: Int

    /// Looks at the first `length` bytes of the slot; nil when they are not a well-formed RTP packet.
    public init?(_ slot: UnsafeMutableRawBufferPointer, length: Int) {
        guard length >= Self.fixedHeaderLength, length <= slot.count, let base = slot.baseAddress else { return nil }
        let first = base.load8(0)
        guard first & 0xC0 == 0x80 else { return nil }

        var offset = Self.fixedHeaderLength + 4 * Int(first & 0x0F)
        var form = ExtensionForm.none
        var start = offset
        if first & 0x10 != 0 {
            guard offset + 4 <= length else { return nil }
            form = Self.form(ofProfile: base.load16(offset))
            start = offset + 4
            offset = start + 4 * Int(base.load16(offset + 2))
        }
        guard offset <= length else { return nil }

        var end = length
        if first & 0x20 != 0 {
            let padding = Int(base.load8(length - 1))
            guard padding > 0, offset + padding <= length else { return nil }
            end = length - padding
        }
        self.base = base
        self.length = length
        extensionForm = form
        extensionStart = form == .none ? offset : start
        extensionEnd = offset
        payloadOffset = offset
        payloadEnd = end
    }

    private static func form(ofProfile profile: UInt16) -> ExtensionForm {
        if profile == 0xBEDE { return .oneByte }
        return profile & 0xFFF0 == 0x1000 ? .twoByte : .none
    }

    /// The marker bit: of video the last packet of a frame, of audio the first after silence.
    public var marker: Bool {
        get { base.load8(1) & 0x80 != 0 }
        nonmutating set { base.store8(base.load8(1) & 0x7F | (newValue ? 0x80 : 0), 1) }
    }

    /// The payload type, 0 to 127.
    public var payloadType: UInt8 {
        get { base.load8(1) & 0x7F }
        nonmutating set { base.store8(base.load8(1) & 0x80 | newValue & 0x7F, 1) }
    }

    /// The sequence number; it wraps.
    public var sequence: UInt16 {
        get { base.load16(2) }
        nonmutating set { base.store16(newValue, 2) }
    }

    /// The timestamp in the codec's clock; it wraps.
    public var timestamp: UInt32 {
        get { base.load32(4) }
        nonmutating set { base.store32(newValue, 4) }
    }

    /// The synchronisation source.
    public var ssrc: UInt32 {
        get { base.load32(8) }
        nonmutating set { base.store32(newValue, 8) }
    }

    /// The whole packet.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: length) }

    /// The payload without padding.
    public var payload: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + payloadOffset, count: payloadEnd - payloadOffset)
    }
}
