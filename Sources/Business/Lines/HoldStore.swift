internal import Basics
internal import Storage

enum HoldStore {
    static let columns = "id, line, kind, clause, reason, evidence, effect, put_by, since, lifted_at, lifted_by"

    static func insert(_ hold: Hold, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO lines_holds (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL)",
            [
                .id(hold.id), .id(hold.line), .text(hold.kind.rawValue), .optional(hold.clause.map(Int64.init)),
                .text(hold.reason),
                .text(hold.evidence), .text(hold.effect.rawValue), .text(hold.putBy), .time(hold.since),
            ])
    }

    static func active(on line: LineID, in tx: any Transaction) throws(Fault) -> [Hold] {
        try list("line = $1 AND lifted_at IS NULL", [.id(line)], in: tx)
    }

    static func all(on line: LineID, in tx: any Transaction) throws(Fault) -> [Hold] {
        try list("line = $1", [.id(line)], in: tx)
    }

    static func find(_ id: HoldID, in tx: any Transaction) throws(Fault) -> Hold? {
        try list("id = $1", [.id(id)], in: tx).first
    }

    /// False when it was lifted meanwhile.
    static func lift(_ id: HoldID, by actor: String, at now: Timestamp, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            "UPDATE lines_holds SET lifted_at = $2, lifted_by = $3 WHERE id = $1 AND lifted_at IS NULL",
            [.id(id), .time(now), .text(actor)]) == 1
    }

    private static func list(_ condition: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [Hold] {
        var holds: [Hold] = []
        for row in try tx.query("SELECT \(columns) FROM lines_holds WHERE \(condition) ORDER BY since, id", values) {
            holds.append(try read(row))
        }
        return holds
    }

    private static func read(_ row: Row) throws(Fault) -> Hold {
        guard let kind = Hold.Kind(rawValue: try row.text("kind")), let effect = Hold.Effect(rawValue: try row.text("effect"))
        else {
            throw Fault(.schema, "hold \(try row.text("id")) is of a kind or an effect that this program does not know")
        }
        return Hold(
            id: try row.id("id"), line: try row.id("line"), kind: kind, clause: try row.optionalInteger("clause").map(Int.init),
            reason: try row.text("reason"), evidence: try row.text("evidence"), effect: effect, putBy: try row.text("put_by"),
            since: try row.time("since"), liftedAt: try row.optionalTime("lifted_at"), liftedBy: try row.optionalText("lifted_by")
        )
    }
}
