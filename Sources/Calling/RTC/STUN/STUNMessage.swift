/// What one STUN message says, taken apart without allocation and without any cryptography, so that a flood costs little.
/// Authentication is the second step: ``isAuthentic(key:in:)`` and the like, over the same bytes.
package struct STUNMessage {
    package let kind: STUN.Kind
    package let transactionID: STUN.TransactionID
    /// Where USERNAME's value lies in the datagram.
    package private(set) var username: Range<Int>?
    package private(set) var priority: UInt32?
    package private(set) var useCandidate = false
    package private(set) var controlling: UInt64?
    package private(set) var controlled: UInt64?
    package private(set) var errorCode: Int?
    /// XOR-MAPPED-ADDRESS, or the older MAPPED-ADDRESS.
    package private(set) var mappedAddress: TransportAddress?
    package private(set) var hasFingerprint = false
    /// Comprehension-required attributes that we do not know; the first four are kept for the answer.
    package private(set) var unknownCount = 0
    package private(set) var unknown: (UInt16, UInt16, UInt16, UInt16) = (0, 0, 0, 0)
    private var integrity: Int?
    private var integritySHA256: Range<Int>?

    /// Why bytes are not a STUN message.
    package enum ParseError: Error {
        case tooShort, notSTUN, wrongLength, unknownKind, malformedAttribute, wrongFingerprint, tooManyAttributes
    }

    /// Whether the first bytes can be STUN at all: the cheapest test.
    package static func looksLikeSTUN(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= STUN.headerBytes && bytes[0] < 4 && bytes.load32(4) == STUN.cookie
    }

    /// Reads a whole datagram. Without `checkingFingerprint`, ``hasFingerprint`` only says that there is one, right or wrong.
    package init(_ bytes: UnsafeRawBufferPointer, checkingFingerprint: Bool = true) throws(ParseError) {
        guard bytes.count >= STUN.headerBytes else { throw .tooShort }
        guard Self.looksLikeSTUN(bytes) else { throw .notSTUN }
        let length = Int(bytes.load16(2))
        guard length & 3 == 0, bytes.count == STUN.headerBytes + length else { throw .wrongLength }
        guard let kind = STUN.Kind(rawValue: bytes.load16(0)) else { throw .unknownKind }
        self.kind = kind
        transactionID = STUN.TransactionID(high: bytes.load32(8), low: bytes.load64(12))
        var at = STUN.headerBytes
        var count = 0
        while at < bytes.count {
            guard at + 4 <= bytes.count, !hasFingerprint else { throw .malformedAttribute }
            guard count < RTCLimits.stunAttributes else { throw .tooManyAttributes }
            let value = at + 4..<at + 4 + Int(bytes.load16(at + 2))
            guard value.upperBound <= bytes.count else { throw .malformedAttribute }
            if bytes.load16(at) == STUN.Attribute.fingerprint {
                try readFingerprint(value, in: bytes, isChecked: checkingFingerprint)
            } else {
                try read(bytes.load16(at), value, in: bytes)
            }
            at = (value.upperBound + 3) & ~3
            count += 1
        }
    }

    private mutating func read(_ type: UInt16, _ value: Range<Int>, in bytes: UnsafeRawBufferPointer) throws(ParseError) {
        // RFC 8489 section 14.5: after the integrity attributes only FINGERPRINT counts, the rest is not protected.
        if type == STUN.Attribute.messageIntegritySHA256 {
            guard (16...32).contains(value.count), value.count & 3 == 0 else { throw .malformedAttribute }
            if integritySHA256 == nil { integritySHA256 = value }
            return
        }
        if integrity != nil || integritySHA256 != nil { return }
        switch type {
        case STUN.Attribute.messageIntegrity:
            guard value.count == KeyedSHA1.digestBytes else { throw .malformedAttribute }
            integrity = value.lowerBound
        case STUN.Attribute.username:
            guard value.count <= RTCLimits.stunUsernameBytes else { throw .malformedAttribute }
            // RFC 8489 section 14: of an attribute that comes twice, the first counts.
            if username == nil { username = value }
        case STUN.Attribute.priority:
            guard value.count == 4 else { throw .malformedAttribute }
            priority = bytes.load32(value.lowerBound)
        case STUN.Attribute.useCandidate: useCandidate = true
        case STUN.Attribute.iceControlling:
            guard value.count == 8 else { throw .malformedAttribute }
            controlling = bytes.load64(value.lowerBound)
        case STUN.Attribute.iceControlled:
            guard value.count == 8 else { throw .malformedAttribute }
            controlled = bytes.load64(value.lowerBound)
        case STUN.Attribute.errorCode:
            guard value.count >= 4 else { throw .malformedAttribute }
            errorCode = Int(bytes[value.lowerBound + 2] & 7) * 100 + Int(bytes[value.lowerBound + 3])
        case STUN.Attribute.xorMappedAddress: mappedAddress = try readAddress(value, in: bytes, isMasked: true)
        case STUN.Attribute.mappedAddress:
            let address = try readAddress(value, in: bytes, isMasked: false)
            mappedAddress = mappedAddress ?? address
        case STUN.Attribute.unknownAttributes: break
        case 0..<0x8000: noteUnknown(type)
        default: break
        }
    }

    private mutating func noteUnknown(_ type: UInt16) {
        switch unknownCount {
        case 0: unknown.0 = type
        case 1: unknown.1 = type
        case 2: unknown.2 = type
        case 3: unknown.3 = type
        default: return
        }
        unknownCount += 1
    }

    private mutating func readFingerprint(
        _ value: Range<Int>, in bytes: UnsafeRawBufferPointer, isChecked: Bool
    ) throws(ParseError) {
        guard value.count == 4, value.upperBound == bytes.count else { throw .malformedAttribute }
        hasFingerprint = true
        guard isChecked else { return }
        let covered = UnsafeRawBufferPointer(rebasing: bytes[..<(value.lowerBound - 4)])
        guard bytes.load32(value.lowerBound) == CRC32.of(covered) ^ STUN.fingerprintMask else { throw .wrongFingerprint }
    }

    private func readAddress(
        _ value: Range<Int>, in bytes: UnsafeRawBufferPointer, isMasked: Bool
    ) throws(ParseError) -> TransportAddress {
        let at = value.lowerBound
        guard value.count >= 8 else { throw .malformedAttribute }
        let port = bytes.load16(at + 2) ^ (isMasked ? UInt16(STUN.cookie >> 16) : 0)
        switch (bytes[at + 1], value.count) {
        case (1, 8):
            return TransportAddress(ipv4: bytes.load32(at + 4) ^ (isMasked ? STUN.cookie : 0), port: port)
        case (2, 20):
            let maskHigh = isMasked ? UInt64(STUN.cookie) << 32 | UInt64(transactionID.high) : 0
            let maskLow = isMasked ? transactionID.low : 0
            return TransportAddress(ipv6High: bytes.load64(at + 4) ^ maskHigh, low: bytes.load64(at + 12) ^ maskLow, port: port)
        default: throw .malformedAttribute
        }
    }
}

