public import Agreement
public import Basics
public import Customers
public import Lines
public import Storage

/// An order that a customer confirms.
public struct ConfirmOrderRequest: Sendable {
    /// The id, made by the page.
    public var id: OrderID
    /// Who orders.
    public var customer: CustomerID
    /// What.
    public var content: OrderContent
    /// The ``OrderPreview/mark`` of what the customer saw; nil where nobody looked, as in a demo.
    public var seen: String?
    /// The monthly credit limit that goes with a first line; it stands in the order.
    public var creditLimit: Money?
    /// The numbers that the provider gives out.
    public var pool: NumberPool

    /// Makes a request.
    public init(
        id: OrderID, customer: CustomerID, content: OrderContent, seen: String? = nil, creditLimit: Money? = nil,
        pool: NumberPool = .standard
    ) {
        self.id = id
        self.customer = customer
        self.content = content
        self.seen = seen
        self.creditLimit = content.kind == .openLine ? creditLimit : nil
        self.pool = pool
    }
}

/// Confirms an order (clause 2): from here on it is numbered and immutable, has a document and is an annex of the agreement. What needs
/// nothing more is done at once. A repeat with the same id is the first order; with other content it is refused. Without a seal at hand
/// the fingerprint of the agreement is sealed later (``sealFingerprints(with:in:)``).
public func confirmOrder(
    _ request: ConfirmOrderRequest, vault: Vault, seal: ProviderSeal? = nil, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Order {
    // Whoever confirms waits here for whoever confirmed before: numbers have no holes, and a repeat finds the first.
    let year = zone.date(of: now).year
    try OrderStore.lockNumbers(of: year, in: tx)
    if let there = try OrderStore.find(request.id, in: tx) {
        guard there.customer == request.customer, there.content == request.content,
            there.creditLimit == request.creditLimit
        else {
            throw Fault(.orderDiffers, "an order with this id orders something else")
        }
        return there
    }
    let preview = try previewOrder(request.content, of: request.customer, in: tx, at: now, zone: zone)
    guard request.seen.map({ $0 == preview.mark }) ?? true else {
        throw Fault(.previewChanged, "a price or a date has changed since the preview")
    }
    let application = try mayOrder(request, in: tx, at: now)
    let count = try OrderStore.nextNumber(of: year, in: tx)
    let order = try record(request, preview, number: orderNumber(count, year: year), vault, seal, in: tx, at: now, zone: zone)
    if application != nil {
        return try move(order, to: .pending, by: "customer:\(order.customer)", in: tx, at: now)
    }
    return try fulfil(order, pool: request.pool, in: tx, at: now, zone: zone)
}

/// The application that the order belongs to; nil where the customer has an agreement in force. Throws where neither is so.
private func mayOrder(
    _ request: ConfirmOrderRequest, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Application? {
    guard try OrderStore.count(of: request.customer, in: tx) < OrdersLimits.ordersPerCustomer else {
        throw Fault(.tooManyOrders, "the customer has too many orders", ["maximum": "\(OrdersLimits.ordersPerCustomer)"])
    }
    if case .openLine(let number, _, _) = request.content,
        let application = try ApplicationStore.locked(of: request.customer, in: tx), application.state == .open
    {
        guard application.number == number else {
            throw Fault(.applicationNumber, "the application keeps another number", ["number": application.number.grouped])
        }
        guard try OrderStore.openApplicationOrder(of: request.customer, in: tx) == nil else {
            throw Fault(.applicationOrdered, "the application has an order already; cancel it to order something else")
        }
        return application
    }
    guard try isInForce(request.customer, at: now, in: tx) else {
        throw Fault(.notInForce, "the customer has no agreement in force", ["day": ""])
    }
    guard try EndingStore.open(of: request.customer, in: tx) == nil || request.content.kind == .end else {
        throw Fault(.customerEnding, "the customer has asked to end; withdraw that first")
    }
    return nil
}

/// Writes the order with its document and makes it an annex.
private func record(
    _ request: ConfirmOrderRequest, _ preview: OrderPreview, number: String, _ vault: Vault, _ seal: ProviderSeal?,
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Order {
    let customer = try customer(request.customer, in: tx)
    let html = orderDocument(
        number: number, preview, creditLimit: request.creditLimit, of: customer, confirmedAt: now, zone: zone)
    let document = try storeDocument(Array(html.utf8), kind: "order", of: customer.id, vault: vault, in: tx, at: now)
    try attachAnnex(
        number: number, title: kindWords(request.content.kind), document: document, of: customer.id, seal: seal, in: tx, at: now)
    let order = Order(
        id: request.id, number: number, customer: request.customer, content: request.content, creditLimit: request.creditLimit,
        items: preview.items, perSecond: preview.perSecond, terms: preview.terms, effectiveOn: preview.effectiveOn,
        confirmedAt: now,
        document: document,
        state: .acknowledged, stateAt: now, stateReason: nil)
    try OrderStore.insert(order, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(request.customer)", action: "order.confirmed", subject: "order:\(order.id)", clause: 2,
            after: journalState([
                "number": .text(number), "kind": .text(order.kind.rawValue), "document": .text(document.hex),
                "oneOff": .number(order.oneOff.micros), "monthly": .number(order.monthly.micros),
                "creditLimit": request.creditLimit.map { .number($0.micros) } ?? JournalValue.none,
            ])),
        in: tx)
    return order
}
