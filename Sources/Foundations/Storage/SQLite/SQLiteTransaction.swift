internal import Basics
internal import Foundation
internal import GRDB

/// Statements of one work on a GRDB connection.
final class SQLiteTransaction: FailingTransaction {
    let engine = Engine.sqlite
    private(set) var failure: Fault?
    private let connection: GRDB.Database
    private let translations: StatementTranslations

    init(connection: GRDB.Database, translations: StatementTranslations) {
        self.connection = connection
        self.translations = translations
    }

    func execute(_ sql: String, _ arguments: [Value]) throws(Fault) -> Int {
        try run(sql, arguments) { statement in
            try statement.execute()
            return statement.isReadonly ? 0 : connection.changesCount
        }
    }

    func query(_ sql: String, _ arguments: [Value]) throws(Fault) -> [Row] {
        try run(sql, arguments) { statement in
            let names = statement.columnNames
            var rows: [Row] = []
            let cursor = try GRDB.Row.fetchCursor(statement)
            while let row = try cursor.next() {
                rows.append(Row(names: names, values: try names.indices.map { try Self.value(row, $0) }))
            }
            return rows
        }
    }

    private func run<T>(_ sql: String, _ arguments: [Value], _ body: (Statement) throws -> T) throws(Fault) -> T {
        if let failure { throw failure }
        do {
            let statement = try connection.cachedStatement(sql: try translations.translate(sql, valueCount: arguments.count))
            try statement.setArguments(StatementArguments(try arguments.map(Self.databaseValue)))
            return try body(statement)
        } catch {
            let fault = SQLiteFaults.fault(error, doing: sql)
            failure = fault
            throw fault
        }
    }

    private static func databaseValue(_ value: Value) throws -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .text(let value): try checkedText(value).databaseValue
        case .blob(let value): Foundation.Data(value).databaseValue
        }
    }

    private static func checkedText(_ text: String) throws(Fault) -> String {
        guard !text.utf8.contains(0) else { throw Fault(.nulInText, "text with a NUL character cannot be stored") }
        return text
    }

    private static func value(_ row: GRDB.Row, _ index: Int) throws -> Value {
        switch (row[index] as DatabaseValue).storage {
        case .null: .null
        case .int64(let value): .integer(value)
        case .string(let value): .text(value)
        case .blob(let value): .blob([UInt8](value))
        case .double: throw Fault(.schema, "column \(index) is a floating number; amounts and counts are integers here")
        }
    }
}
