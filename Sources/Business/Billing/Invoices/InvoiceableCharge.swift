public import Basics

/// What a charge on an invoice is for.
public enum ChargeKind: String, Sendable, CaseIterable {
    /// Monthly rent of a plan, an add-on or a terminal.
    case rent
    /// A terminal that was sold.
    case sale
    /// Something done once, such as an installation.
    case service
}

/// A name in both languages of the house, as it stands on the invoice.
public struct ChargeName: Hashable, Sendable {
    /// In Chinese.
    public let chinese: String
    /// In English.
    public let english: String

    /// A name.
    public init(chinese: String, english: String) {
        self.chinese = chinese
        self.english = english
    }
}

/// Something other than calls that an invoice may ask for, as whoever knows the orders hands it over.
public struct InvoiceableCharge: Hashable, Sendable {
    /// Which charge: the same one is never invoiced twice. A rent is one charge for all its months.
    public let id: String
    /// What it is for.
    public let kind: ChargeKind
    /// How it is called.
    public let name: ChargeName
    /// The rent of a whole month, or the whole amount.
    public let amount: Money
    /// Its tax.
    public let tax: TaxRule
    /// A rent's first day; the day of anything else.
    public let from: BusinessDate
    /// A rent's last day; nil while it goes on.
    public let through: BusinessDate?
    /// How many months ahead a rent is invoiced: 0 is the month that is over, 1 the one that has begun.
    public let monthsAhead: Int64

    /// A monthly rent, owed to the day at both ends.
    public static func rent(
        id: String, name: ChargeName, monthly: Money, tax: TaxRule = .service, from: BusinessDate, through: BusinessDate? = nil,
        monthsAhead: Int64 = 0
    ) -> InvoiceableCharge {
        InvoiceableCharge(
            id: id, kind: .rent, name: name, amount: monthly, tax: tax, from: from, through: through,
            monthsAhead: min(max(monthsAhead, 0), 1))
    }

    /// A charge that is made once.
    public static func once(
        id: String, kind: ChargeKind, name: ChargeName, amount: Money, tax: TaxRule, on day: BusinessDate
    ) -> InvoiceableCharge {
        InvoiceableCharge(id: id, kind: kind, name: name, amount: amount, tax: tax, from: day, through: day, monthsAhead: 0)
    }
}

extension InvoiceableCharge {
    /// The key under which it is remembered as invoiced.
    func key(in month: BusinessMonth) -> String { kind == .rent ? "\(id):\(month)" : id }

    /// Refuses what no invoice can carry.
    func check() throws(Fault) {
        guard amount >= .zero, amount.isWithinLimit, (1...BillingLimits.chargeIDBytes).contains(id.utf8.count),
            name.chinese.utf8.count <= BillingLimits.nameBytes, name.english.utf8.count <= BillingLimits.nameBytes
        else { throw Fault(.chargeRefused, "charge \(id.prefix(80)) has an amount, an id or a name out of range") }
    }
}
