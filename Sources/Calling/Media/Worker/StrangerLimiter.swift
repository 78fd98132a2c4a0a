package import CMediaShims

/// Token buckets for datagrams from addresses that no leg owns: one per source host (hashed into a fixed number) and one for all.
///
/// A flood from anywhere costs a table look-up per packet and no memory; honest ICE checks need a handful of packets.
package struct StrangerLimiter: ~Copyable {
    private struct Bucket {
        var tokens: Int64
        var filledAt: Int64
    }

    private let buckets: UnsafeMutablePointer<Bucket>
    private var everyone: Bucket
    private let salt: UInt64
    private static let tokenScale: Int64 = 1_000_000

    package init(now: Int64) {
        let full = Bucket(tokens: MediaLimits.strangerPacketsPerSecond * Self.tokenScale, filledAt: now)
        buckets = .allocate(capacity: MediaLimits.knownStrangers)
        buckets.initialize(repeating: full, count: MediaLimits.knownStrangers)
        everyone = Bucket(tokens: MediaLimits.strangersPacketsPerSecond * Self.tokenScale, filledAt: now)
        salt = .random(in: .min ... .max)
    }

    deinit { buckets.deallocate() }

    /// Whether a stranger's datagram may be looked at now.
    package mutating func admit(_ datagram: JMDatagram, now: Int64) -> Bool {
        // An IPv6 host owns a /64, so its low half does not make it somebody else.
        let host = datagram.family == 4 ? datagram.low : datagram.high
        let mixed = (host ^ salt) &* 0x9E37_79B9_7F4A_7C15
        let index = Int(mixed >> 40) % MediaLimits.knownStrangers
        return Self.take(&buckets[index], MediaLimits.strangerPacketsPerSecond, now)
            && Self.take(&everyone, MediaLimits.strangersPacketsPerSecond, now)
    }

    private static func take(_ bucket: inout Bucket, _ rate: Int64, _ now: Int64) -> Bool {
        // A microsecond brings `rate` millionths of a token; a bucket holds one second's worth.
        let elapsed = min(max(now - bucket.filledAt, 0), 1_000_000)
        bucket.tokens = min(bucket.tokens + elapsed * rate, rate * tokenScale)
        bucket.filledAt = now
        guard bucket.tokens >= tokenScale else { return false }
        bucket.tokens -= tokenScale
        return true
    }
}
