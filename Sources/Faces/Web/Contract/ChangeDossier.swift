import Access
import Agreement
import Basics
import Customers
import Storage

/// Everything about one version that its page shows a customer, read in one transaction.
struct ChangeDossier: Sendable {
    /// The version.
    var version: AgreementVersion
    /// What it is compared with: the terms in force, or the version before where it binds already.
    var base: AgreementVersion?
    var window: ChangeWindow?
    var objection: Objection?
    var messages: [NegotiationMessage] = []
    /// Those of the staff who wrote.
    var staff: [StaffID: Staff] = [:]
    var differences: [ClauseDifference] = []
    /// Whether it is the version that the customer signed.
    var isSigned: Bool

    static func read(
        _ id: VersionID, of customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
    ) throws(Fault) -> ChangeDossier {
        let version = try agreementVersion(id, in: tx)
        // A draft is nobody's business but the staff's.
        guard version.state == .published else { throw Fault(.unknownVersion, "version \(id) is not published") }
        let signed = try signedAgreement(of: customer, in: tx)
        var dossier = ChangeDossier(version: version, isSigned: signed?.version == id)
        dossier.window = try changeWindow(of: customer, version: id, in: tx, at: now, zone: zone)
        dossier.objection = try objections(of: customer, in: tx).first { $0.version == id }
        if let objection = dossier.objection { dossier.messages = try negotiation(objection.id, in: tx) }
        for id in Set(dossier.messages.compactMap(\.staff)) { dossier.staff[id] = try findStaff(id, in: tx) }
        dossier.base = try base(of: version, customer, in: tx, at: now, zone: zone)
        dossier.differences = dossier.base.map { compareVersions($0, version).filter(\.isChanged) } ?? []
        return dossier
    }

    private static func base(
        of version: AgreementVersion, _ customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
    ) throws(Fault) -> AgreementVersion? {
        let earlier = try agreementVersions(in: tx).filter { $0.state == .published && $0.number < version.number }
        if let facts = try agreementFacts(of: customer, in: tx, zone: zone),
            let present = termsInForce(facts: facts, on: zone.date(of: now)), present.number < version.number
        {
            return earlier.first { $0.id == present.version }
        }
        return earlier.max { $0.number < $1.number }
    }
}
