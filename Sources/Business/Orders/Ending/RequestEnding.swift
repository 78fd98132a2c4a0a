public import Agreement
public import Basics
public import Customers
public import Storage

/// Somebody who wants to stop.
public struct RequestEndingRequest: Sendable {
    /// The id, made by the page. It is the id of the order and of the ending.
    public var id: EndingID
    /// Who stops.
    public var customer: CustomerID
    /// The last day of service.
    public var wished: BusinessDate

    /// Makes a request.
    public init(id: EndingID, customer: CustomerID, wished: BusinessDate) {
        self.id = id
        self.customer = customer
        self.wished = wished
    }
}

/// Takes the customer's word that they stop (clause 11), as an order like any other. The service goes on to the end of the wished day.
/// A repeat with the same id is the first request.
@discardableResult
public func requestEnding(
    _ request: RequestEndingRequest, vault: Vault, seal: ProviderSeal? = nil, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Ending {
    let order = ConfirmOrderRequest(
        id: OrderID(trusted: request.id.rawValue), customer: request.customer, content: .end(wished: request.wished))
    _ = try confirmOrder(order, vault: vault, seal: seal, in: tx, at: now, zone: zone)
    return try ending(request.id, of: request.customer, in: tx)
}

/// Opens the ending of an order. Its id is that of the order.
func openEnding(
    of customer: CustomerID, wished: BusinessDate, order: OrderID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) {
    try checkEndingDay(wished, zone.date(of: now))
    let ending = Ending(
        id: EndingID(trusted: order.rawValue), customer: customer, order: order, reason: try reason(of: customer, in: tx),
        requestedAt: now, wished: wished,
        state: .requested, lastDay: nil, owed: nil, settlingAt: nil, paidAt: nil, endedAt: nil, withdrawnAt: nil)
    guard try EndingStore.open(of: customer, in: tx) == nil, try EndingStore.insert(ending, in: tx) else {
        throw Fault(.endingRequested, "the customer has asked to end already")
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "ending.requested", subject: "customer:\(customer)", clause: 11,
            after: journalState([
                "ending": .text(ending.id.rawValue), "reason": .text(ending.reason.rawValue), "wished": .text("\(wished)"),
            ])),
        in: tx)
}

/// Who settled an objection by leaving and now says when, ends because of the change (clause 15); everybody else because they wish.
private func reason(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> EndReason {
    let asked = try EndingStore.list(of: customer, in: tx).first?.requestedAt
    let leaves = try objections(of: customer, in: tx).contains { objection in
        guard objection.outcome == .end, let settled = objection.settledAt else { return false }
        return asked.map { $0 < settled } ?? true
    }
    return leaves ? .change : .customer
}

/// The ending with this id, for staff.
public func ending(_ id: EndingID, in tx: any Transaction) throws(Fault) -> Ending {
    guard let ending = try EndingStore.find(id, in: tx) else { throw Fault(.unknownEnding, "there is no ending \(id)") }
    return ending
}

/// Endings that are over, the latest first.
public func pastEndings(in tx: any Transaction, limit: Int = 200) throws(Fault) -> [Ending] {
    try EndingStore.over(limit: limit, in: tx)
}

/// A customer's ending; another customer's is as if it did not exist.
public func ending(_ id: EndingID, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Ending {
    guard let ending = try EndingStore.find(id, in: tx), ending.customer == customer else {
        throw Fault(.unknownEnding, "the customer has no ending \(id)")
    }
    return ending
}

/// A customer's endings, the newest first.
public func endings(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Ending] {
    try EndingStore.list(of: customer, in: tx)
}

/// The customer's ending that is under way.
public func openEnding(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Ending? {
    try EndingStore.open(of: customer, in: tx)
}

/// Endings under way, by their wished day: the work of staff.
public func endingQueue(in tx: any Transaction, limit: Int = 200) throws(Fault) -> [Ending] {
    try EndingStore.list(in: [.requested, .settling, .paid], wishedBefore: nil, limit: limit, in: tx)
}

/// Endings whose last day is over but whose service still runs, and those that are being settled: what the daily close advances with
/// what Billing says is owed.
public func dueEndings(in tx: any Transaction, on today: BusinessDate, limit: Int = 500) throws(Fault) -> [Ending] {
    try EndingStore.list(in: [.requested, .settling, .paid], wishedBefore: today, limit: limit, in: tx)
}
