public import Basics
public import Customers
public import Storage

/// What is needed to open an account.
public struct OpenAccountRequest: Sendable {
    /// Its id, made by the asker: a repeat returns the account.
    public let id: AccountID
    /// Whose it is.
    public let customer: CustomerID
    /// The limit that the customer chose.
    public let creditLimit: Money

    /// Asks for an account.
    public init(id: AccountID, customer: CustomerID, creditLimit: Money = ChargingLimits.standardCreditLimit) {
        self.id = id
        self.customer = customer
        self.creditLimit = creditLimit
    }
}

/// Opens the account that a customer's lines are charged to.
@discardableResult
public func openAccount(_ request: OpenAccountRequest, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Account {
    try checkCreditLimit(request.creditLimit)
    let inserted = try tx.execute(
        """
        INSERT INTO charging_accounts (id, customer, credit_limit, reserved, opened_at) VALUES ($1, $2, $3, 0, $4)
        ON CONFLICT DO NOTHING
        """, [.id(request.id), .id(request.customer), .money(request.creditLimit), .time(now)])
    if inserted == 0 {
        let there = try? CreditStore(tx: tx).account("id = $1", .id(request.id))
        guard let there, there.customer == request.customer else {
            throw Fault(.accountExists, "the customer has another account, or the id belongs to another customer")
        }
        return there
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(request.customer)", action: "account.opened", subject: "account:\(request.id)", clause: 9,
            after: #"{"creditLimit":\#(request.creditLimit.micros)}"#), in: tx)
    return Account(
        id: request.id, customer: request.customer, creditLimit: request.creditLimit, reserved: .zero, openedAt: now)
}

/// Refuses a limit that nobody may choose.
func checkCreditLimit(_ limit: Money) throws(Fault) {
    guard limit >= .zero, limit <= ChargingLimits.highestCreditLimit else {
        throw Fault(
            .creditLimitOutOfRange, "a credit limit lies between 0 and the highest",
            ["highest": String(ChargingLimits.highestCreditLimit.micros / 1_000_000)])
    }
}
