internal import Basics
internal import Customers
internal import Storage

enum AppealStore {
    private static let columns = "id, hold, line, customer, words, filed_at, due_at, state, answer, decided_at, decided_by"

    static func insert(_ appeal: HoldAppeal, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO lines_appeals (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, NULL)",
            [
                .id(appeal.id), .id(appeal.hold), .id(appeal.line), .id(appeal.customer), .text(appeal.words),
                .time(appeal.filedAt),
                .time(appeal.dueAt), .text(appeal.state.rawValue),
            ])
    }

    /// False where somebody else has decided it.
    static func decide(
        _ id: AppealID, _ state: HoldAppeal.State, answer: String, by actor: String, at now: Timestamp, in tx: any Transaction
    ) throws(Fault) -> Bool {
        try tx.execute(
            """
            UPDATE lines_appeals SET state = $2, answer = $3, decided_by = $4, decided_at = $5 WHERE id = $1 AND state = 'filed'
            """, [.id(id), .text(state.rawValue), .text(answer), .text(actor), .time(now)]) == 1
    }

    static func find(_ id: AppealID, in tx: any Transaction) throws(Fault) -> HoldAppeal? {
        try list("WHERE id = $1", [.id(id)], in: tx).first
    }

    static func list(_ condition: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [HoldAppeal] {
        var appeals: [HoldAppeal] = []
        for row in try tx.query("SELECT \(columns) FROM lines_appeals \(condition)", values) {
            guard let state = HoldAppeal.State(rawValue: try row.text("state")) else {
                throw Fault(.schema, "an appeal is in a state that this program does not know")
            }
            appeals.append(
                HoldAppeal(
                    id: try row.id("id"), hold: try row.id("hold"), line: try row.id("line"), customer: try row.id("customer"),
                    words: try row.text("words"), filedAt: try row.time("filed_at"), dueAt: try row.time("due_at"), state: state,
                    answer: try row.optionalText("answer"), decidedAt: try row.optionalTime("decided_at"),
                    decidedBy: try row.optionalText("decided_by")))
        }
        return appeals
    }

    static func count(_ condition: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> Int64 {
        try tx.first("SELECT COUNT(*) AS total FROM lines_appeals \(condition)", values)?.integer("total") ?? 0
    }
}
