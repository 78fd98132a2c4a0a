internal import Basics
internal import GRDB
internal import GRDBSQLite

/// Statements of one work on a GRDB connection. GRDB prepares and keeps them; they are bound, stepped and read right here, which takes a
/// fraction of the time that its general way takes.
final class SQLiteTransaction: FailingTransaction {
    let engine = Engine.sqlite
    private(set) var failure: Fault?
    /// Whether a statement has changed anything.
    private(set) var hasWritten = false
    private let connection: GRDB.Database
    private let translations: StatementTranslations

    init(connection: GRDB.Database, translations: StatementTranslations) {
        self.connection = connection
        self.translations = translations
    }

    func execute(_ sql: String, _ arguments: [Value]) throws(Fault) -> Int {
        try run(sql, arguments) { statement in
            while try Self.step(statement) {}
            return statement.isReadonly ? 0 : connection.changesCount
        }
    }

    func query(_ sql: String, _ arguments: [Value]) throws(Fault) -> [Row] {
        try run(sql, arguments) { statement in
            let names = statement.columnNames
            var rows: [Row] = []
            while try Self.step(statement) {
                rows.append(
                    Row(names: names, values: try names.indices.map { try Self.value(statement.sqliteStatement, CInt($0)) }))
            }
            return rows
        }
    }

    /// Every statement has run when its call returned.
    func finish() {}

    private func run<T>(_ sql: String, _ arguments: [Value], _ body: (Statement) throws -> T) throws(Fault) -> T {
        if let failure { throw failure }
        do {
            let statement = try connection.cachedStatement(sql: try translations.translate(sql, valueCount: arguments.count))
            defer {
                sqlite3_reset(statement.sqliteStatement)
                sqlite3_clear_bindings(statement.sqliteStatement)
            }
            for (index, argument) in arguments.enumerated() { try Self.bind(argument, to: statement, at: CInt(index + 1)) }
            guard !statement.isReadonly else { return try body(statement) }
            let changes = connection.totalChangesCount
            defer { noteWrite(sql, isChanged: connection.totalChangesCount != changes) }
            return try body(statement)
        } catch {
            let fault = SQLiteFaults.fault(error, doing: sql)
            failure = fault
            throw fault
        }
    }

    /// Changes of the schema are not counted, so every statement but those on rows is one.
    private func noteWrite(_ sql: String, isChanged: Bool) {
        if isChanged || !["INSERT", "UPDATE", "DELETE", "WITH"].contains(PortableSQL.firstWord(sql)) { hasWritten = true }
    }

    // MARK: SQLite's own calls

    /// False once the statement is done.
    private static func step(_ statement: Statement) throws -> Bool {
        switch sqlite3_step(statement.sqliteStatement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw error(code, of: statement)
        }
    }

    private static func bind(_ value: Value, to statement: Statement, at index: CInt) throws {
        let handle = statement.sqliteStatement
        let code: CInt
        switch value {
        case .null: code = sqlite3_bind_null(handle, index)
        case .integer(let value): code = sqlite3_bind_int64(handle, index, value)
        case .text(var text):
            code = try text.withUTF8 { bytes in
                guard !bytes.contains(0) else { throw Fault(.nulInText, "text with a NUL character cannot be stored") }
                guard !bytes.isEmpty else { return sqlite3_bind_text(handle, index, "", 0, copied) }
                return bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(handle, index, $0.baseAddress, CInt($0.count), copied)
                }
            }
        case .blob(let bytes):
            // A null pointer would be NULL, so an empty value needs another call.
            code =
                bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, index, 0)
                : bytes.withUnsafeBytes { sqlite3_bind_blob(handle, index, $0.baseAddress, CInt($0.count), copied) }
        }
        guard code == SQLITE_OK else { throw error(code, of: statement) }
    }

    private static func value(_ handle: SQLiteStatement, _ column: CInt) throws -> Value {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, column))
        case SQLITE_TEXT: .text(sqlite3_column_text(handle, column).map { String(cString: $0) } ?? "")
        case SQLITE_BLOB: .blob([UInt8](bytes(handle, column)))
        default: throw Fault(.schema, "column \(column) is a floating number; amounts and counts are integers here")
        }
    }

    private static func bytes(_ handle: SQLiteStatement, _ column: CInt) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
    }

    private static func error(_ code: CInt, of statement: Statement) -> DatabaseError {
        let message = sqlite3_errmsg(sqlite3_db_handle(statement.sqliteStatement)).map { String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }

    /// Tells SQLite to copy what is bound before the call returns.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
