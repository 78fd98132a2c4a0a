/// An IPv4 or IPv6 address and a UDP port, held inline: comparing, hashing and copying one allocates nothing.
///
/// An IPv4 address that a dual-stack socket reports as `::ffff:a.b.c.d` becomes the IPv4 address, so one peer has one value.
public struct TransportAddress: Hashable, Sendable {
    /// The first 64 bits of an IPv6 address; zero for IPv4.
    @usableFromInline let high: UInt64
    /// The last 64 bits of an IPv6 address; the IPv4 address in the low 32 bits.
    @usableFromInline let low: UInt64
    /// The UDP port.
    public let port: UInt16
    /// Whether this is an IPv4 address.
    public let isIPv4: Bool

    /// An IPv4 address from its value in host order: 0x7F000001 is 127.0.0.1.
    @inlinable
    public init(ipv4 address: UInt32, port: UInt16) {
        high = 0
        low = UInt64(address)
        self.port = port
        isIPv4 = true
    }

    /// An IPv6 address from its two halves in host order; the IPv4-mapped form becomes IPv4.
    @inlinable
    public init(ipv6High high: UInt64, low: UInt64, port: UInt16) {
        self.port = port
        if high == 0, low >> 32 == 0xFFFF {
            self.high = 0
            self.low = low & 0xFFFF_FFFF
            isIPv4 = true
        } else {
            self.high = high
            self.low = low
            isIPv4 = false
        }
    }

    /// The IPv4 address in host order, when it is one.
    @inlinable
    public var ipv4: UInt32? { isIPv4 ? UInt32(truncatingIfNeeded: low) : nil }

    /// Both halves of the IPv6 address in host order; IPv4 gives its mapped form `::ffff:a.b.c.d`.
    @inlinable
    public var ipv6: (high: UInt64, low: UInt64) { isIPv4 ? (0, 0xFFFF_0000_0000 | low) : (high, low) }

    /// The same host with another port.
    @inlinable
    public func withPort(_ port: UInt16) -> TransportAddress {
        isIPv4
            ? TransportAddress(ipv4: UInt32(truncatingIfNeeded: low), port: port)
            : TransportAddress(ipv6High: high, low: low, port: port)
    }
}

extension TransportAddress {
    /// Parses the text of an address: `192.0.2.1`, `2001:db8::1`. Nil when it is neither.
    public init?(host: some StringProtocol, port: UInt16) {
        if let address = Self.parseIPv4(host.utf8) {
            self.init(ipv4: address, port: port)
        } else if let (high, low) = Self.parseIPv6(host.utf8) {
            self.init(ipv6High: high, low: low, port: port)
        } else {
            return nil
        }
    }

    /// The host as text, RFC 5952 for IPv6.
    public var host: String {
        guard isIPv4 else { return Self.ipv6Text(high, low) }
        return "\(low >> 24 & 255).\(low >> 16 & 255).\(low >> 8 & 255).\(low & 255)"
    }

    private static func parseIPv4(_ text: some Collection<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count) else { return nil }
            var value: UInt32 = 0
            for byte in part {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + UInt32(byte - UInt8(ascii: "0"))
            }
            guard value <= 255 else { return nil }
            address = address << 8 | value
        }
        return address
    }

    private static func parseIPv6(_ text: some Collection<UInt8>) -> (UInt64, UInt64)? {
        guard text.count <= 45 else { return nil }
        let parts = Array(text).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (3...9).contains(parts.count) else { return nil }
        var before: [UInt16] = []
        var after: [UInt16]?
        for (index, part) in parts.enumerated() {
            let isEdge = index == 0 || index == parts.count - 1
            if part.isEmpty {
                // A leading or trailing "::" leaves two empty parts; a single colon at an edge is malformed.
                if isEdge, !parts[index == 0 ? 1 : index - 1].isEmpty { return nil }
                if isEdge { continue }
                guard after == nil else { return nil }
                after = []
                continue
            }
            guard let groups = parseGroups(part, isLast: index == parts.count - 1) else { return nil }
            if after == nil { before += groups } else { after? += groups }
        }
        let count = before.count + (after?.count ?? 0)
        guard after == nil ? count == 8 : count < 8 else { return nil }
        let groups = before + [UInt16](repeating: 0, count: 8 - count) + (after ?? [])
        return (groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }, groups[4...].reduce(0) { $0 << 16 | UInt64($1) })
    }

    /// One group of hexadecimal digits, or the dotted IPv4 tail as two.
    private static func parseGroups(_ part: ArraySlice<UInt8>, isLast: Bool) -> [UInt16]? {
        if isLast, part.contains(UInt8(ascii: ".")) {
            return parseIPv4(part).map { [UInt16(truncatingIfNeeded: $0 >> 16), UInt16(truncatingIfNeeded: $0)] }
        }
        guard part.count <= 4, part.first != UInt8(ascii: "+"),
            let value = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
        else { return nil }
        return [value]
    }

    private static func ipv6Text(_ high: UInt64, _ low: UInt64) -> String {
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64(48 - ($0 % 4) * 16)) }
        var longest = 0..<0
        var start = 0
        while start < 8 {
            let end = groups[start...].firstIndex { $0 != 0 } ?? 8
            if end - start > longest.count, end - start > 1 { longest = start..<end }
            start = max(end, start + 1)
        }
        let text = { (range: Range<Int>) in groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
        return longest.isEmpty ? text(0..<8) : text(0..<longest.lowerBound) + "::" + text(longest.upperBound..<8)
    }
}

extension TransportAddress: CustomStringConvertible {
    /// `192.0.2.1:5004` or `[2001:db8::1]:5004`.
    public var description: String { isIPv4 ? "\(host):\(port)" : "[\(host)]:\(port)" }
}
