public import Basics
public import Storage

/// An intent in a list of the staff.
public struct ListedPaymentIntent: Sendable, Equatable {
    /// What the customer was about to pay.
    public let intent: PaymentIntent
    /// The payment that it became; nil where there is none, or not yet.
    public let payment: PaymentID?
}

/// A page of intents.
public struct PaymentIntentPage: Sendable, Equatable {
    /// The newest first.
    public let intents: [ListedPaymentIntent]
    /// Where the next page begins; nil at the end.
    public let next: String?
}

/// An intent by its id, with the payment that it became; nil where there is none.
public func listedPaymentIntent(_ id: PaymentIntentID, in tx: any Transaction) throws(Fault) -> ListedPaymentIntent? {
    let row = try tx.first(
        """
        SELECT i.*, r.id AS payment FROM billing_payment_intents i LEFT JOIN billing_receipts r ON r.id = 'intent-' || i.id
        WHERE i.id = $1
        """, [.id(id)])
    return try row.map(listed)
}

private func listed(_ row: Row) throws(Fault) -> ListedPaymentIntent {
    ListedPaymentIntent(intent: try PaymentIntentStore.read(row), payment: try row.optionalID("payment"))
}

/// A page of what customers were about to pay through providers; `text` finds one by its name, or those of one account.
public func browsePaymentIntents(
    state: PaymentIntent.State? = nil, text: String = "", after cursor: String? = nil, limit: Int = BillingLimits.accountPage,
    in tx: any Transaction
) throws(Fault) -> PaymentIntentPage {
    let limit = min(max(limit, 1), BillingLimits.accountPage)
    let place = try cursor.map(PaymentCursor.init) ?? .beginning
    let rows = try tx.query(
        """
        SELECT i.*, r.id AS payment FROM billing_payment_intents i LEFT JOIN billing_receipts r ON r.id = 'intent-' || i.id
        WHERE i.created_at <= $1 AND (i.created_at < $1 OR i.id > $2) AND ($3 = '' OR i.state = $3)
            AND ($4 = '' OR i.id = $4 OR i.account = $4)
        ORDER BY i.created_at DESC, i.id LIMIT \(limit + 1)
        """, [.integer(place.at), .text(place.id), .text(state?.rawValue ?? ""), .text(text)])
    var intents: [ListedPaymentIntent] = []
    for row in rows.prefix(limit) { intents.append(try listed(row)) }
    guard rows.count > limit, let last = intents.last?.intent else { return PaymentIntentPage(intents: intents, next: nil) }
    let next = PaymentCursor(at: last.createdAt.milliseconds, id: last.id.rawValue)
    return PaymentIntentPage(intents: intents, next: next.text)
}
