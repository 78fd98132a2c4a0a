internal import Basics
internal import Storage

enum VerificationStore {
    static let columns = """
        id, customer, kind, state, version, reason, note, deadline, is_overdue, is_false, submitted_at, decided_by, decided_at, \
        verified_at
        """

    static func insert(_ verification: Verification, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO customers_verifications (\(columns), round)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)
            """, values(verification))
    }

    /// Writes a change of version `version` as the next one; false when somebody else has changed it since.
    static func update(_ after: Verification, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            """
            UPDATE customers_verifications SET customer = $2, kind = $3, state = $4, version = $5, reason = $6, note = $7,
                deadline = $8, is_overdue = $9, is_false = $10, submitted_at = $11, decided_by = $12, decided_at = $13,
                verified_at = $14
            WHERE id = $1 AND version = $5 - 1
            """, values(after)) == 1
    }

    /// Evidence of a later round is counted anew.
    static func beginRound(_ id: VerificationID, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE customers_verifications SET round = round + 1 WHERE id = $1", [.id(id)])
    }

    static func round(_ id: VerificationID, in tx: any Transaction) throws(Fault) -> Int64 {
        try tx.first("SELECT round FROM customers_verifications WHERE id = $1", [.id(id)])?.integer("round") ?? 1
    }

    static func find(_ id: VerificationID, in tx: any Transaction) throws(Fault) -> Verification? {
        try list("WHERE id = $1", [.id(id)], in: tx).first
    }

    static func find(customer: CustomerID, in tx: any Transaction) throws(Fault) -> Verification? {
        try list("WHERE customer = $1", [.id(customer)], in: tx).first
    }

    static func list(_ condition: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [Verification] {
        var found: [Verification] = []
        for row in try tx.query("SELECT \(columns) FROM customers_verifications \(condition)", values) {
            found.append(try read(row))
        }
        return found
    }

    static func addStep(_ verification: Verification, by actor: String, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO customers_verification_steps (customer, at, actor, state, reason, note, deadline)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .id(verification.customer), .time(now), .text(actor), .text(verification.state.rawValue),
                .optional(verification.reason?.rawValue), .optional(verification.note), .optional(verification.deadline),
            ])
    }

    static func steps(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [VerificationStep] {
        var steps: [VerificationStep] = []
        let rows = try tx.query(
            """
            SELECT at, actor, state, reason, note, deadline FROM customers_verification_steps WHERE customer = $1 ORDER BY id
            """, [.id(customer)])
        for row in rows {
            steps.append(
                VerificationStep(
                    at: try row.time("at"), by: try row.text("actor"), state: try state(row), reason: try reason(row),
                    note: try row.optionalText("note"), deadline: try row.optionalTime("deadline")))
        }
        return steps
    }

    private static func values(_ verification: Verification) -> [Value] {
        [
            .id(verification.id), .id(verification.customer), .text(verification.kind.rawValue),
            .text(verification.state.rawValue),
            .integer(Int64(verification.version)), .optional(verification.reason?.rawValue), .optional(verification.note),
            .optional(verification.deadline), .boolean(verification.isOverdue), .boolean(verification.isFalse),
            .time(verification.submittedAt), .optional(verification.decidedBy), .optional(verification.decidedAt),
            .optional(verification.verifiedAt),
        ]
    }

    static func read(_ row: Row) throws(Fault) -> Verification {
        guard let kind = PartyKind(rawValue: try row.text("kind")) else {
            throw Fault(.schema, "verification \(try row.text("id")) is of a kind that this program does not know")
        }
        return Verification(
            id: try row.id("id"), customer: try row.id("customer"), kind: kind, state: try state(row),
            version: Int(try row.integer("version")), reason: try reason(row), note: try row.optionalText("note"),
            deadline: try row.optionalTime("deadline"), isOverdue: try row.boolean("is_overdue"),
            isFalse: try row.boolean("is_false"), submittedAt: try row.time("submitted_at"),
            decidedBy: try row.optionalText("decided_by"), decidedAt: try row.optionalTime("decided_at"),
            verifiedAt: try row.optionalTime("verified_at"))
    }

    private static func state(_ row: Row) throws(Fault) -> VerificationState {
        guard let state = VerificationState(rawValue: try row.text("state")) else {
            throw Fault(.schema, "a verification is in a state that this program does not know")
        }
        return state
    }

    private static func reason(_ row: Row) throws(Fault) -> VerificationReason? {
        try row.optionalText("reason").map { VerificationReason(rawValue: $0) ?? .other }
    }
}
