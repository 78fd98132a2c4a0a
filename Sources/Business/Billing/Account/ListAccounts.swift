public import Basics
public import Charging
public import Customers
public import Storage

/// An account in a list of the staff: whose it is and how it stands today.
public struct ListedAccount: Sendable, Equatable {
    /// The account.
    public let account: AccountID
    /// Whose it is.
    public let customer: CustomerID
    /// What is owed, and where it stands on the ladder.
    public let owed: Owed
}

/// A page of accounts.
public struct AccountPage: Sendable, Equatable {
    /// Those who need work first: suspended, overdue, terminated, in time; of one step the longest first.
    public let accounts: [ListedAccount]
    /// Where the next page begins; nil at the end.
    public let next: String?
}

/// How many accounts stand on each step, as the last look or the last payment has left them.
public func accountsByStep(in tx: any Transaction) throws(Fault) -> [LadderStep: Int64] {
    var counts: [LadderStep: Int64] = [:]
    for row in try tx.query("SELECT step, COUNT(*) AS number FROM billing_accounts WHERE step <> 'in-time' GROUP BY step") {
        guard let step = LadderStep(rawValue: try row.text("step")) else { continue }
        counts[step] = try row.integer("number")
    }
    let all = try tx.first("SELECT COUNT(*) AS number FROM charging_accounts")?.integer("number") ?? 0
    counts[.inTime] = all - counts.values.reduce(0, +)
    return counts
}

/// A page of all accounts, or of those on one step.
public func listAccounts(
    on step: LadderStep? = nil, after cursor: String? = nil, limit: Int = BillingLimits.accountPage, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> AccountPage {
    let limit = min(max(limit, 1), BillingLimits.accountPage)
    let start = try cursor.map(AccountCursor.init) ?? .beginning
    var values: [Value] = [.integer(start.place), .integer(start.since), .text(start.id)]
    if let step { values.append(.integer(AccountCursor.place(of: step))) }
    let rows = try tx.query(
        """
        SELECT id, customer, place, since FROM (
            SELECT c.id, c.customer, COALESCE(b.step_since, 0) AS since, CAST(CASE COALESCE(b.step, 'in-time')
                WHEN 'suspended' THEN 0 WHEN 'overdue' THEN 1 WHEN 'terminated' THEN 2 ELSE 3 END AS BIGINT) AS place
            FROM charging_accounts c LEFT JOIN billing_accounts b ON b.account = c.id) a
        WHERE (place, since, id) > ($1, $2, $3)\(step == nil ? "" : " AND place = $4")
        ORDER BY place, since, id LIMIT \(limit + 1)
        """, values)
    var accounts: [ListedAccount] = []
    for row in rows.prefix(limit) {
        accounts.append(try listed(row.id("id"), of: row.id("customer"), in: tx, at: now, zone: zone))
    }
    guard rows.count > limit else { return AccountPage(accounts: accounts, next: nil) }
    let last = rows[limit - 1]
    let next = AccountCursor(
        place: try last.integer("place"), since: try last.integer("since"), id: try last.text("id"))
    return AccountPage(accounts: accounts, next: next.text)
}

/// The accounts of some customers, in their order; who has none is left out.
public func accounts(
    of customers: [CustomerID], in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [ListedAccount] {
    var found: [ListedAccount] = []
    for customer in customers.prefix(BillingLimits.accountPage) {
        guard let row = try tx.first("SELECT id FROM charging_accounts WHERE customer = $1", [.id(customer)]) else { continue }
        found.append(try listed(row.id("id"), of: customer, in: tx, at: now, zone: zone))
    }
    return found
}

/// The account that a paper belongs to, by the number of an invoice or a credit note; nil where there is none.
public func accountOfPaper(
    numbered number: String, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> ListedAccount? {
    let row = try tx.first(
        """
        SELECT c.id, c.customer FROM charging_accounts c WHERE c.id IN (
            SELECT account FROM billing_invoices WHERE number = $1 UNION SELECT account FROM billing_credit_notes WHERE number = $1)
        """, [.text(number)])
    return try row.map { row throws(Fault) in try listed(row.id("id"), of: row.id("customer"), in: tx, at: now, zone: zone) }
}

/// One account as a list shows it.
public func listedAccount(
    _ id: AccountID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> ListedAccount {
    try listed(id, of: accountOwner(id, in: tx), in: tx, at: now, zone: zone)
}

/// Whose account it is.
public func accountOwner(_ id: AccountID, in tx: any Transaction) throws(Fault) -> CustomerID {
    guard let row = try tx.first("SELECT customer FROM charging_accounts WHERE id = $1", [.id(id)]) else {
        throw Fault(.noAccount, "no such account")
    }
    return try row.id("customer")
}

private func listed(
    _ account: AccountID, of customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> ListedAccount {
    ListedAccount(
        account: account, customer: customer,
        owed: try owed(by: account, on: zone.date(of: now), in: tx, at: now, zone: zone))
}

/// A place in the list of accounts.
private struct AccountCursor {
    let place: Int64
    let since: Int64
    let id: String

    static let beginning = AccountCursor(place: -1, since: 0, id: "")

    init(place: Int64, since: Int64, id: String) {
        self.place = place
        self.since = since
        self.id = id
    }

    init(_ text: String) throws(Fault) {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let place = Int64(parts[0]), let since = Int64(parts[1]), parts[2].utf8.count <= 64 else {
            throw Fault(.placeRefused, "this is no place in the list")
        }
        self.init(place: place, since: since, id: String(parts[2]))
    }

    var text: String { "\(place).\(since).\(id)" }

    static func place(of step: LadderStep) -> Int64 {
        switch step {
        case .suspended: 0
        case .overdue: 1
        case .terminated: 2
        case .inTime: 3
        }
    }
}

extension Standing {
    /// The due date of the oldest invoice that is overdue; nil where none is.
    public var overdueSince: BusinessDate? { claims.filter { $0.due < on && $0.principal != .zero }.map(\.due).min() }
}
