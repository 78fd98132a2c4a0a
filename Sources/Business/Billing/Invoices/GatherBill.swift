public import Agreement
public import Basics
public import Charging
internal import Customers
internal import Orders
public import Storage

/// Gathers what a month's invoice needs besides the calls: rents and what is charged once from the customer's orders, and the terms of late
/// payment that are in force for the customer today; the regulation's where no agreement is in force.
public func gatherBill(
    of account: AccountID, month: BusinessMonth, lastDay: BusinessDate? = nil, policy: BillingPolicy = .standard,
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> BillRequest {
    let bills = try gatherBills(
        of: [account], month: month, lastDay: lastDay, policy: policy, in: tx, at: now, zone: zone)
    guard let bill = bills.first else { throw Fault(.noAccount, "no such account") }
    return bill
}

/// The same for accounts together, at most ``BillingLimits/accountsPerStep``, in their order. What they share, such as the price list, is read
/// once.
func gatherBills(
    of accounts: [AccountID], month: BusinessMonth, lastDay: BusinessDate? = nil, policy: BillingPolicy = .standard,
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [BillRequest] {
    guard !accounts.isEmpty else { return [] }
    let reads = RememberedReads(tx)
    let customers = try customers(of: AccountList(accounts), in: reads)
    let terms = try agreementFacts(of: Array(customers.values), in: reads, zone: zone)
        .compactMapValues { termsInForce(facts: $0, on: zone.date(of: now)).map { LatePaymentTerms($0.terms) } }
    let facts = try chargeFacts(of: accounts.compactMap { customers[$0] }, in: reads)
    var bills: [BillRequest] = []
    for account in accounts {
        guard let customer = customers[account] else { throw Fault(.noAccount, "no such account") }
        bills.append(
            BillRequest(
                account: account, month: month,
                charges: try charges(of: customer, facts, month: month, lastDay: lastDay, in: reads, zone: zone),
                terms: terms[customer] ?? .standard, policy: policy))
    }
    return bills
}

/// Rents, and what is charged once.
private func charges(
    of customer: CustomerID, _ facts: ChargeFacts, month: BusinessMonth, lastDay: BusinessDate?, in tx: any Transaction,
    zone: BusinessZone
) throws(Fault) -> [InvoiceableCharge] {
    var charges: [InvoiceableCharge] = []
    for charge in try recurringCharges(of: customer, by: facts, in: month, endingOn: lastDay, in: tx, zone: zone) {
        charges.append(
            .rent(
                id: [charge.order?.rawValue ?? "list", charge.item.rawValue, charge.line?.rawValue ?? "none", "\(charge.from)"]
                    .joined(separator: ":"),
                name: ChargeName(chinese: charge.name.zh, english: charge.name.en), monthly: charge.monthly,
                tax: TaxRule(perMille: Int64(charge.taxPermille)), from: charge.from, through: charge.until))
    }
    // What was done in an earlier month and forgotten is still asked for; what was invoiced is left out by its id.
    let days = month.first.adding(months: -BillingLimits.forgottenMonths)...(lastDay ?? month.last)
    for charge in oneOffCharges(of: customer, by: facts, in: days) {
        charges.append(
            .once(
                id: "\(charge.order):\(charge.position)", kind: charge.kind == .terminalSale ? .sale : .service,
                name: ChargeName(chinese: charge.name.zh, english: charge.name.en), amount: charge.amount,
                tax: TaxRule(perMille: Int64(charge.taxPermille)), on: charge.on))
    }
    return charges
}

extension LatePaymentTerms {
    /// What the agreement's blanks say about paying late.
    public init(_ terms: AgreementTerms) {
        self.init(
            ratePerMilleThousandths: Int64(terms.latePaymentRate.thousandthsOfPerMille),
            monthsUntilSuspension: Int64(terms.monthsUntilSuspension),
            monthsUntilTermination: Int64(terms.monthsUntilTermination))
    }
}
