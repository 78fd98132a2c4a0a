public import Basics
public import Customers
public import Storage

/// A page of a customer's box, newest first. The next page begins `before` the position of the last notice of this one.
public func listNotices(
    of customer: CustomerID, before position: Int64? = nil, limit: Int = 20, in tx: any Transaction
) throws(Fault) -> [Notice] {
    let limit = min(max(limit, 1), NoticesLimits.noticesPerPage)
    return try NoticeStore.list(of: customer, before: position ?? .max, limit: limit, in: tx)
}

/// How many notices a customer has not read, up to ``NoticesLimits/unreadCounted`` and one more.
public func unreadNotices(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Int {
    try NoticeStore.unread(of: customer, upTo: NoticesLimits.unreadCounted + 1, in: tx)
}
