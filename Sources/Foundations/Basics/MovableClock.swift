internal import Synchronization

/// A clock that tests and the demo move: it stands still, or follows another clock at a distance that grows when it is moved.
/// It never goes back.
public final class MovableClock: ServiceClock {
    private struct State {
        /// The present instant of a clock that stands; the distance from the followed clock otherwise.
        var offset: Int64
        var lastTicket: UInt64 = 0
        var sleepers: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let followed: (any ServiceClock)?
    private let state: Mutex<State>

    /// A clock that stands at an instant until it is moved.
    public init(standingAt instant: Timestamp) {
        followed = nil
        state = Mutex(State(offset: instant.milliseconds))
    }

    /// A clock that runs like another one and can be moved ahead of it.
    public init(following clock: any ServiceClock) {
        followed = clock
        state = Mutex(State(offset: 0))
    }

    /// The present instant.
    public func now() -> Timestamp { base.adding(milliseconds: state.withLock { $0.offset }) }

    /// Moves forward; whoever sleeps until an instant that is passed wakes. Moving back is refused by doing nothing.
    public func advance(milliseconds: Int64) {
        guard milliseconds > 0 else { return }
        let woken = state.withLock { state in
            state.offset += milliseconds
            defer { state.sleepers = [:] }
            return state.sleepers.values.map { $0 }
        }
        // All wake and look: with a followed clock each must measure its rest anew.
        for sleeper in woken { sleeper.resume() }
    }

    /// Moves forward by seconds.
    public func advance(seconds: Int64) { advance(milliseconds: seconds * 1000) }

    /// Moves forward to an instant; does nothing when it has passed.
    public func advance(to instant: Timestamp) { advance(milliseconds: instant.milliseconds(since: now())) }

    /// How many sleep on this clock: a test moves it when the code under test has gone to sleep.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Returns when `now()` has reached the deadline; throws `CancellationError` when the task is cancelled first.
    public func sleep(until deadline: Timestamp) async throws {
        while true {
            try Task.checkCancellation()
            if now() >= deadline { return }
            guard let followed else {
                await waitForMove(before: deadline)
                continue
            }
            let distance = state.withLock { $0.offset }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.waitForMove(before: deadline) }
                group.addTask { try await followed.sleep(until: deadline.adding(milliseconds: -distance)) }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    private var base: Timestamp { followed?.now() ?? Timestamp(milliseconds: 0) }

    /// Returns at the next move or when the task is cancelled; at once when the deadline has been reached.
    private func waitForMove(before deadline: Timestamp) async {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { sleeper in
                let present = base
                let isOver = state.withLock { state in
                    if Task.isCancelled || present.milliseconds + state.offset >= deadline.milliseconds { return true }
                    state.sleepers[ticket] = sleeper
                    return false
                }
                if isOver { sleeper.resume() }
            }
        } onCancel: {
            // Either the sleeper is registered and taken out here, or it sees the cancellation under the lock above.
            state.withLock { $0.sleepers.removeValue(forKey: ticket) }?.resume()
        }
    }
}
