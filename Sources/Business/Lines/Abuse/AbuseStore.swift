internal import Basics
internal import Customers
internal import Storage

enum AbuseStore {
    private static let columns = """
        r.id AS id, r.reporter AS reporter, r.accused AS accused, r.call AS call, r.category AS category, r.words AS words, \
        r.reported_at AS reported_at, r.state AS state, r.decided_at AS decided_at, r.decided_by AS decided_by, \
        r.finding AS finding, r.hold AS hold
        """

    /// False when there is one with this id.
    static func insert(_ report: AbuseReport, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO lines_abuse_reports (id, reporter, accused, call, category, words, reported_at, state)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING
            """,
            [
                .id(report.id), .id(report.reporter), .id(report.accused), .optional(report.call),
                .text(report.category.rawValue), .text(report.words), .time(report.reportedAt), .text(report.state.rawValue),
            ]) == 1
    }

    static func find(_ id: AbuseReportID, in tx: any Transaction) throws(Fault) -> AbuseReport? {
        try list("WHERE r.id = $1", [.id(id)], in: tx).first
    }

    static func locked(_ id: AbuseReportID, in tx: any Transaction) throws(Fault) -> AbuseReport {
        let rows = try tx.query("SELECT id FROM lines_abuse_reports WHERE id = $1\(tx.forUpdate)", [.id(id)])
        guard !rows.isEmpty, let report = try find(id, in: tx) else {
            throw Fault(.unknownAbuseReport, "there is no report \(id)")
        }
        return report
    }

    static func count(of reporter: LineID, since start: Timestamp, in tx: any Transaction) throws(Fault) -> Int {
        let row = try tx.first(
            "SELECT COUNT(*) AS reports FROM lines_abuse_reports WHERE reporter = $1 AND reported_at > $2",
            [.id(reporter), .time(start)])
        return Int(try row?.integer("reports") ?? 0)
    }

    static func decide(
        _ id: AbuseReportID, _ state: AbuseReport.State, _ decision: AbuseDecision, in tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            """
            UPDATE lines_abuse_reports SET state = $2, decided_at = $3, decided_by = $4, finding = $5, hold = $6 WHERE id = $1
            """,
            [
                .id(id), .text(state.rawValue), .time(decision.at), .text(decision.by), .text(decision.finding),
                .optional(decision.hold),
            ])
    }

    static func list(reportedBy customer: CustomerID, in tx: any Transaction) throws(Fault) -> [AbuseReport] {
        try list(
            "JOIN lines_lines l ON l.id = r.reporter WHERE l.customer = $1 ORDER BY r.reported_at DESC, r.id LIMIT 200",
            [.id(customer)], in: tx)
    }

    static func list(of accused: LineID, in tx: any Transaction) throws(Fault) -> [AbuseReport] {
        try list("WHERE r.accused = $1 ORDER BY r.reported_at DESC, r.id LIMIT 200", [.id(accused)], in: tx)
    }

    static func queue(
        _ state: AbuseReport.State, after start: AbuseReportID?, limit: Int, in tx: any Transaction
    ) throws(Fault) -> [AbuseReport] {
        guard let start, let last = try find(start, in: tx) else {
            return try list(
                "WHERE r.state = $1 ORDER BY r.reported_at, r.id LIMIT $2", [.text(state.rawValue), .integer(Int64(limit))],
                in: tx)
        }
        return try list(
            """
            WHERE r.state = $1 AND (r.reported_at > $2 OR (r.reported_at = $2 AND r.id > $3))
            ORDER BY r.reported_at, r.id LIMIT $4
            """,
            [.text(state.rawValue), .time(last.reportedAt), .id(last.id), .integer(Int64(limit))], in: tx)
    }

    static func insert(
        _ evidence: AbuseEvidence, at position: Int, of report: AbuseReportID, in tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO lines_abuse_evidence (report, position, source, words, added_at, added_by) VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .id(report), .integer(Int64(position)), .text(evidence.source), .text(evidence.words), .time(evidence.addedAt),
                .text(evidence.addedBy),
            ])
    }

    static func evidence(of report: AbuseReportID, in tx: any Transaction) throws(Fault) -> [AbuseEvidence] {
        let rows = try tx.query(
            "SELECT source, words, added_at, added_by FROM lines_abuse_evidence WHERE report = $1 ORDER BY position",
            [.id(report)])
        var evidence: [AbuseEvidence] = []
        for row in rows {
            evidence.append(
                AbuseEvidence(
                    source: try row.text("source"), words: try row.text("words"), addedAt: try row.time("added_at"),
                    addedBy: try row.text("added_by")))
        }
        return evidence
    }

    private static func list(_ rest: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [AbuseReport] {
        var reports: [AbuseReport] = []
        for row in try tx.query("SELECT \(columns) FROM lines_abuse_reports r \(rest)", values) { reports.append(try read(row)) }
        return reports
    }

    private static func read(_ row: Row) throws(Fault) -> AbuseReport {
        guard let category = AbuseReport.Category(rawValue: try row.text("category")),
            let state = AbuseReport.State(rawValue: try row.text("state"))
        else {
            throw Fault(.schema, "report \(try row.text("id")) is of a category or in a state that this program does not know")
        }
        var decision: AbuseDecision?
        if let at = try row.optionalTime("decided_at"), let by = try row.optionalText("decided_by") {
            decision = AbuseDecision(
                at: at, by: by, finding: try row.optionalText("finding") ?? "", hold: try row.optionalID("hold"))
        }
        return AbuseReport(
            id: try row.id("id"), reporter: try row.id("reporter"), accused: try row.id("accused"),
            call: try row.optionalID("call"), category: category, words: try row.text("words"),
            reportedAt: try row.time("reported_at"), state: state, decision: decision)
    }
}
