public import Basics
public import Storage

/// A page of disputes.
public struct DisputePage: Sendable, Equatable {
    /// By the day on which the answer is due: the most urgent first.
    public let disputes: [Dispute]
    /// Where the next page begins; nil at the end.
    public let next: DisputeID?
}

/// A page of the open or of the decided disputes. Escalated ones are open until they are decided.
public func browseDisputes(
    isOpen: Bool, after id: DisputeID? = nil, limit: Int = BillingLimits.accountPage, in tx: any Transaction
) throws(Fault) -> DisputePage {
    let limit = min(max(limit, 1), BillingLimits.accountPage)
    var (condition, values): (String, [Value]) = (isOpen ? "decided_on IS NULL" : "decided_on IS NOT NULL", [])
    if let id {
        guard let last = try dispute(id, in: tx) else { throw Fault(.placeRefused, "this is no place in the list") }
        condition += " AND (answer_due, id) > ($1, $2)"
        values = [.day(last.answerDue), .id(id)]
    }
    let found = try DisputeStore.list(condition, values, limit: limit + 1, in: tx)
    return DisputePage(disputes: Array(found.prefix(limit)), next: found.count > limit ? found[limit - 1].id : nil)
}
