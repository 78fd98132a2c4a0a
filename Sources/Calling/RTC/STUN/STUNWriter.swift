/// Builds one STUN message; attributes are written in order, then ``finish(key:)`` signs it.
package struct STUNWriter {
    private(set) var bytes: [UInt8]

    package init(_ kind: STUN.Kind, _ transactionID: STUN.TransactionID) {
        bytes = []
        bytes.reserveCapacity(128)
        append(kind.rawValue)
        append(UInt16(0))
        append(STUN.cookie)
        append(transactionID.high)
        append(transactionID.low)
    }

    package mutating func username(_ text: [UInt8]) { attribute(STUN.Attribute.username, text) }
    package mutating func priority(_ value: UInt32) { attribute(STUN.Attribute.priority, value) }
    package mutating func useCandidate() { attribute(STUN.Attribute.useCandidate, []) }
    package mutating func controlling(_ tieBreaker: UInt64) { attribute(STUN.Attribute.iceControlling, tieBreaker) }
    package mutating func controlled(_ tieBreaker: UInt64) { attribute(STUN.Attribute.iceControlled, tieBreaker) }

    package mutating func xorMappedAddress(_ address: TransportAddress) {
        head(STUN.Attribute.xorMappedAddress, address.isIPv4 ? 8 : 20)
        append(UInt16(address.isIPv4 ? 1 : 2))
        append(address.port ^ UInt16(STUN.cookie >> 16))
        if let ipv4 = address.ipv4 {
            append(ipv4 ^ STUN.cookie)
        } else {
            // The mask is the cookie and the transaction id, which stand in bytes 4 to 20 of the header.
            let (high, low) = address.ipv6
            let (maskHigh, maskLow) = bytes.withUnsafeBytes { ($0.load64(4), $0.load64(12)) }
            append(high ^ maskHigh)
            append(low ^ maskLow)
        }
    }

    package mutating func errorCode(_ code: Int, _ reason: String) {
        attribute(STUN.Attribute.errorCode, [0, 0, UInt8(code / 100), UInt8(code % 100)] + Array(reason.utf8))
    }

    package mutating func unknownAttributes(of message: STUNMessage) {
        let types = [message.unknown.0, message.unknown.1, message.unknown.2, message.unknown.3].prefix(message.unknownCount)
        attribute(STUN.Attribute.unknownAttributes, types.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
    }

    package mutating func attribute(_ type: UInt16, _ value: [UInt8]) {
        head(type, value.count)
        bytes += value
        while bytes.count & 3 != 0 { bytes.append(0) }
    }

    private mutating func attribute<Value: FixedWidthInteger>(_ type: UInt16, _ value: Value) {
        head(type, MemoryLayout<Value>.size)
        append(value)
    }

    private mutating func head(_ type: UInt16, _ count: Int) {
        append(type)
        append(UInt16(truncatingIfNeeded: count))
    }

    private mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func setLength(_ length: Int) {
        bytes[2] = UInt8(truncatingIfNeeded: length >> 8)
        bytes[3] = UInt8(truncatingIfNeeded: length)
    }

    /// Adds MESSAGE-INTEGRITY (with a key) and FINGERPRINT; the datagram.
    package consuming func finish(key: KeyedSHA1?) -> [UInt8] {
        if var key {
            setLength(bytes.count + 4 + KeyedSHA1.digestBytes - STUN.headerBytes)
            var digest = [UInt8](repeating: 0, count: KeyedSHA1.digestBytes)
            digest.withUnsafeMutableBytes { digest in
                guard let start = digest.baseAddress else { return }
                bytes.withUnsafeBytes { key.hash($0, into: start) }
            }
            attribute(STUN.Attribute.messageIntegrity, digest)
        }
        return fingerprinted()
    }

    /// Adds MESSAGE-INTEGRITY-SHA256 and FINGERPRINT; the datagram.
    package consuming func finish(sha256Password password: [UInt8]) -> [UInt8] {
        setLength(bytes.count + 4 + 32 - STUN.headerBytes)
        attribute(STUN.Attribute.messageIntegritySHA256, bytes.withUnsafeBytes { hmacSHA256(key: password, $0) })
        return fingerprinted()
    }

    private consuming func fingerprinted() -> [UInt8] {
        setLength(bytes.count + 8 - STUN.headerBytes)
        let crc = bytes.withUnsafeBytes { CRC32.of($0) }
        attribute(STUN.Attribute.fingerprint, crc ^ STUN.fingerprintMask)
        return bytes
    }
}
