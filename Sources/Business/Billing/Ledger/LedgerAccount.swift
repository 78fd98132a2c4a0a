public import Charging
public import Orders

/// An account of the books by its code. The chart of accounts stands in this room's README; a new one is a new factory here.
public struct LedgerAccount: Hashable, Sendable {
    /// The code, as stored.
    public let code: String

    package init(code: String) { self.code = code }

    // MARK: Of one customer account

    /// What the customer of a charging account owes (an asset: debits raise it).
    public static func receivable(_ account: AccountID) -> LedgerAccount { LedgerAccount(code: "receivable:\(account)") }

    /// The customer's money that nothing is owed for yet (a liability: credits raise it).
    public static func deposit(_ account: AccountID) -> LedgerAccount { LedgerAccount(code: "deposit:\(account)") }

    /// Rent invoiced for months to come (a liability).
    public static func unearnedRent(_ account: AccountID) -> LedgerAccount { LedgerAccount(code: "unearned:rent:\(account)") }

    /// Penalties for late payment (income: credits raise it).
    public static func penaltyIncome(_ account: AccountID) -> LedgerAccount { LedgerAccount(code: "revenue:penalty:\(account)") }

    /// Debts given up (an expense: debits raise it).
    public static func writtenOff(_ account: AccountID) -> LedgerAccount { LedgerAccount(code: "expense:written-off:\(account)") }

    // MARK: Of the provider

    /// Earned by calls of one kind (income: credits raise it).
    public static func usageRevenue(_ kind: CallKind) -> LedgerAccount { LedgerAccount(code: "revenue:usage:\(kind.rawValue)") }

    /// Earned by charges of one kind (income).
    public static func revenue(_ kind: ChargeKind) -> LedgerAccount { LedgerAccount(code: "revenue:\(kind.rawValue)") }

    /// Costs of collection charged on to customers (income).
    public static let collection = LedgerAccount(code: "revenue:collection")

    /// What rounding an invoice line to the fen gains or loses (income).
    public static let rounding = LedgerAccount(code: "revenue:rounding")

    /// Credits granted to customers, by the clause they rest on (a reduction of income: debits raise it).
    public static func credits(clause: Int) -> LedgerAccount { LedgerAccount(code: "credits:clause-\(clause)") }

    /// Value-added tax owed to the state (a liability).
    public static let tax = LedgerAccount(code: "tax:payable")

    /// Money in the bank and in the till (an asset).
    public static let cash = LedgerAccount(code: "cash")
}
