public import Basics
public import Customers
public import Storage

/// Gives a customer a notice: into the box, and into the outbox for whatever delivery there is. The `key` names the event (`order-confirmed:ID`):
/// told twice, it is one notice, and the first is the answer; another notice under the same key is refused.
@discardableResult
public func notify(
    _ customer: CustomerID, _ kind: NoticeKind, _ parameters: [String: String] = [:], clause: Int? = nil, key: String,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Notice {
    if let notice = try giveNotice(to: customer, kind, parameters, clause: clause, key: key, in: tx, at: now) { return notice }
    guard let there = try NoticeStore.find(customer, key: key, in: tx), there.kind == kind, there.parameters == parameters else {
        throw Fault(.noticeConflict, "the key \(key) was used for another notice to this customer")
    }
    return there
}

/// Nil when the customer has a notice under the key already, whatever it says.
func giveNotice(
    to customer: CustomerID, _ kind: NoticeKind, _ parameters: [String: String], clause: Int?, key: String,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Notice? {
    try checkNotice(kind, parameters, key: key)
    let clause = clause ?? kind.clause
    let inserted = try NoticeStore.insert(
        .random(), customer, kind, parameters: parameters, clause: clause, key: key, at: now, in: tx)
    guard let notice = inserted else { return nil }
    try OutboxStore.insert(notice.id, at: now, in: tx)
    // The proof that the customer was told, and when: silence counts from there (clause 15).
    try appendJournal(
        JournalEntry(
            at: now, actor: "system", action: "notice.given", subject: "customer:\(customer)", clause: clause,
            after: journalState(["notice": .text(notice.id.rawValue), "kind": .text(kind.rawValue), "key": .text(key)])),
        in: tx)
    return notice
}
