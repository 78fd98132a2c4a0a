internal import Basics
internal import Charging
internal import Lines
internal import Storage

/// The SQL of disputes.
enum DisputeStore {
    static func insert(_ dispute: Dispute, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        var (line, call): (Int64?, String?) = (nil, nil)
        switch dispute.subject {
        case .line(let position): line = Int64(position)
        case .call(let id): call = id.rawValue
        case .penalty: break
        }
        try tx.execute(
            """
            INSERT INTO billing_disputes (id, account, invoice, subject, line, call, amount, text, state, raised_on, raised_at,
                answer_due, evidence, credited)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)
            """,
            [
                .id(dispute.id), .id(dispute.account), .id(dispute.invoice), .text(dispute.subject.code), .optional(line),
                .optional(call), .money(dispute.amount), .text(dispute.text), .text(dispute.state.rawValue),
                .day(dispute.raisedOn), .time(now), .day(dispute.answerDue), .text(dispute.evidence),
            ])
    }

    static func decide(
        _ id: DisputeID, _ state: Dispute.State, explanation: String, credited: Money, on day: BusinessDate?, by actor: String,
        in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        try tx.execute(
            """
            UPDATE billing_disputes SET state = $2, explanation = $3, credited = $4, decided_on = $5, decided_at = $6,
                decided_by = $7
            WHERE id = $1
            """,
            [
                .id(id), .text(state.rawValue), .text(explanation), .money(credited), .optional(day), .time(now), .text(actor),
            ])
    }

    static func list(_ condition: String, _ values: [Value], limit: Int, in tx: any Transaction) throws(Fault) -> [Dispute] {
        var disputes: [Dispute] = []
        for row in try tx.query(
            "SELECT * FROM billing_disputes WHERE \(condition) ORDER BY answer_due, id LIMIT \(limit)", values)
        { disputes.append(try read(row)) }
        return disputes
    }

    private static func read(_ row: Row) throws(Fault) -> Dispute {
        let subject: Dispute.Subject
        switch try row.text("subject") {
        case "line": subject = .line(Int(try row.integer("line")))
        case "call": subject = .call(try row.id("call"))
        default: subject = .penalty
        }
        guard let state = Dispute.State(rawValue: try row.text("state")) else {
            throw Fault(.schema, "a dispute is in a state that this program does not know")
        }
        return Dispute(
            id: try row.id("id"), account: try row.id("account"), invoice: try row.id("invoice"), subject: subject,
            amount: try row.money("amount"), text: try row.text("text"), state: state, raisedOn: try row.day("raised_on"),
            answerDue: try row.day("answer_due"), evidence: try row.text("evidence"),
            explanation: try row.optionalText("explanation"), credited: try row.money("credited"),
            decidedOn: try row.optionalDay("decided_on"))
    }
}

extension Dispute.Subject {
    /// As the records and the API name it.
    package var code: String {
        switch self {
        case .line: "line"
        case .call: "call"
        case .penalty: "penalty"
        }
    }
}
