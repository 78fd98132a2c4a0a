import Basics
import Storage

/// Rows of one table, written many to a statement. A statement with fewer rows is written only at the end.
struct Bulk {
    private let start: String
    private let columns: Int
    private let rowsPerStatement: Int
    private let full: String
    private var values: [Value] = []
    private var rows = 0

    init(_ table: String, _ columns: String, rowsPerStatement: Int = 20) {
        start = "INSERT INTO \(table) (\(columns)) VALUES "
        self.columns = columns.split(separator: ",").count
        self.rowsPerStatement = rowsPerStatement
        full = start + Self.places(rows: rowsPerStatement, columns: self.columns)
    }

    mutating func add(_ row: [Value], in tx: any Transaction) throws(Fault) {
        values += row
        rows += 1
        if rows == rowsPerStatement { try write(full, in: tx) }
    }

    mutating func finish(in tx: any Transaction) throws(Fault) {
        guard rows > 0 else { return }
        try write(start + Self.places(rows: rows, columns: columns), in: tx)
    }

    private mutating func write(_ sql: String, in tx: any Transaction) throws(Fault) {
        try tx.execute(sql, values)
        values.removeAll(keepingCapacity: true)
        rows = 0
    }

    private static func places(rows: Int, columns: Int) -> String {
        (0..<rows).map { row in "(" + (0..<columns).map { "$\(row * columns + $0 + 1)" }.joined(separator: ",") + ")" }
            .joined(separator: ",")
    }
}
