internal import Basics
internal import Storage

/// A transaction in which a query that was asked before is answered from memory: for reading what many accounts have in common, while nothing
/// is written.
final class RememberedReads: Transaction {
    private struct Question: Hashable {
        let sql: String
        let values: [Value]
    }

    private let tx: any Transaction
    private var answers: [Question: [Row]] = [:]

    init(_ tx: any Transaction) { self.tx = tx }

    var engine: Engine { tx.engine }

    func query(_ sql: String, _ arguments: [Value]) throws(Fault) -> [Row] {
        let question = Question(sql: sql, values: arguments)
        if let rows = answers[question] { return rows }
        let rows = try tx.query(sql, arguments)
        answers[question] = rows
        return rows
    }

    func execute(_ sql: String, _ arguments: [Value]) throws(Fault) -> Int {
        answers.removeAll()
        return try tx.execute(sql, arguments)
    }
}
