public import Basics
public import Charging
public import Orders

/// Names an invoice inside the program; its number is what people read.
public typealias InvoiceID = Identifier<Invoice>

/// An invoice: what an account was asked to pay, with a number and a due date. It is never changed; a credit note corrects it.
public struct Invoice: Sendable, Equatable {
    /// Why it was made.
    public enum Kind: String, Sendable {
        /// A month is over.
        case month
        /// The agreement ends (clause 11).
        case final
    }

    /// The id.
    public let id: InvoiceID
    /// The number, such as `ZD-2026-000001`; there are no holes in the numbers of a year.
    public let number: String
    /// Whose.
    public let account: AccountID
    /// Why.
    public let kind: Kind
    /// The month that it is for.
    public let month: BusinessMonth
    /// The day on which it was made.
    public let issuedOn: BusinessDate
    /// The last day on which it is paid in time, as it was set.
    public let due: BusinessDate
    /// The terms of late payment at that day.
    public let terms: LatePaymentTerms
    /// Calls that ended from here on are on it …
    public let usageFrom: Timestamp
    /// … up to here, not included.
    public let usageUntil: Timestamp
    /// Its lines.
    public let lines: [InvoiceLine]
    /// What else was owed on that day.
    public let statement: InvoiceStatement

    /// All lines without tax.
    public var net: Money { lines.reduce(.zero) { $0 + $1.amount.net } }
    /// The tax on all lines.
    public var tax: Money { lines.reduce(.zero) { $0 + $1.amount.tax } }
    /// What this invoice asks for, without what was carried over.
    public var total: Money { net + tax }
}

/// One line of an invoice, rounded once.
public struct InvoiceLine: Sendable, Equatable {
    /// What it is for.
    public enum Subject: Hashable, Sendable {
        /// Calls of a kind.
        case usage(CallKind)
        /// Anything else.
        case charge(ChargeKind)
    }

    /// What for.
    public let subject: Subject
    /// The charge's id; nil for calls.
    public let charge: String?
    /// How it is called; nil for calls, which the faces name in the reader's language.
    public let name: ChargeName?
    /// The first day that it covers.
    public let from: BusinessDate
    /// The last day that it covers.
    public let through: BusinessDate
    /// Calls, or days of rent; 1 for anything else.
    public let quantity: Int64
    /// The exact amount before rounding, as the books had it before this invoice; zero for what was not in the books.
    public let exact: Money
    /// Rate and kind of tax.
    public let tax: TaxRule
    /// Net and tax.
    public let amount: TaxedAmount

    /// The month that it is for.
    public var month: BusinessMonth { from.month }
    /// What is owed for it.
    public var total: Money { amount.total }
}

/// What else stood on the account when an invoice was made: a snapshot for the reader, not part of what the invoice asks for.
public struct InvoiceStatement: Sendable, Equatable {
    /// Unpaid on earlier invoices.
    public let broughtForward: Money
    /// Costs of collection.
    public let costs: Money
    /// Penalties as of that day.
    public let penalty: Money
    /// In dispute and not asked for.
    public let held: Money
    /// Taken from the deposit.
    public let depositUsed: Money
    /// To pay altogether.
    public let toPay: Money
}
