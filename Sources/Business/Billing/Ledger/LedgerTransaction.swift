public import Basics

/// Names a transaction of the books; made by whoever starts it, so that a repeat is known.
public struct LedgerTransactionID: Hashable, Sendable {
    /// The text, as stored, such as `usage:CALL:2026-11`.
    public let rawValue: String

    /// Names a transaction.
    public init(_ text: String) { rawValue = text }
}

/// One side of a transaction. Debits are positive, credits negative.
public struct LedgerEntry: Hashable, Sendable {
    /// The account.
    public let account: LedgerAccount
    /// The amount; never zero.
    public let amount: Money

    package init(account: LedgerAccount, amount: Money) {
        self.account = account
        self.amount = amount
    }

    /// Puts an amount on the left side.
    public static func debit(_ account: LedgerAccount, _ amount: Money) -> LedgerEntry {
        LedgerEntry(account: account, amount: amount)
    }

    /// Puts an amount on the right side.
    public static func credit(_ account: LedgerAccount, _ amount: Money) -> LedgerEntry {
        LedgerEntry(account: account, amount: -amount)
    }
}

/// A transaction of the books: entries that sum to zero, never changed afterwards; a correction is a new one naming the old.
public struct LedgerTransaction: Sendable, Equatable {
    /// Its id.
    public let id: LedgerTransactionID
    /// What happened, such as `usage`.
    public let kind: String
    /// What it is about, such as `call:ID`.
    public let subject: String
    /// When it counts for the customer.
    public let effectiveAt: Timestamp
    /// The transaction that this one corrects.
    public let corrects: LedgerTransactionID?
    /// The entries.
    public let entries: [LedgerEntry]

    /// Describes a transaction.
    public init(
        id: LedgerTransactionID, kind: String, subject: String, effectiveAt: Timestamp, corrects: LedgerTransactionID? = nil,
        entries: [LedgerEntry]
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.effectiveAt = effectiveAt
        self.corrects = corrects
        self.entries = entries
    }
}

/// Whether entries may be booked together: at least two, none of nothing, and they sum to zero.
package func isBalanced(_ entries: [LedgerEntry]) -> Bool {
    guard (2...BillingLimits.entriesPerTransaction).contains(entries.count) else { return false }
    var sum: Int64 = 0
    for entry in entries {
        let (next, overflow) = sum.addingReportingOverflow(entry.amount.micros)
        guard !overflow, entry.amount != .zero else { return false }
        sum = next
    }
    return sum == 0
}
