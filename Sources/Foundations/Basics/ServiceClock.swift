/// The clock that the whole service runs on; injected, so that tests and the demo can move it.
///
/// Media runs on the kernel's monotonic clock instead: packets know no calendar.
public protocol ServiceClock: Sendable {
    /// The present instant.
    func now() -> Timestamp
    /// Returns when `now()` has reached `deadline`; throws `CancellationError` when the task is cancelled first.
    func sleep(until deadline: Timestamp) async throws
}
