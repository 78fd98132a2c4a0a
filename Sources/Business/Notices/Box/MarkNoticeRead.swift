public import Basics
public import Customers
public import Storage

/// The customer opened a notice; that of somebody else is unknown. Not a business change, so the journal does not hear of it.
public func markNoticeRead(
    _ id: NoticeID, of customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Notice {
    try NoticeStore.markRead(id, of: customer, at: now, in: tx)
    guard let notice = try NoticeStore.find(id, of: customer, in: tx) else {
        throw Fault(.unknownNotice, "the customer has no such notice")
    }
    return notice
}

/// The customer has seen all notices up to a position: the newest one on the page, so that one that came meanwhile stays unread.
/// Returns how many were unread.
@discardableResult
public func markNoticesRead(
    upTo position: Int64, of customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Int {
    try NoticeStore.markRead(upTo: position, of: customer, at: now, in: tx)
}
