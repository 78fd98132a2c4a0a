public import Charging
public import Orders

/// An account of the books by its code. The chart of accounts stands in this room's README; a new one is a new factory here.
public struct LedgerAccount: Hashable, Sendable {
    /// The code, as stored.
    public let code: String

    package init(code: String) { self.code = code }

    /// What the customer of a charging account owes (an asset: debits raise it).
    public static func receivable(_ account: AccountID) -> LedgerAccount { LedgerAccount(code: "receivable:\(account)") }

    /// Earned by calls of one kind (income: credits raise it).
    public static func usageRevenue(_ kind: CallKind) -> LedgerAccount { LedgerAccount(code: "revenue:usage:\(kind.rawValue)") }
}
