public import Basics

extension Transaction {
    /// Writes rows of one table, many to a statement; statements have few lengths, so that they stay prepared. Returns how many were written.
    ///
    /// - Parameters:
    ///   - table: The table with its columns: `lines_lines (id, number)`.
    ///   - conflict: What follows the values, such as `ON CONFLICT DO NOTHING`.
    @discardableResult
    public func insert(into table: String, _ rows: [[Value]], _ conflict: String = "") throws(Fault) -> Int {
        var written = 0
        for part in parts(of: rows) { written += try execute(statement(table, part, conflict), part.flatMap(\.self)) }
        return written
    }

    /// The same, answering with what the statements return.
    public func insert(into table: String, _ rows: [[Value]], _ conflict: String = "", returning columns: String) throws(Fault)
        -> [Row]
    {
        var answers: [Row] = []
        for part in parts(of: rows) {
            answers += try query(statement(table, part, "\(conflict) RETURNING \(columns)"), part.flatMap(\.self))
        }
        return answers
    }

    private func parts(of rows: [[Value]]) -> [ArraySlice<[Value]>] {
        var parts: [ArraySlice<[Value]>] = []
        var rest = rows[...]
        while !rest.isEmpty {
            let length = StorageLimits.rowsPerInsert.first { $0 <= rest.count } ?? rest.count
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts
    }

    private func statement(_ table: String, _ rows: ArraySlice<[Value]>, _ end: String) -> String {
        let columns = rows.first?.count ?? 0
        let places = rows.indices.map { row in
            let first = (row - rows.startIndex) * columns + 1
            return "(" + (first..<first + columns).map { "$\($0)" }.joined(separator: ", ") + ")"
        }
        return "INSERT INTO \(table) VALUES \(places.joined(separator: ", ")) \(end)"
    }
}
