/// Every limit of this room, by name.
public enum StorageLimits {
    /// Works that may wait for an engine before the next one is refused with `storage.busy`.
    public static let waitingWorks = 8192
    /// Works that one commit carries at most; the next ones go with the following commit.
    public static let worksPerCommit = 256
    /// Threads that read SQLite at the same time.
    public static let sqliteReaders = 4
    /// Seconds to wait for another process that holds SQLite's write lock.
    public static let sqliteLockSeconds = 10.0
    /// Memory in which SQLite's writer keeps pages, in KiB; with less it writes pages of a long transaction twice.
    public static let sqliteWriterCacheKilobytes = 64 << 10
    /// Bytes of a page of a new SQLite file. The log takes each changed page whole, so a work that changes a few rows writes half as much as
    /// with SQLite's own 4 KiB. A file that is there keeps its size.
    public static let sqlitePageBytes = 2048
    /// Pages of SQLite's log after which a checkpoint copies them into the file. The more there are, the more often the copy of a page that
    /// changed several times is saved, and the more there is to read at the opening after a crash.
    public static let sqlitePagesPerCheckpoint = 20_000
    /// Pages that a checkpoint may leave to the writer, which waits meanwhile.
    public static let sqlitePagesForWriter = 400
    /// Passes of a checkpoint beside the writer before the writer does what is left, however much that is.
    public static let sqlitePassesPerCheckpoint = 6
    /// Bytes that SQLite's log keeps on the disk after a checkpoint.
    public static let sqliteLogBytes = 128 << 20
    /// Connections to PostgreSQL that read, each with a thread of its own.
    public static let postgresqlReaders = 6
    /// Connections to PostgreSQL that write, each with a thread of its own.
    public static let postgresqlWriters = 1
    /// Works that one commit of PostgreSQL carries at most where each needs a savepoint: a server's snapshots become slow beyond 64 savepoints in a transaction.
    public static let savepointsPerCommit = 60
    /// Statements that PostgreSQL is sent at most before their answers are read.
    public static let postedStatements = 32
    /// Prepared statements kept by each connection to PostgreSQL.
    public static let preparedStatements = 512
    /// Runs of one work against PostgreSQL before a serialisation conflict is reported as `storage.busy`.
    public static let conflictRuns = 30
    /// Runs of one work before it takes turns with others that meet conflicts.
    public static let freeRuns = 3
    /// Runs of a group of works before each of them runs alone.
    public static let groupRuns = 3
    /// Milliseconds that one statement may take.
    public static let statementMilliseconds = 30_000
    /// Milliseconds that a statement waits for a row that another transaction has locked.
    public static let lockMilliseconds = 10_000
    /// Seconds to wait for a connection to PostgreSQL.
    public static let connectSeconds = 10
    /// Translated statements kept per engine.
    public static let translatedStatements = 4096
    /// Rows of one statement that writes many: as many of the first as fill it, then of the next.
    public static let rowsPerInsert = [64, 8, 1]
    /// Keys that one statement asks about.
    public static let keysPerQuery = 200
    /// How long lists of keys are.
    public static let keyListLengths = [1, 4, 20, keysPerQuery]
    /// Journal entries that the sealer links in one transaction.
    public static let entriesPerSeal = 500
    /// Milliseconds between two looks of the sealer at an idle journal.
    public static let sealMilliseconds = 200
    /// Bytes of the file of the vault's keys: room for hundreds of them.
    public static let vaultKeyFileBytes = 64 << 10
    /// Rows that one transaction seals anew when the vault's key has changed. A row may be a document of 10 MB.
    public static let rowsPerReseal = 20
    /// Journal entries that verification holds in memory at a time.
    public static let entriesPerVerifiedPage = 2000
    /// Journal entries of one page of a list.
    public static let journalPage = 1000
    /// Subjects that one list of the journal may be about.
    public static let journalSubjects = 500
    /// Subjects of the journal that one timeline joins.
    public static let subjectsPerTimeline = 200
}
