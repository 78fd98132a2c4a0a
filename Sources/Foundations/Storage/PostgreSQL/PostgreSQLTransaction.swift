internal import Basics

/// Statements of one work on a session.
final class PostgreSQLTransaction: FailingTransaction {
    let engine = Engine.postgresql
    private(set) var failure: Fault?
    private let session: PostgreSQLSession

    init(session: PostgreSQLSession) { self.session = session }

    func execute(_ sql: String, _ arguments: [Value]) throws(Fault) -> Int {
        try run(sql, arguments).changedRows
    }

    func query(_ sql: String, _ arguments: [Value]) throws(Fault) -> [Row] {
        try run(sql, arguments).rows()
    }

    private func run(_ sql: String, _ arguments: [Value]) throws(Fault) -> PostgreSQLResult {
        if let failure { throw failure }
        do throws(Fault) {
            return try session.run(sql, arguments)
        } catch {
            failure = error
            throw error
        }
    }
}
