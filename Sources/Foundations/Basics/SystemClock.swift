#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// The clock of the machine.
public struct SystemClock: ServiceClock {
    /// Makes a clock.
    public init() {}

    /// The machine's present time.
    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Returns when the machine's clock has reached the deadline, also when somebody sets that clock meanwhile.
    public func sleep(until deadline: Timestamp) async throws {
        while true {
            let left = deadline.milliseconds(since: now())
            if left <= 0 { return try Task.checkCancellation() }
            // A clock that is set forward is noticed within a minute.
            try await Task.sleep(for: .milliseconds(min(left, 60_000)))
        }
    }
}
