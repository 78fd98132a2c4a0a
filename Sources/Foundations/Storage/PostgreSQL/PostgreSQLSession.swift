internal import Basics
internal import CLibPQ

/// One connection to PostgreSQL with its prepared statements. It belongs to one thread and blocks it.
final class PostgreSQLSession {
    private let url: String
    private var connection: OpaquePointer?
    private var statements = PreparedStatements(limit: StorageLimits.preparedStatements)
    private let translations = StatementTranslations(engine: .postgresql)
    /// Statements that were sent and not answered yet, in order.
    private var posted: [String] = []

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
        try finishPosted()
        _ = try checked(PQexec(connection, sql), doing: sql)
    }

    /// Ends a transaction that failed. A connection on which that cannot be done is given up.
    func rollBack() {
        discardPosted()
        guard isConnected, PQtransactionStatus(connection) != PQTRANS_IDLE else { return }
        do throws(Fault) { try command("ROLLBACK") } catch { disconnect() }
    }

    /// Runs a statement of a work, after those that were posted: prepared and kept when it is one that repeats, directly otherwise.
    func run(_ sql: String, _ values: [Value]) throws(Fault) -> PostgreSQLResult {
        let sql = try translations.translate(sql, valueCount: values.count)
        let arguments = try PostgreSQLArguments(values)
        guard PreparedStatements.areWorthwhile(for: sql) else {
            try finishPosted()
            let result = arguments.withPointers { pointers, formats in
                PQexecParams(connection, sql, CInt(pointers.count), arguments.types, pointers, arguments.lengths, formats, 1)
            }
            return try checked(result, doing: sql)
        }
        let name = try prepare(sql, arguments)
        guard posted.isEmpty else {
            try send(name, arguments, doing: sql)
            return try receivePosted()
        }
        let result = arguments.withPointers { pointers, formats in
            PQexecPrepared(connection, name, CInt(pointers.count), pointers, arguments.lengths, formats, 1)
        }
        return try checked(result, doing: sql)
    }

    private func prepare(_ sql: String, _ arguments: PostgreSQLArguments) throws(Fault) -> String {
        let key = arguments.signature + sql
        if let name = statements.name(for: key) { return name }
        try finishPosted()
        if let old = statements.leastUsedIfFull() {
            try command("DEALLOCATE \(old)")
        }
        let name = statements.newName()
        _ = try checked(PQprepare(connection, name, sql, CInt(arguments.types.count), arguments.types), doing: sql)
        statements.keep(name, for: key)
        return name
    }

    // MARK: Posted statements

    /// Sends a statement of a work without waiting for its answer.
    func post(_ sql: String, _ values: [Value]) throws(Fault) {
        guard posted.count < StorageLimits.postedStatements, PreparedStatements.areWorthwhile(for: sql) else {
            _ = try run(sql, values)
            return
        }
        let sql = try translations.translate(sql, valueCount: values.count)
        let arguments = try PostgreSQLArguments(values)
        try send(try prepare(sql, arguments), arguments, doing: sql)
    }

    /// Waits for the answers to what was posted; throws the first fault among them.
    func finishPosted() throws(Fault) {
        if !posted.isEmpty { _ = try receivePosted() }
    }

    /// Waits for the answers to what was posted and forgets them: what they belong to is rolled back.
    func discardPosted() {
        do throws(Fault) { try finishPosted() } catch { return }
    }

    private func send(_ name: String, _ arguments: PostgreSQLArguments, doing sql: String) throws(Fault) {
        if posted.isEmpty, PQenterPipelineMode(connection) != 1 { throw lost("it cannot take several statements at once") }
        let isSent = arguments.withPointers { pointers, formats in
            PQsendQueryPrepared(connection, name, CInt(pointers.count), pointers, arguments.lengths, formats, 1)
        }
        guard isSent == 1 else { throw lost(PQerrorMessage(connection).map { String(cString: $0) } ?? "") }
        posted.append(sql)
    }

    /// The answer to the last statement sent, after the answers to all before it. The first that failed has stopped the later ones.
    private func receivePosted() throws(Fault) -> PostgreSQLResult {
        let sent = posted
        posted = []
        guard PQpipelineSync(connection) == 1 else { throw lost("it took no more statements") }
        var answer: PostgreSQLResult?
        var failure: Fault?
        for sql in sent {
            let handle = PQgetResult(connection)
            if failure == nil {
                do throws(Fault) { answer = try checked(handle, doing: sql) } catch { failure = error }
            } else {
                PQclear(handle)
            }
            guard connection != nil else { break }
            // A null ends the answer to each statement.
            while let rest = PQgetResult(connection) { PQclear(rest) }
        }
        if connection != nil {
            PQclear(PQgetResult(connection))
            if PQexitPipelineMode(connection) != 1, failure == nil { failure = lost("its answers came out of order") }
        }
        if let failure { throw failure }
        guard let answer else { throw Fault(.statement, "no statement was sent") }
        return answer
    }

    // MARK: Answers

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
        posted = []
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
