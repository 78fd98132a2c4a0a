public import Basics
public import Customers
public import Storage

/// Accepts a version (clause 15): it binds from today. An objection to it that is open is settled by this. Accepting what binds already
/// changes nothing; a version that has been overtaken cannot be accepted any more.
public func acceptChange(
    _ version: VersionID, by customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> TermsInForce {
    let (agreement, facts) = try bindingAgreement(of: customer, in: tx, at: now, zone: zone)
    let today = zone.date(of: now)
    guard let edition = ([facts.signed] + facts.later).first(where: { $0.id == version }) else { throw .noVersion(version) }
    guard let present = termsInForce(facts: facts, on: today) else { throw .noVersion(version) }
    if present.version == version { return present }
    guard edition.number > present.number else {
        throw Fault(.versionSuperseded, "version \(present.number) binds already, which is later than \(edition.number)")
    }
    if let objection = try ChangeStore.find(agreement.id, version, in: tx) {
        guard objection.outcome != .end else { throw Fault(.objectionSettled, "the agreement is to end") }
        if objection.isOpen { try ChangeStore.settle(objection.id, .accepted, at: now, in: tx) }
    }
    if try ChangeStore.accept(agreement.id, version, because: .acceptance, at: now, in: tx) {
        try appendJournal(
            JournalEntry(
                at: now, actor: "customer:\(customer)", action: "agreement.change-accepted", subject: "agreement:\(agreement.id)",
                clause: 15, before: journalState(["version": .number(Int64(present.number))]),
                after: journalState(["version": .number(Int64(edition.number)), "from": .text("\(today)")])),
            in: tx)
    }
    return try termsInForce(of: customer, on: today, in: tx, zone: zone)
}
