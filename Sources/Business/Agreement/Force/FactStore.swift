internal import Basics
internal import Customers
internal import Storage

enum FactStore {
    static func facts(of customer: CustomerID, zone: BusinessZone, in tx: any Transaction) throws(Fault) -> AgreementFacts? {
        try facts(of: [customer], zone: zone, in: tx)[customer]
    }

    /// The facts of each customer who has an agreement, read in a few statements for all of them.
    static func facts(
        of customers: [CustomerID], zone: BusinessZone, in tx: any Transaction
    ) throws(Fault) -> [CustomerID: AgreementFacts] {
        let rows = try tx.query(
            """
            SELECT a.customer AS customer, a.id AS id, a.in_force_at AS in_force_at, a.ended_at AS ended_at, v.number AS number
            FROM agreement_agreements a JOIN agreement_versions v ON v.id = a.version WHERE a.customer IN \(places(customers.count))
            """, customers.map { .id($0) })
        guard !rows.isEmpty else { return [:] }
        let agreements = try rows.map { row throws(Fault) in try row.text("id") }
        let earliest = try rows.map { row throws(Fault) in Int(try row.integer("number")) }.min() ?? 1
        let editions = try VersionStore.editions(from: earliest, zone: zone, in: tx)
        let (acceptances, objections) = (try acceptances(agreements, zone, tx), try objections(agreements, zone, tx))
        var facts: [CustomerID: AgreementFacts] = [:]
        for row in rows {
            let (agreement, number) = (try row.text("id"), Int(try row.integer("number")))
            guard let signed = editions.first(where: { $0.number >= number }) else {
                throw Fault(.damaged, "agreement \(agreement) names a version that is not published")
            }
            facts[try row.id("customer")] = AgreementFacts(
                signed: signed, inForceSince: try row.optionalTime("in_force_at").map(zone.date(of:)),
                endedOn: try row.optionalTime("ended_at").map(zone.date(of:)),
                later: editions.filter { $0.number > signed.number }, acceptances: acceptances[agreement] ?? [:],
                objections: objections[agreement] ?? [])
        }
        return facts
    }

    private static func places(_ count: Int) -> String {
        "(" + (1...max(count, 1)).map { "$\($0)" }.joined(separator: ", ") + ")"
    }

    /// Silence that the daily close recorded is no fact of its own: it follows from the others.
    private static func acceptances(
        _ agreements: [String], _ zone: BusinessZone, _ tx: any Transaction
    ) throws(Fault) -> [String: [Int: BusinessDate]] {
        let rows = try tx.query(
            """
            SELECT c.agreement AS agreement, v.number AS number, c.at AS at
            FROM agreement_acceptances c JOIN agreement_versions v ON v.id = c.version
            WHERE c.agreement IN \(places(agreements.count)) AND c.because = 'acceptance'
            """, agreements.map { .text($0) })
        var days: [String: [Int: BusinessDate]] = [:]
        for row in rows {
            days[try row.text("agreement"), default: [:]][Int(try row.integer("number"))] = zone.date(of: try row.time("at"))
        }
        return days
    }

    private static func objections(
        _ agreements: [String], _ zone: BusinessZone, _ tx: any Transaction
    ) throws(Fault) -> [String: [AgreementFacts.Objected]] {
        let rows = try tx.query(
            """
            SELECT o.agreement AS agreement, v.number AS number, o.raised_at AS raised_at, o.outcome AS outcome,
                o.settled_at AS settled_at
            FROM agreement_objections o JOIN agreement_versions v ON v.id = o.version
            WHERE o.agreement IN \(places(agreements.count)) ORDER BY o.raised_at
            """, agreements.map { .text($0) })
        var objections: [String: [AgreementFacts.Objected]] = [:]
        for row in rows {
            var objected = AgreementFacts.Objected(
                version: Int(try row.integer("number")), raised: zone.date(of: try row.time("raised_at")))
            if let outcome = try row.optionalText("outcome").flatMap(ObjectionOutcome.init(rawValue:)),
                let at = try row.optionalTime("settled_at")
            {
                objected.settled = AgreementFacts.Settled(outcome: outcome, day: zone.date(of: at))
            }
            objections[try row.text("agreement"), default: []].append(objected)
        }
        return objections
    }
}
