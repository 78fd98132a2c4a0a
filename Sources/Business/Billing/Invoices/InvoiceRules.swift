internal import Basics
internal import Charging
internal import Orders

/// Calls of one kind in one month as the books have them.
struct UsageSum {
    let month: BusinessMonth
    let kind: CallKind
    let calls: Int64
    let exact: Money
}

/// The lines of an invoice: calls by month and kind, then charges in the order given. What costs nothing has no line.
func invoiceLines(
    usage: [UsageSum], charges: [InvoiceableCharge], month: BusinessMonth, through day: BusinessDate, usageTax: TaxRule
) -> [InvoiceLine] {
    let calls = usage.sorted { ($0.month, $0.kind.rawValue) < ($1.month, $1.kind.rawValue) }.map { sum in
        InvoiceLine(
            subject: .usage(sum.kind), charge: nil, name: nil, from: sum.month.first,
            through: min(sum.month.last, max(day, sum.month.first)),
            quantity: sum.calls, exact: sum.exact, tax: usageTax, amount: usageTax.apply(to: sum.exact))
    }
    let others = charges.compactMap { charge in
        charge.kind == .rent ? rentLine(charge, month: month.adding(months: charge.monthsAhead)) : onceLine(charge)
    }
    return calls + others
}

private func rentLine(_ charge: InvoiceableCharge, month: BusinessMonth) -> InvoiceLine? {
    let days = rentDays(from: charge.from, through: charge.through, in: month)
    let amount = charge.tax.apply(to: rent(charge.amount, from: charge.from, through: charge.through, in: month))
    guard days > 0, amount.total != .zero else { return nil }
    return InvoiceLine(
        subject: .charge(.rent), charge: charge.id, name: charge.name, from: max(charge.from, month.first),
        through: min(charge.through ?? month.last, month.last), quantity: days, exact: .zero, tax: charge.tax, amount: amount)
}

private func onceLine(_ charge: InvoiceableCharge) -> InvoiceLine? {
    let amount = charge.tax.apply(to: charge.amount)
    guard amount.total != .zero else { return nil }
    return InvoiceLine(
        subject: .charge(charge.kind), charge: charge.id, name: charge.name, from: charge.from, through: charge.from, quantity: 1,
        exact: .zero, tax: charge.tax, amount: amount)
}

/// What an invoice books of its own: revenue and tax of its charges, tax and rounding of its calls, which are in the books already.
func invoiceEntries(_ lines: [InvoiceLine], of account: AccountID, month: BusinessMonth) -> [LedgerEntry] {
    var sums: [LedgerAccount: Money] = [:]
    for line in lines {
        switch line.subject {
        case .usage(let kind):
            let before = line.tax.isIncluded ? line.amount.total : line.amount.net
            sums[.rounding, default: .zero] -= before - line.exact
            if line.tax.isIncluded { sums[.usageRevenue(kind), default: .zero] += line.amount.tax }
        case .charge(let kind):
            let earned: LedgerAccount = line.isAhead(of: month) ? .unearnedRent(account) : .revenue(kind)
            sums[earned, default: .zero] -= line.amount.net
        }
        sums[.tax, default: .zero] -= line.amount.tax
        sums[.receivable(account), default: .zero] += line.total - line.exact
    }
    return sums.filter { $0.value != .zero }.sorted { $0.key.code < $1.key.code }
        .map { LedgerEntry(account: $0.key, amount: $0.value) }
}
