/// One header extension element: where its value lies in the packet.
public struct RTPExtensionElement: Equatable, Sendable {
    /// The negotiated local id.
    public let id: UInt8
    /// Where the value begins, from the packet's first byte.
    public let offset: Int
    /// The value's length in bytes; a two-byte element may be empty.
    public let length: Int
}

/// Reading and changing header extension elements in place (RFC 8285). Nothing here changes the packet's length.
extension RTPPacket {
    /// The element after `cursor`, which starts at zero; nil at the end or at the first malformed element.
    public func nextElement(after cursor: inout Int) -> RTPExtensionElement? {
        var at = max(cursor, extensionStart)
        while at < extensionEnd, base.load8(at) == 0 { at += 1 }
        guard at < extensionEnd, let element = element(at: at), element.offset + element.length <= extensionEnd else {
            cursor = extensionEnd
            return nil
        }
        cursor = element.offset + element.length
        return element
    }

    private func element(at offset: Int) -> RTPExtensionElement? {
        let first = base.load8(offset)
        switch extensionForm {
        case .none: return nil
        case .oneByte:
            // Id 15 ends the list, id 0 with a length is forbidden and ends it too.
            let id = first >> 4
            guard id != 0, id != 15 else { return nil }
            return RTPExtensionElement(id: id, offset: offset + 1, length: Int(first & 0x0F) + 1)
        case .twoByte:
            guard offset + 2 <= extensionEnd else { return nil }
            return RTPExtensionElement(id: first, offset: offset + 2, length: Int(base.load8(offset + 1)))
        }
    }

    /// The element with this id; nil when there is none. Id zero means "not negotiated" and is never found.
    public func element(_ id: UInt8) -> RTPExtensionElement? {
        guard id != 0 else { return nil }
        var cursor = 0
        while let element = nextElement(after: &cursor) {
            if element.id == id { return element }
        }
        return nil
    }

    /// The bytes of an element's value.
    public func value(of element: RTPExtensionElement) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + element.offset, count: element.length)
    }

    /// Renames the elements for another leg; what the map does not know becomes padding, so that no id means two things.
    public func remapElements(_ map: ExtensionIDMap) {
        var cursor = 0
        while let element = nextElement(after: &cursor) {
            let headerLength = extensionForm == .oneByte ? 1 : 2
            let header = element.offset - headerLength
            let id = map[element.id]
            if id == 0 {
                UnsafeMutableRawBufferPointer(start: base + header, count: headerLength + element.length)
                    .initializeMemory(as: UInt8.self, repeating: 0)
            } else {
                base.store8(extensionForm == .oneByte ? id << 4 | base.load8(header) & 0x0F : id, header)
            }
        }
    }

    // MARK: The elements we know

    /// The media identification (RFC 8843), as bytes of a token.
    public func mid(_ id: UInt8) -> UnsafeRawBufferPointer? {
        element(id).map(value(of:))
    }

    /// The transport-wide sequence number of congestion control.
    public func transportSequence(_ id: UInt8) -> UInt16? {
        guard let element = element(id), element.length >= 2 else { return nil }
        return base.load16(element.offset)
    }

    /// Replaces the transport-wide sequence number; false when the packet has none.
    @discardableResult
    public func setTransportSequence(_ id: UInt8, _ value: UInt16) -> Bool {
        guard let element = element(id), element.length >= 2 else { return false }
        base.store16(value, element.offset)
        return true
    }

    /// The absolute send time: 24 bits, 6.18 fixed point seconds.
    public func absoluteSendTime(_ id: UInt8) -> UInt32? {
        guard let element = element(id), element.length == 3 else { return nil }
        return base.load24(element.offset)
    }

    /// Replaces the absolute send time; false when the packet has none.
    @discardableResult
    public func setAbsoluteSendTime(_ id: UInt8, microseconds: Int64) -> Bool {
        guard let element = element(id), element.length == 3 else { return false }
        base.store24(Self.absoluteSendTime(microseconds: microseconds), element.offset)
        return true
    }

    /// A time as 6.18 fixed point seconds, wrapping every 64 s.
    public static func absoluteSendTime(microseconds: Int64) -> UInt32 {
        let withinCycle = UInt64(bitPattern: microseconds) % 64_000_000
        return UInt32((withinCycle << 18) / 1_000_000) & 0xFF_FFFF
    }

    /// The audio level (RFC 6464).
    public func audioLevel(_ id: UInt8) -> AudioLevel? {
        guard let element = element(id), element.length >= 1 else { return nil }
        return AudioLevel(rawValue: base.load8(element.offset))
    }

    /// The video orientation (3GPP TS 26.114): camera, flip and quarter turns.
    public func videoOrientation(_ id: UInt8) -> VideoOrientation? {
        guard let element = element(id), element.length >= 1 else { return nil }
        return VideoOrientation(rawValue: base.load8(element.offset))
    }
}

/// How loud a packet of audio is (RFC 6464).
public struct AudioLevel: Equatable, Sendable {
    /// The byte on the wire.
    public let rawValue: UInt8

    /// From the byte on the wire.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The sender's encoder found speech in it.
    public var hasVoice: Bool { rawValue & 0x80 != 0 }
    /// Decibels below the loudest: 0 is the loudest, 127 is silence.
    public var decibelsBelowFull: Int { Int(rawValue & 0x7F) }
}

/// How a picture must be turned before it is shown.
public struct VideoOrientation: Equatable, Sendable {
    /// The byte on the wire.
    public let rawValue: UInt8

    /// From the byte on the wire.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// It is the camera away from the user.
    public var isBackCamera: Bool { rawValue & 0x08 != 0 }
    /// It is mirrored.
    public var isFlipped: Bool { rawValue & 0x04 != 0 }
    /// Turn it by this many degrees clockwise.
    public var degrees: Int { Int(rawValue & 0x03) * 90 }
}
