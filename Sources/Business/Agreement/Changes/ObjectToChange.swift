public import Basics
public import Customers
public import Storage

/// Objects to a version within its window, with the reason (clause 15). A negotiation begins; until it ends, silence binds nothing.
public func objectToChange(
    _ id: ObjectionID, version: VersionID, reason typed: String, by customer: CustomerID, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Objection {
    let reason = try checkedWords(typed)
    if let there = try ChangeStore.find(id, in: tx) {
        guard there.customer == customer, there.version == version, there.reason == reason else {
            throw Fault(.otherContentUnderSameID, "objection \(id) is there already with other content")
        }
        return there
    }
    let (agreement, facts) = try bindingAgreement(of: customer, in: tx, at: now, zone: zone)
    guard let window = changeWindows(facts: facts, on: zone.date(of: now)).first(where: { $0.version == version }) else {
        throw .noVersion(version)
    }
    if facts.objections.contains(where: { $0.version == window.number }) {
        throw Fault(.alreadyObjected, "an objection to version \(window.number) is there already")
    }
    guard window.mayAnswer else {
        throw Fault(
            .windowOver, "the window of version \(window.number) ended with \(window.lastDay)", ["day": "\(window.lastDay)"])
    }
    let objection = Objection(
        id: id, agreement: agreement.id, customer: customer, version: version, versionNumber: window.number, reason: reason,
        raisedAt: now, proposed: nil, outcome: nil, settledAt: nil)
    try ChangeStore.insert(objection, in: tx)
    try ChangeStore.insert(
        NegotiationMessage(id: .random(), objection: id, author: .customer, staff: nil, words: reason, at: now), in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "agreement.objection-raised", subject: "objection:\(id)", clause: 15,
            after: journalState([
                "agreement": .text("\(agreement.id)"), "version": .number(Int64(window.number)),
                "lastDay": .text("\(window.lastDay)"),
            ])),
        in: tx)
    return objection
}
