public import Access
public import Basics
public import Customers
public import Storage

/// Writes to the provider about an objection of one's own.
public func negotiate(
    _ id: MessageID, about objection: ObjectionID, words: String, by customer: CustomerID, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) -> NegotiationMessage {
    let there = try ownObjection(objection, of: customer, in: tx)
    return try write(id, to: there, .customer, words, actor: "customer:\(customer)", act: nil, in: tx, at: now)
}

/// Answers a customer about an objection.
public func negotiate(
    _ id: MessageID, about objectionID: ObjectionID, words: String, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> NegotiationMessage {
    try act.require(.negotiateObjections)
    let there = try objection(objectionID, in: tx)
    return try write(id, to: there, .provider, words, actor: act.actor, act: act, in: tx, at: now)
}

private func write(
    _ id: MessageID, to objection: Objection, _ author: NegotiationMessage.Author, _ typed: String, actor: String,
    act: StaffAct?, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> NegotiationMessage {
    let message = NegotiationMessage(
        id: id, objection: objection.id, author: author, staff: act?.staff, words: try checkedWords(typed), at: now)
    if let there = try ChangeStore.message(id, in: tx) {
        guard there.objection == message.objection, there.author == author, there.words == message.words else {
            throw Fault(.otherContentUnderSameID, "message \(id) is there already with other content")
        }
        return there
    }
    guard objection.isOpen else { throw Fault(.objectionSettled, "objection \(objection.id) is settled") }
    guard try ChangeStore.messages(of: objection.id, in: tx).count < AgreementLimits.messages else {
        throw Fault(.tooManyMessages, "the negotiation is as long as it can be", ["maximum": "\(AgreementLimits.messages)"])
    }
    try ChangeStore.insert(message, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "agreement.negotiated", subject: "objection:\(objection.id)", clause: 15,
            after: journalState([
                "message": .text("\(id)"), "words": .text(ContentHash(of: Array(message.words.utf8)).hex),
                "purpose": .optional(act?.purpose),
            ])),
        in: tx)
    return message
}

/// An objection of this customer; somebody else's is as unknown as none.
func ownObjection(_ id: ObjectionID, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Objection {
    let there = try objection(id, in: tx)
    guard there.customer == customer else { throw Fault(.unknownObjection, "there is no objection \(id)") }
    return there
}