// MARK: Authentication

extension STUNMessage {
    package var hasIntegrity: Bool { integrity != nil }
    package var hasIntegritySHA256: Bool { integritySHA256 != nil }

    /// Whether MESSAGE-INTEGRITY was made with `key` over these bytes. False when there is none.
    package func isAuthentic(key: KeyedSHA1, in bytes: UnsafeRawBufferPointer) -> Bool {
        guard let integrity else { return false }
        let covered = integrity - 4
        guard covered <= RTCLimits.datagramBytes else { return false }
        return Self.withLengthField(bytes, covered: covered, length: integrity + KeyedSHA1.digestBytes - STUN.headerBytes) {
            var key = key
            return key.verifies($0, tag: UnsafeRawBufferPointer(rebasing: bytes[integrity..<integrity + KeyedSHA1.digestBytes]))
        }
    }

    /// Whether MESSAGE-INTEGRITY-SHA256 (perhaps truncated to 16 bytes or more) was made with `password`.
    package func isAuthenticSHA256(password: [UInt8], in bytes: UnsafeRawBufferPointer) -> Bool {
        guard let integritySHA256 else { return false }
        let covered = integritySHA256.lowerBound - 4
        guard covered <= RTCLimits.datagramBytes else { return false }
        return Self.withLengthField(bytes, covered: covered, length: integritySHA256.upperBound - STUN.headerBytes) {
            hmacSHA256(key: password, $0).withUnsafeBytes {
                isEqualInConstantTime(
                    UnsafeRawBufferPointer(rebasing: $0[..<integritySHA256.count]),
                    UnsafeRawBufferPointer(rebasing: bytes[integritySHA256]))
            }
        }
    }

    /// The covered bytes in a scratch copy whose length field ends right after the integrity attribute (RFC 8489 section 14.5).
    private static func withLengthField(
        _ bytes: UnsafeRawBufferPointer, covered: Int, length: Int, _ body: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: covered, alignment: 8) { scratch in
            scratch.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<covered]))
            scratch.store16(UInt16(truncatingIfNeeded: length), 2)
            return body(UnsafeRawBufferPointer(scratch))
        }
    }
}
