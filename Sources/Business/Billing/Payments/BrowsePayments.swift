public import Basics
public import Customers
public import Storage

/// A payment or a credit in a list of the staff.
public struct ListedPayment: Sendable, Equatable {
    /// The payment with what it went to when it was recorded.
    public let payment: Payment
    /// Whose account it is.
    public let customer: CustomerID
    /// When it was recorded.
    public let at: Timestamp
    /// Who recorded it, as in the journal.
    public let by: String
    /// Why it was taken back.
    public let reversedBecause: String?
}

/// A page of payments.
public struct PaymentPage: Sendable, Equatable {
    /// The newest first.
    public let payments: [ListedPayment]
    /// Where the next page begins; nil at the end.
    public let next: String?
}

/// A page of all payments and credits, or of those that came one way; `reference` finds those whose reference or id begins with it.
public func browsePayments(
    method: Payment.Method? = nil, reference: String = "", after cursor: String? = nil, limit: Int = BillingLimits.accountPage,
    in tx: any Transaction
) throws(Fault) -> PaymentPage {
    let limit = min(max(limit, 1), BillingLimits.accountPage)
    let place = try cursor.map(PaymentCursor.init) ?? .beginning
    let rows = try tx.query(
        """
        SELECT r.id, r.account, r.at, r.recorded_by, v.reason, c.customer
        FROM billing_receipts r JOIN charging_accounts c ON c.id = r.account LEFT JOIN billing_reversals v ON v.receipt = r.id
        WHERE r.at <= $1 AND (r.at < $1 OR r.id > $2) AND ($3 = '' OR r.method = $3)
            AND ($4 = '' OR substr(r.reference, 1, \(reference.unicodeScalars.count)) = $4 OR r.id = $4)
        ORDER BY r.at DESC, r.id LIMIT \(limit + 1)
        """, [.integer(place.at), .text(place.id), .text(method?.rawValue ?? ""), .text(reference)])
    var payments: [ListedPayment] = []
    for row in rows.prefix(limit) { payments.append(try listed(row, in: tx)) }
    guard rows.count > limit, let last = payments.last else { return PaymentPage(payments: payments, next: nil) }
    let next = PaymentCursor(at: last.at.milliseconds, id: last.payment.id.rawValue)
    return PaymentPage(payments: payments, next: next.text)
}

private func listed(_ row: Row, in tx: any Transaction) throws(Fault) -> ListedPayment {
    guard let payment = try PaymentStore.find(row.id("id"), in: tx) else { throw Fault(.noPayment, "there is no such payment") }
    return ListedPayment(
        payment: payment, customer: try row.id("customer"), at: try row.time("at"), by: try row.text("recorded_by"),
        reversedBecause: try row.optionalText("reason"))
}

/// A payment by its id.
public func payment(_ id: PaymentID, in tx: any Transaction) throws(Fault) -> ListedPayment {
    let row = try tx.first(
        """
        SELECT r.id, r.at, r.recorded_by, v.reason, c.customer
        FROM billing_receipts r JOIN charging_accounts c ON c.id = r.account LEFT JOIN billing_reversals v ON v.receipt = r.id
        WHERE r.id = $1
        """, [.id(id)])
    guard let row else { throw Fault(.noPayment, "there is no such payment") }
    return try listed(row, in: tx)
}

/// A place in a list of payments, of intents or of events.
struct PaymentCursor {
    let at: Int64
    let id: String

    /// Before the newest.
    static let beginning = PaymentCursor(at: .max, id: "")

    init(at: Int64, id: String) {
        self.at = at
        self.id = id
    }

    init(_ text: String) throws(Fault) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let at = Int64(parts[0]) else { throw Fault(.placeRefused, "this is no place in the list") }
        self.init(at: at, id: String(parts[1]))
    }

    var text: String { "\(at).\(id)" }
}
