internal import Access
internal import Basics
internal import Customers
internal import Storage

enum ChangeStore {
    // MARK: Acceptances

    /// False when it is there already.
    static func accept(
        _ agreement: AgreementID, _ version: VersionID, because: TermsInForce.Reason, at: Timestamp, in tx: any Transaction
    ) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO agreement_acceptances (agreement, version, because, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (agreement, version) DO NOTHING
            """, [.id(agreement), .id(version), .text(because.rawValue), .time(at)]) == 1
    }

    /// Agreements of which some later version has neither been accepted nor objected to, with their customers, after an id.
    static func unanswered(
        after last: AgreementID?, endedAfter: Timestamp, limit: Int, in tx: any Transaction
    ) throws(Fault) -> [(agreement: AgreementID, customer: CustomerID)] {
        let rows = try tx.query(
            """
            SELECT a.id AS id, a.customer AS customer FROM agreement_agreements a JOIN agreement_versions s ON s.id = a.version
            WHERE a.in_force_at IS NOT NULL AND a.id > $1 AND (a.ended_at IS NULL OR a.ended_at > $2) AND EXISTS (
                SELECT 1 FROM agreement_versions v WHERE v.state = 'published' AND v.number > s.number
                AND NOT EXISTS (SELECT 1 FROM agreement_acceptances c WHERE c.agreement = a.id AND c.version = v.id)
                AND NOT EXISTS (SELECT 1 FROM agreement_objections o WHERE o.agreement = a.id AND o.version = v.id))
            ORDER BY a.id LIMIT $3
            """, [.text(last?.rawValue ?? ""), .time(endedAfter), .integer(Int64(limit))])
        var found: [(agreement: AgreementID, customer: CustomerID)] = []
        for row in rows { found.append((try row.id("id"), try row.id("customer"))) }
        return found
    }

    // MARK: Objections

    private static let objections = """
        SELECT o.id AS id, o.agreement AS agreement, a.customer AS customer, o.version AS version, v.number AS number,
            o.reason AS reason, o.raised_at AS raised_at, o.proposed AS proposed, o.outcome AS outcome, o.settled_at AS settled_at
        FROM agreement_objections o JOIN agreement_agreements a ON a.id = o.agreement JOIN agreement_versions v ON v.id = o.version
        """

    static func insert(_ objection: Objection, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO agreement_objections (id, agreement, version, reason, raised_at) VALUES ($1, $2, $3, $4, $5)",
            [
                .id(objection.id), .id(objection.agreement), .id(objection.version), .text(objection.reason),
                .time(objection.raisedAt),
            ])
    }

    static func find(_ id: ObjectionID, in tx: any Transaction) throws(Fault) -> Objection? {
        try tx.first("\(objections) WHERE o.id = $1", [.id(id)]).map(read)
    }

    static func find(_ agreement: AgreementID, _ version: VersionID, in tx: any Transaction) throws(Fault) -> Objection? {
        try tx.first("\(objections) WHERE o.agreement = $1 AND o.version = $2", [.id(agreement), .id(version)]).map(read)
    }

    static func all(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Objection] {
        try list(tx.query("\(objections) WHERE a.customer = $1 ORDER BY o.raised_at DESC, o.id", [.id(customer)]))
    }

    static func open(limit: Int, offset: Int, in tx: any Transaction) throws(Fault) -> [Objection] {
        try list(
            tx.query(
                "\(objections) WHERE o.settled_at IS NULL ORDER BY o.raised_at, o.id LIMIT $1 OFFSET $2",
                [.integer(Int64(limit)), .integer(Int64(offset))]))
    }

    static func propose(_ outcome: ObjectionOutcome, _ id: ObjectionID, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE agreement_objections SET proposed = $2 WHERE id = $1", [.id(id), .text(outcome.rawValue)])
    }

    static func settle(_ id: ObjectionID, _ outcome: ObjectionOutcome, at: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE agreement_objections SET outcome = $2, settled_at = $3 WHERE id = $1",
            [.id(id), .text(outcome.rawValue), .time(at)])
    }

    private static func list(_ rows: [Row]) throws(Fault) -> [Objection] {
        var found: [Objection] = []
        for row in rows { found.append(try read(row)) }
        return found
    }

    private static func read(_ row: Row) throws(Fault) -> Objection {
        Objection(
            id: try row.id("id"), agreement: try row.id("agreement"), customer: try row.id("customer"),
            version: try row.id("version"), versionNumber: Int(try row.integer("number")), reason: try row.text("reason"),
            raisedAt: try row.time("raised_at"), proposed: try row.optionalText("proposed").flatMap(ObjectionOutcome.init),
            outcome: try row.optionalText("outcome").flatMap(ObjectionOutcome.init), settledAt: try row.optionalTime("settled_at")
        )
    }

    // MARK: Messages

    static func insert(_ message: NegotiationMessage, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO agreement_messages (id, objection, author, staff, words, at) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                .id(message.id), .id(message.objection), .text(message.author.rawValue), .optional(message.staff),
                .text(message.words), .time(message.at),
            ])
    }

    static func messages(of objection: ObjectionID, in tx: any Transaction) throws(Fault) -> [NegotiationMessage] {
        let rows = try tx.query(
            "SELECT id, objection, author, staff, words, at FROM agreement_messages WHERE objection = $1 ORDER BY at, id",
            [.id(objection)])
        var found: [NegotiationMessage] = []
        for row in rows { found.append(try message(row)) }
        return found
    }

    static func message(_ id: MessageID, in tx: any Transaction) throws(Fault) -> NegotiationMessage? {
        try tx.first("SELECT id, objection, author, staff, words, at FROM agreement_messages WHERE id = $1", [.id(id)]).map(
            message)
    }

    private static func message(_ row: Row) throws(Fault) -> NegotiationMessage {
        NegotiationMessage(
            id: try row.id("id"), objection: try row.id("objection"),
            author: try row.text("author") == "customer" ? .customer : .provider, staff: try row.optionalID("staff"),
            words: try row.text("words"),
            at: try row.time("at"))
    }
}
