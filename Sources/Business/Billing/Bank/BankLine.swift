public import Basics
public import Charging

/// Names an import: it is made of the file's content, so that the same file is known again.
public typealias BankImportID = Identifier<BankImport>

/// A bank statement that was taken in.
public struct BankImport: Sendable, Equatable {
    /// The name.
    public let id: BankImportID
    /// The file's name, as the staff gave it.
    public let name: String
    /// Lines in the file.
    public let lines: Int64
    /// Lines that became payments.
    public let matched: Int64
    /// Lines that wait for the staff.
    public let unmatched: Int64
    /// Lines that had come before with another statement.
    public let repeated: Int64
    /// Lines that are still to be looked at, by the clock.
    public let waiting: Int64
    /// When it was taken in.
    public let importedAt: Timestamp
    /// By whom.
    public let importedBy: String
}

/// Names a line: money that came and has to be somebody's.
public typealias BankLineID = Identifier<BankLine>

/// Money that came to the bank, or through a payment provider without an intent that fits.
public struct BankLine: Sendable, Equatable {
    /// What became of it.
    public enum State: String, Sendable, CaseIterable {
        /// Not looked at yet.
        case new
        /// A payment of an account.
        case matched
        /// The staff has to say whose it is.
        case unmatched
        /// No payment of a customer.
        case setAside = "set-aside"
    }

    /// The name.
    public let id: BankLineID
    /// The import, or `provider:NAME`.
    public let origin: String
    /// The line's number in the file; 0 for a provider's.
    public let position: Int64
    /// The day on which the money came.
    public let on: BusinessDate
    /// How much.
    public let amount: Money
    /// What the payer wrote.
    public let reference: String
    /// Who paid, as the bank says.
    public let payer: BankPayer
    /// What became of it.
    public let state: State
    /// Whose payment it is; of an unmatched one, whose it may be.
    public let account: AccountID?
    /// The payment that it became.
    public let payment: PaymentID?
    /// Why it does not match, or why it was set aside.
    public let reason: String?
}
