import Access
import Basics
import Logging
import Storage
import StorageTestSupport
import Synchronization
import Testing
import jianmian

/// Duties are done when the service's clock says so, however it got there.
@Suite struct TickerTests {
    private final class Count: Sendable {
        private let runs = Mutex<[Timestamp]>([])
        func note(_ now: Timestamp) { runs.withLock { $0.append(now) } }
        var all: [Timestamp] { runs.withLock { $0 } }
    }

    private var silent: Logger {
        var logger = Logger(label: "ticker")
        logger.logLevel = .critical
        return logger
    }

    @Test func aDutyIsDoneAtTheStartAndThenWhenItsTimeHasPassed() async throws {
        try await withSQLite { database in
            let clock = MovableClock(standingAt: Timestamp(milliseconds: 0))
            let count = Count()
            let duty = Duty("hourly", everySeconds: 3600) { _, now throws(Fault) in count.note(now) }
            let ticker = Ticker(database: database, clock: clock, duties: [duty], logger: silent)
            for seconds: Int64 in [0, 3_599, 1, 10 * 3600, 5] {
                clock.advance(seconds: seconds)
                await ticker.tick()
            }
            #expect(count.all.map(\.milliseconds) == [0, 3_600_000, 39_600_000])
        }
    }

    @Test func aDutyThatFailsDoesNotStopTheOthers() async throws {
        try await withSQLite { database in
            let count = Count()
            let bad = Duty("bad", everySeconds: 1) { _, _ throws(Fault) in throw Fault(.signedOut, "out") }
            let good = Duty("good", everySeconds: 1) { _, now throws(Fault) in count.note(now) }
            let clock = MovableClock(standingAt: Timestamp(milliseconds: 5))
            await Ticker(database: database, clock: clock, duties: [bad, good], logger: silent).tick()
            #expect(count.all.count == 1)
        }
    }
}
