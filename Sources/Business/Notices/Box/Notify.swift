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
    let new = NewNotice(customer, kind, parameters, clause: clause, key: key)
    if let notice = try giveNotices([new], in: tx, at: now).first { return notice }
    return try earlier(new, in: tx)
}

/// Gives many customers a notice each, written together.
public func notify(_ notices: [NewNotice], in tx: any Transaction, at now: Timestamp) throws(Fault) {
    let given = try giveNotices(notices, in: tx, at: now)
    guard given.count < notices.count else { return }
    for notice in notices { _ = try earlier(notice, in: tx) }
}

/// What was given under a key; refused where it says something else.
private func earlier(_ new: NewNotice, in tx: any Transaction) throws(Fault) -> Notice {
    guard let there = try NoticeStore.find(new.customer, key: new.key, in: tx), there.kind == new.kind,
        there.parameters == new.parameters
    else { throw Fault(.noticeConflict, "the key \(new.key) was used for another notice to this customer") }
    return there
}

/// Nil when the customer has a notice under the key already, whatever it says.
func giveNotice(
    to customer: CustomerID, _ kind: NoticeKind, _ parameters: [String: String], clause: Int?, key: String,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Notice? {
    try giveNotices([NewNotice(customer, kind, parameters, clause: clause, key: key)], in: tx, at: now).first
}

/// The notices of those customers who had none under the key, in their order.
private func giveNotices(_ notices: [NewNotice], in tx: any Transaction, at now: Timestamp) throws(Fault) -> [Notice] {
    for notice in notices { try checkNotice(notice.kind, notice.parameters, key: notice.key) }
    let given = try NoticeStore.insert(notices, at: now, in: tx)
    try OutboxStore.insert(given.map(\.notice.id), at: now, in: tx)
    // The proof that the customer was told, and when: silence counts from there (clause 15).
    try appendJournal(
        given.map { notice, key in
            JournalEntry(
                at: now, actor: "system", action: "notice.given", subject: "customer:\(notice.customer)", clause: notice.clause,
                after: journalState([
                    "notice": .text(notice.id.rawValue), "kind": .text(notice.kind.rawValue), "key": .text(key),
                ]))
        }, in: tx)
    return given.map(\.notice)
}
