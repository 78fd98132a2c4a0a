public import Basics
internal import Charging
public import Storage

/// An event of a payment provider in a list of the staff: what it said and what became of it.
public struct ListedPaymentEvent: Sendable, Equatable {
    /// What the provider said.
    public let event: PaymentEvent
    /// When it came.
    public let at: Timestamp
    /// What came of it.
    public let result: PaymentEventOutcome.Result
    /// The payment that was recorded or taken back.
    public let payment: PaymentID?
    /// The intent that it speaks of; nil where the reference names none of the provider's.
    public let intent: PaymentIntent?
    /// The line among the unmatched ones that it became, with what the staff did with it.
    public let line: BankLine?
}

/// A page of events.
public struct PaymentEventPage: Sendable, Equatable {
    /// The newest first.
    public let events: [ListedPaymentEvent]
    /// Where the next page begins; nil at the end.
    public let next: String?
}

/// A page of what payment providers have said and the books have taken in; `text` finds events by their id or by their reference. What was refused –
/// a wrong signature, another currency – left no trace and is not here.
public func browsePaymentEvents(
    result: PaymentEventOutcome.Result? = nil, text: String = "", after cursor: String? = nil,
    limit: Int = BillingLimits.accountPage, in tx: any Transaction
) throws(Fault) -> PaymentEventPage {
    let limit = min(max(limit, 1), BillingLimits.accountPage)
    let place = try cursor.map(PaymentCursor.init) ?? .beginning
    let rows = try tx.query(
        """
        SELECT * FROM billing_payment_events
        WHERE at <= $1 AND (at < $1 OR provider || '/' || id > $2) AND ($3 = '' OR result = $3)
            AND ($4 = '' OR id = $4 OR reference = $4)
        ORDER BY at DESC, provider || '/' || id LIMIT \(limit + 1)
        """, [.integer(place.at), .text(place.id), .text(result?.rawValue ?? ""), .text(text)])
    var events: [ListedPaymentEvent] = []
    for row in rows.prefix(limit) { events.append(try listed(row, in: tx)) }
    guard rows.count > limit, let last = events.last else { return PaymentEventPage(events: events, next: nil) }
    let next = PaymentCursor(at: last.at.milliseconds, id: "\(last.event.provider)/\(last.event.id)")
    return PaymentEventPage(events: events, next: next.text)
}

private func listed(_ row: Row, in tx: any Transaction) throws(Fault) -> ListedPaymentEvent {
    guard let kind = PaymentEvent.Kind(rawValue: try row.text("kind")),
        let result = PaymentEventOutcome.Result(rawValue: try row.text("result"))
    else { throw Fault(.schema, "an event of a payment provider is of a kind or has a result that this program does not know") }
    let event = PaymentEvent(
        id: try row.text("id"), provider: try row.text("provider"), kind: kind, reference: try row.text("reference"),
        amount: try row.money("amount"), currency: try row.text("currency"), paidOn: try row.optionalDay("paid_on"))
    let intent = try PaymentIntentID(event.reference).flatMap { id throws(Fault) in try paymentIntent(id, in: tx) }
    var line: BankLine?
    if result == .unmatched { line = try BankStore.list("id = $1", [.id(event.line)], limit: 1, in: tx).first }
    return ListedPaymentEvent(
        event: event, at: try row.time("at"), result: result, payment: try row.optionalID("payment"),
        intent: intent?.provider == event.provider ? intent : nil, line: line)
}

extension PaymentEvent {
    /// The name of the line that it becomes where it fits no intent.
    var line: BankLineID { BankLineID(trusted: contentName("\(provider)\n\(id)".utf8)) }
}
