/// Delays in microseconds, in buckets that are at most 1/32 wide: percentiles are right to about 3 %, and adding allocates nothing.
public struct DelayHistogram: Sendable {
    private var buckets = [Int](repeating: 0, count: 32 * 32)
    /// How many delays were added.
    public private(set) var count = 0
    /// The longest delay.
    public private(set) var longest: Int64 = 0

    /// Nothing yet.
    public init() {}

    /// Adds a delay.
    public mutating func add(_ microseconds: Int64) {
        let delay = max(0, microseconds)
        buckets[Self.bucket(delay)] += 1
        count += 1
        longest = max(longest, delay)
    }

    /// Adds another histogram's delays.
    public mutating func merge(_ other: DelayHistogram) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        longest = max(longest, other.longest)
    }

    /// The delay that this part of all delays stays within: 0.5 for the median, 0.99 for the 99th percentile.
    public func percentile(_ part: Double) -> Int64 {
        var left = Int((Double(count) * part).rounded(.up))
        for index in buckets.indices {
            left -= buckets[index]
            if left <= 0, count > 0 { return min(Self.upperEnd(index), longest) }
        }
        return longest
    }

    /// Below 32 one bucket per microsecond; above, 32 buckets per doubling.
    private static func bucket(_ delay: Int64) -> Int {
        guard delay >= 32 else { return Int(delay) }
        let exponent = min(63 - delay.leadingZeroBitCount, 35)
        return min((exponent - 4) * 32 + Int(delay >> Int64(exponent - 5)) - 32, 32 * 32 - 1)
    }

    private static func upperEnd(_ bucket: Int) -> Int64 {
        guard bucket >= 32 else { return Int64(bucket) }
        let exponent = bucket / 32 + 4
        return (Int64(bucket % 32 + 33) << Int64(exponent - 5)) - 1
    }
}
