internal import Basics
public import Logging

/// The service that seals the journal: one for each program, any number for each database (they take turns).
///
/// It looks every 200 ms of real time, and at once again while there is more than one batch. Whoever runs it ends it by cancelling its task; it
/// then seals what is left.
public struct JournalSealer: Sendable {
    private let database: any Database
    private let logger: Logger

    /// Makes a sealer for a migrated database.
    public init(database: any Database, logger: Logger) {
        self.database = database
        self.logger = logger
    }

    /// Seals until the task is cancelled.
    public func run() async {
        var failures = 0
        while !Task.isCancelled {
            failures = await sealAll() ? 0 : failures + 1
            // A database that is away is asked less and less often, every ten seconds in the end.
            let pause = min(StorageLimits.sealMilliseconds << min(failures, 6), 10_000)
            do { try await Task.sleep(for: .milliseconds(pause)) } catch { break }
        }
        _ = await sealAll()
    }

    /// Seals all that is there now; false when the database refused.
    @discardableResult
    public func sealAll() async -> Bool {
        do {
            while try await database.write({ tx throws(Fault) in try sealJournal(in: tx) }) == StorageLimits.entriesPerSeal {}
            return true
        } catch {
            logger.warning("The journal could not be sealed now; it will be tried again", metadata: ["fault": "\(error)"])
            return false
        }
    }
}
