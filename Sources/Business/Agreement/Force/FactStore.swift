internal import Basics
internal import Customers
internal import Storage

enum FactStore {
    static func facts(of customer: CustomerID, zone: BusinessZone, in tx: any Transaction) throws(Fault) -> AgreementFacts? {
        let row = try tx.first(
            """
            SELECT a.id AS id, a.in_force_at AS in_force_at, a.ended_at AS ended_at, v.number AS number
            FROM agreement_agreements a JOIN agreement_versions v ON v.id = a.version WHERE a.customer = $1
            """, [.id(customer)])
        guard let row else { return nil }
        let agreement = try row.text("id")
        let editions = try VersionStore.editions(from: Int(try row.integer("number")), zone: zone, in: tx)
        guard let signed = editions.first else {
            throw Fault(.damaged, "agreement \(agreement) names a version that is not published")
        }
        return AgreementFacts(
            signed: signed, inForceSince: try row.optionalTime("in_force_at").map(zone.date(of:)),
            endedOn: try row.optionalTime("ended_at").map(zone.date(of:)), later: Array(editions.dropFirst()),
            acceptances: try acceptances(agreement, zone, tx), objections: try objections(agreement, zone, tx))
    }

    /// Silence that the daily close recorded is no fact of its own: it follows from the others.
    private static func acceptances(
        _ agreement: String, _ zone: BusinessZone, _ tx: any Transaction
    ) throws(Fault) -> [Int: BusinessDate] {
        let rows = try tx.query(
            """
            SELECT v.number AS number, c.at AS at FROM agreement_acceptances c JOIN agreement_versions v ON v.id = c.version
            WHERE c.agreement = $1 AND c.because = 'acceptance'
            """, [.text(agreement)])
        var days: [Int: BusinessDate] = [:]
        for row in rows { days[Int(try row.integer("number"))] = zone.date(of: try row.time("at")) }
        return days
    }

    private static func objections(
        _ agreement: String, _ zone: BusinessZone, _ tx: any Transaction
    ) throws(Fault) -> [AgreementFacts.Objected] {
        let rows = try tx.query(
            """
            SELECT v.number AS number, o.raised_at AS raised_at, o.outcome AS outcome, o.settled_at AS settled_at
            FROM agreement_objections o JOIN agreement_versions v ON v.id = o.version WHERE o.agreement = $1 ORDER BY o.raised_at
            """, [.text(agreement)])
        var objections: [AgreementFacts.Objected] = []
        for row in rows {
            var objected = AgreementFacts.Objected(
                version: Int(try row.integer("number")), raised: zone.date(of: try row.time("raised_at")))
            if let outcome = try row.optionalText("outcome").flatMap(ObjectionOutcome.init(rawValue:)),
                let at = try row.optionalTime("settled_at")
            {
                objected.settled = AgreementFacts.Settled(outcome: outcome, day: zone.date(of: at))
            }
            objections.append(objected)
        }
        return objections
    }
}
