/// Serial number arithmetic on wire values that wrap (RFC 1982).
extension UInt16 {
    /// The shortest way from `other` to here; negative when this is older.
    public func distance(from other: UInt16) -> Int { Int(Int16(bitPattern: self &- other)) }

    /// Later than `other`, across the wrap.
    public func isNewer(than other: UInt16) -> Bool { distance(from: other) > 0 }
}

extension UInt32 {
    /// The shortest way from `other` to here; negative when this is older.
    public func distance(from other: UInt32) -> Int { Int(Int32(bitPattern: self &- other)) }
}

/// Turns 16-bit sequence numbers that wrap into 64-bit ones that do not, each as near as possible to the newest so far.
public struct SequenceUnwrapper: Sendable {
    /// The newest so far; nil before the first.
    public private(set) var newest: Int64?

    /// Nothing seen.
    public init() {}

    /// The extended number, without remembering it. The first keeps one cycle below it, so that earlier ones stay positive.
    public func extended(_ sequence: UInt16) -> Int64 {
        guard let newest else { return 0x1_0000 + Int64(sequence) }
        return newest + Int64(sequence.distance(from: UInt16(truncatingIfNeeded: newest)))
    }

    /// The extended number; the newest is remembered.
    public mutating func unwrap(_ sequence: UInt16) -> Int64 {
        let extended = extended(sequence)
        newest = max(newest ?? extended, extended)
        return extended
    }
}
