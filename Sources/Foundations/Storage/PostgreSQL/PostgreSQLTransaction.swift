internal import Basics

/// Statements of one work on a session.
final class PostgreSQLTransaction: FailingTransaction {
    let engine = Engine.postgresql
    private(set) var failure: Fault?
    /// Whether a statement may have changed anything.
    private(set) var hasWritten = false
    private let session: PostgreSQLSession
    private let waitsAtEnd: Bool

    /// `waitsAtEnd` false leaves what was posted to whoever commits several works together.
    init(session: PostgreSQLSession, waitsAtEnd: Bool = true) {
        self.session = session
        self.waitsAtEnd = waitsAtEnd
    }

    func execute(_ sql: String, _ arguments: [Value]) throws(Fault) -> Int {
        hasWritten = true
        return try remembering { () throws(Fault) in try session.run(sql, arguments).changedRows }
    }

    func post(_ sql: String, _ arguments: [Value]) throws(Fault) {
        hasWritten = true
        try remembering { () throws(Fault) in try session.post(sql, arguments) }
    }

    func query(_ sql: String, _ arguments: [Value]) throws(Fault) -> [Row] {
        // INSERT … RETURNING is a query, and so may a common table expression be.
        if !hasWritten { hasWritten = PortableSQL.firstWord(sql) != "SELECT" }
        return try remembering { () throws(Fault) in try session.run(sql, arguments).rows() }
    }

    func finish() throws(Fault) {
        if waitsAtEnd { try remembering { () throws(Fault) in try session.finishPosted() } }
    }

    private func remembering<T>(_ body: () throws(Fault) -> T) throws(Fault) -> T {
        if let failure { throw failure }
        do throws(Fault) {
            return try body()
        } catch {
            failure = error
            throw error
        }
    }
}
