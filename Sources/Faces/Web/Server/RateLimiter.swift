import Synchronization

/// A token bucket: a burst, then a steady rate.
package struct TokenBucket: Sendable {
    let burst: Double
    let perSecond: Double
    private(set) var tokens: Double
    private(set) var last: ContinuousClock.Instant

    package init(burst: Int, perSecond: Double, now: ContinuousClock.Instant) {
        self.burst = Double(burst)
        self.perSecond = perSecond
        tokens = Double(burst)
        last = now
    }

    /// Takes one token; false when there is none.
    package mutating func take(now: ContinuousClock.Instant) -> Bool {
        let elapsed = max(0, (now - last) / .seconds(1))
        tokens = min(burst, tokens + elapsed * perSecond)
        last = now
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}

/// One bucket per key (an address), with a bound on how many keys are remembered.
package final class RateLimiter: Sendable {
    private let burst: Int
    private let perSecond: Double
    private let capacity: Int
    private let buckets = Mutex<[String: TokenBucket]>([:])

    package init(burst: Int, perMinute: Double, capacity: Int = WebLimits.rateLimitedAddresses) {
        self.burst = burst
        perSecond = perMinute / 60
        self.capacity = capacity
    }

    /// Whether the key may go on now.
    package func allows(_ key: String, now: ContinuousClock.Instant = .now) -> Bool {
        buckets.withLock { buckets in
            if buckets[key] == nil, buckets.count >= capacity { forgetOldest(&buckets) }
            return buckets[key, default: TokenBucket(burst: burst, perSecond: perSecond, now: now)].take(now: now)
        }
    }

    /// Drops the longer unused half: rare, and linear only then.
    private func forgetOldest(_ buckets: inout [String: TokenBucket]) {
        let middle = buckets.values.map(\.last).sorted()[buckets.count / 2]
        buckets = buckets.filter { $0.value.last > middle }
    }
}
