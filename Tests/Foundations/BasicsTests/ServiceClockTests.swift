import Basics
import Testing

@Suite struct ServiceClockTests {
    private let start = Timestamp(milliseconds: 1_000_000)

    @Test func aStandingClockMovesOnlyWhenToldAndNeverBack() {
        let clock = MovableClock(standingAt: start)
        #expect(clock.now() == start)
        clock.advance(seconds: 5)
        #expect(clock.now() == start.adding(seconds: 5))
        clock.advance(milliseconds: -5)
        clock.advance(to: start)
        #expect(clock.now() == start.adding(seconds: 5))
        clock.advance(to: start.adding(seconds: 60))
        #expect(clock.now() == start.adding(seconds: 60))
    }

    @Test func sleepersWakeWhenTheirInstantIsPassedAndNotBefore() async throws {
        let clock = MovableClock(standingAt: start)
        async let early: Void = clock.sleep(until: start.adding(seconds: 1))
        async let late: Timestamp = {
            try await clock.sleep(until: start.adding(seconds: 10))
            return clock.now()
        }()
        while clock.sleeperCount < 2 { await Task.yield() }
        clock.advance(seconds: 1)
        try await early
        while clock.sleeperCount < 1 { await Task.yield() }
        clock.advance(seconds: 20)
        #expect(try await late == start.adding(seconds: 21))
        #expect(clock.sleeperCount == 0)
    }

    @Test func aPastDeadlineReturnsAtOnce() async throws {
        try await MovableClock(standingAt: start).sleep(until: start)
        try await SystemClock().sleep(until: start)
    }

    @Test func aCancelledSleeperThrowsAndIsForgotten() async {
        let clock = MovableClock(standingAt: start)
        let sleeper = Task { try await clock.sleep(until: start.adding(seconds: 1)) }
        while clock.sleeperCount < 1 { await Task.yield() }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func aFollowingClockRunsAndCanBeMovedAhead() async throws {
        let base = MovableClock(standingAt: start)
        let clock = MovableClock(following: base)
        base.advance(seconds: 1)
        #expect(clock.now() == start.adding(seconds: 1))
        clock.advance(seconds: 100)
        #expect(clock.now() == start.adding(seconds: 101))
        // 105 is reached by moving ahead, 111 by the followed clock's own running.
        async let moved: Void = clock.sleep(until: start.adding(seconds: 105))
        async let ran: Void = clock.sleep(until: start.adding(seconds: 111))
        while clock.sleeperCount < 2 || base.sleeperCount < 2 { await Task.yield() }
        clock.advance(seconds: 5)
        try await moved
        base.advance(seconds: 5)
        try await ran
        #expect(clock.now() == start.adding(seconds: 111))
    }

    @Test func manySleepersAndMovesLoseNobody() async throws {
        let clock = MovableClock(standingAt: start)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for second in 1...200 { group.addTask { try await clock.sleep(until: start.adding(seconds: Int64(second))) } }
            group.addTask {
                while clock.now() < start.adding(seconds: 200) {
                    clock.advance(milliseconds: 700)
                    await Task.yield()
                }
            }
            try await group.waitForAll()
        }
        #expect(clock.sleeperCount == 0)
    }

    @Test func theSystemClockSleepsForRealTime() async throws {
        let clock = SystemClock()
        let before = clock.now()
        try await clock.sleep(until: before.adding(milliseconds: 30))
        #expect(clock.now() >= before.adding(milliseconds: 30))
        let sleeper = Task { try await clock.sleep(until: clock.now().adding(seconds: 3600)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
