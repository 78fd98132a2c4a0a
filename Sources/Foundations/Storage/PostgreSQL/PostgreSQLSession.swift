internal import Basics
internal import CLibPQ

/// One connection to PostgreSQL with its prepared statements. It belongs to one thread and blocks it.
final class PostgreSQLSession {
    private let url: String
    private var connection: OpaquePointer?
    private var statements = PreparedStatements(limit: StorageLimits.preparedStatements)
    private let translations = StatementTranslations(engine: .postgresql)

    init(url: String) { self.url = url }

    deinit { disconnect() }

    /// Whether the connection was alive when it was last used.
    var isConnected: Bool { connection != nil && PQstatus(connection) == CONNECTION_OK }

    /// Connects unless connected.
    func connect() throws(Fault) {
        if isConnected { return }
        disconnect()
        // Later keywords win over earlier ones; the address comes first as an expanded dbname.
        let keywords = ["dbname", "connect_timeout", "client_encoding", "application_name", "fallback_application_name"]
        let values = [url, String(StorageLimits.connectSeconds), "UTF8", "jianmian", "jianmian"]
        connection = Self.withCStrings(keywords) { keys in Self.withCStrings(values) { PQconnectdbParams(keys, $0, 1) } }
        guard isConnected else {
            let message = PQerrorMessage(connection).map { String(cString: $0) } ?? "no memory"
            let fault = PostgreSQLFaults.unreachable(message, place: place)
            disconnect()
            throw fault
        }
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        try command(
            """
            SET synchronous_commit = on; SET statement_timeout = \(StorageLimits.statementMilliseconds);
            SET lock_timeout = \(StorageLimits.lockMilliseconds);
            SET idle_in_transaction_session_timeout = \(2 * StorageLimits.statementMilliseconds)
            """)
    }

    /// Host, port and database without user and password.
    private var place: String {
        func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "?" }
        return "\(text(PQhost(connection))):\(text(PQport(connection)))/\(text(PQdb(connection)))"
    }

    /// Runs a fixed statement of the engine itself.
    func command(_ sql: String) throws(Fault) {
        _ = try checked(PQexec(connection, sql), doing: sql)
    }

    /// Ends a transaction that failed. A connection on which that cannot be done is given up.
    func rollBack() {
        guard isConnected, PQtransactionStatus(connection) != PQTRANS_IDLE else { return }
        do throws(Fault) { try command("ROLLBACK") } catch { disconnect() }
    }

    /// Runs a statement of a work: prepared and kept when it is one that repeats, directly otherwise.
    func run(_ sql: String, _ values: [Value]) throws(Fault) -> PostgreSQLResult {
        let sql = try translations.translate(sql, valueCount: values.count)
        let arguments = try PostgreSQLArguments(values)
        guard PreparedStatements.areWorthwhile(for: sql) else {
            let result = arguments.withPointers { pointers, formats in
                PQexecParams(connection, sql, CInt(pointers.count), arguments.types, pointers, arguments.lengths, formats, 1)
            }
            return try checked(result, doing: sql)
        }
        let name = try prepare(sql, arguments)
        let result = arguments.withPointers { pointers, formats in
            PQexecPrepared(connection, name, CInt(pointers.count), pointers, arguments.lengths, formats, 1)
        }
        return try checked(result, doing: sql)
    }

    private func prepare(_ sql: String, _ arguments: PostgreSQLArguments) throws(Fault) -> String {
        let key = arguments.signature + sql
        if let name = statements.name(for: key) { return name }
        if let old = statements.leastUsedIfFull() {
            try command("DEALLOCATE \(old)")
        }
        let name = statements.newName()
        _ = try checked(PQprepare(connection, name, sql, CInt(arguments.types.count), arguments.types), doing: sql)
        statements.keep(name, for: key)
        return name
    }

    private func checked(_ handle: OpaquePointer?, doing: String) throws(Fault) -> PostgreSQLResult {
        guard let handle else { throw lost("out of memory") }
        let result = PostgreSQLResult(handle)
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return result
        default: break
        }
        // 0A000 (a kept plan no longer fits after a migration) and 26000 (it is gone): forget the plans, run the work again.
        if result.sqlState == "26000" || (result.sqlState == "0A000" && result.message.contains("cached plan")) {
            disconnect()
            throw Fault(.conflict, "prepared statements were outdated")
        }
        guard isConnected, !result.sqlState.isEmpty else {
            throw lost(result.message.isEmpty ? PQerrorMessage(connection).map { String(cString: $0) } ?? "" : result.message)
        }
        throw PostgreSQLFaults.fault(sqlState: result.sqlState, message: result.message, doing: doing)
    }

    private func lost(_ message: String) -> Fault {
        let fault = Fault(.unreachable, "the connection to PostgreSQL at \(place) broke: \(message)")
        disconnect()
        return fault
    }

    private func disconnect() {
        if let connection { PQfinish(connection) }
        connection = nil
        statements.removeAll()
    }

    /// Calls `body` with a NULL-ended list of C strings.
    private static func withCStrings<T>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> T) -> T {
        var buffer: [CChar] = []
        let offsets = strings.map { string in
            defer { buffer += string.utf8CString }
            return buffer.count
        }
        return buffer.withUnsafeBufferPointer { memory in
            body(offsets.map { memory.baseAddress?.advanced(by: $0) } + [nil])
        }
    }
}
