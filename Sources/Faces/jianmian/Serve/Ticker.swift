package import Basics
package import Logging
import ServiceLifecycle
package import Storage

/// Work that falls due by the clock: expired sessions, windows that end, deadlines, jobs. Every duty does what is due and not yet done,
/// so a run that was missed, or killed in the middle, is made up by the next one.
package struct Duty: Sendable {
    let name: String
    let everySeconds: Int64
    let work: @Sendable (any Database, Timestamp) async throws(Fault) -> Void

    /// Names a duty that is done again after some seconds of the service's clock.
    package init(
        _ name: String, everySeconds: Int64, work: @escaping @Sendable (any Database, Timestamp) async throws(Fault) -> Void
    ) {
        self.name = name
        self.everySeconds = everySeconds
        self.work = work
    }
}

/// Looks at the service's clock again and again and does the duties that are due. A demo's clock that was moved ahead is followed at the
/// next look.
package actor Ticker {
    private let database: any Database
    private let clock: any ServiceClock
    private let duties: [Duty]
    private let logger: Logger
    private var lastDone: [String: Timestamp] = [:]

    /// A ticker over some duties.
    package init(database: any Database, clock: any ServiceClock, duties: [Duty], logger: Logger) {
        self.database = database
        self.clock = clock
        self.duties = duties
        self.logger = logger
    }

    /// One look. A duty that fails is logged and tried again at its next time; the others go on.
    package func tick() async {
        let now = clock.now()
        for duty in duties where isDue(duty, now) {
            lastDone[duty.name] = now
            do throws(Fault) {
                try await duty.work(database, now)
            } catch {
                logger.error("a duty failed", metadata: ["duty": "\(duty.name)", "code": "\(error.code.rawValue)"])
            }
        }
    }

    private func isDue(_ duty: Duty, _ now: Timestamp) -> Bool {
        guard let last = lastDone[duty.name] else { return true }
        return now.milliseconds(since: last) >= duty.everySeconds * 1000 || now < last
    }
}

/// The ticker as a service of the program.
struct TickerService: Service {
    let ticker: Ticker
    /// How often the clock is looked at, in real time.
    static let look = Duration.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await ticker.tick()
                try? await Task.sleep(for: Self.look)
            }
        }
    }
}
