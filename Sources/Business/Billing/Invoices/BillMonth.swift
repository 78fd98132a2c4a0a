public import Basics
public import Charging
internal import Notices
internal import Orders
public import Storage

/// A month of an account to be invoiced.
public struct BillRequest: Sendable {
    /// The account.
    public var account: AccountID
    /// The month that is over.
    public var month: BusinessMonth
    /// Rents and what is charged once; what was invoiced before is left out by itself.
    public var charges: [InvoiceableCharge]
    /// The terms of late payment in force for the customer today.
    public var terms: LatePaymentTerms
    /// The provider's policy.
    public var policy: BillingPolicy

    /// A request.
    public init(
        account: AccountID, month: BusinessMonth, charges: [InvoiceableCharge] = [], terms: LatePaymentTerms = .standard,
        policy: BillingPolicy = .standard
    ) {
        self.account = account
        self.month = month
        self.charges = charges
        self.terms = terms
        self.policy = policy
    }
}

/// Invoices a month that is over in the provider's zone. The same month again returns the same invoice; nil where there is nothing to ask for.
///
/// Every settled call that is on no earlier invoice is on this one, in a line of its own month. It is refused while a call that began in the
/// month is still running, because its share of the month is not known.
@discardableResult
public func billMonth(
    _ request: BillRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Invoice? {
    let end = zone.end(of: request.month)
    guard now >= end else {
        throw Fault(.monthNotOver, "\(request.month) is not over", ["month": "\(request.month)"])
    }
    let draft = InvoiceDraft(request: request, kind: .month, purpose: "month:\(request.month)", usageUntil: end)
    return try draft.make(in: tx, at: now, zone: zone)
}

/// An invoice that is about to be made, for a month or at the end of the agreement.
struct InvoiceDraft {
    let request: BillRequest
    let kind: Invoice.Kind
    let purpose: String
    let usageUntil: Timestamp

    /// Makes it, once.
    func make(in tx: any Transaction, at now: Timestamp, zone: BusinessZone) throws(Fault) -> Invoice? {
        let account = try BilledAccount(request.account, in: tx, at: now, zone: zone, order: request.policy.order)
        if let there = try existing(in: tx) { return there }
        guard let (invoice, facts) = try compose(for: account, number: "") else { return nil }
        let number = try Numbering.next(Numbering.invoices, on: account.today, in: tx)
        let numbered = invoice.numbered(number)
        try InvoiceStore.insert(numbered, purpose: purpose, in: tx, at: now)
        try post(numbered, in: account)
        let standing = standing(of: facts, on: account.today)
        try account.book(Change(id: "settle:\(invoice.id)", kind: "settlement"), to: standing)
        try account.follow(standing, facts, by: "system")
        try account.tell(
            .invoiceIssued, ["invoice": number, "amount": numbered.total.formatted, "due": "\(numbered.due)"],
            key: "invoice:\(number)")
        try appendJournal(
            JournalEntry(
                at: now, actor: "system", action: "invoice.issued", subject: "account:\(request.account)", clause: 5,
                after: journalState([
                    "invoice": .text(number), "kind": .text(kind.rawValue), "month": .text(request.month.description),
                    "total": .number(numbered.total.micros), "due": .text(numbered.due.description),
                ])), in: tx)
        return numbered
    }

    func existing(in tx: any Transaction) throws(Fault) -> Invoice? {
        try InvoiceStore.find("account = $1 AND purpose = $2", [.id(request.account), .text(purpose)], in: tx).first
    }

    /// What it would be as things stand, with the facts that hold once it is made; nil where there is nothing to ask for.
    func compose(for account: BilledAccount, number: String) throws(Fault) -> (Invoice, AccountFacts)? {
        guard request.charges.count <= BillingLimits.chargesPerInvoice else {
            throw Fault(.chargeRefused, "an invoice has at most \(BillingLimits.chargesPerInvoice) charges")
        }
        for charge in request.charges { try charge.check() }
        let usage = try UsageStore(tx: account.tx, account: account.id, zone: account.zone)
        let from = try usage.firstUnbilled()
        guard try !usage.hasOpenCalls(before: usageUntil) else {
            throw Fault(.callsRunning, "a call that began in the time to be billed is not settled yet")
        }
        let lines = invoiceLines(
            usage: try usage.sums(from: from, until: usageUntil), charges: try usage.unbilled(request.charges, in: request.month),
            month: request.month, through: account.zone.date(of: usageUntil.adding(milliseconds: -1)),
            usageTax: request.policy.usageTax)
        guard !lines.isEmpty else { return nil }
        var facts = try account.facts()
        let before = standing(of: facts, on: account.today)
        let invoice = Invoice(
            id: .random(), number: number, account: account.id, kind: kind, month: request.month, issuedOn: account.today,
            due: account.today.adding(days: kind == .final ? 0 : request.policy.daysToPay), terms: request.terms, usageFrom: from,
            usageUntil: usageUntil, lines: lines, statement: InvoiceStatement(before, before))
        facts.claims.append(
            Claim(
                id: invoice.id, amount: invoice.total, issuedOn: invoice.issuedOn, due: invoice.due, terms: invoice.terms))
        return (invoice.stating(InvoiceStatement(before, standing(of: facts, on: account.today))), facts)
    }

    private func post(_ invoice: Invoice, in account: BilledAccount) throws(Fault) {
        let entries = invoiceEntries(invoice.lines, of: account.id, month: invoice.month)
        if !entries.isEmpty {
            try postTransaction(
                LedgerTransaction(
                    id: LedgerTransactionID("invoice:\(invoice.id)"), kind: "invoice", subject: "invoice:\(invoice.id)",
                    effectiveAt: account.now, entries: entries), in: account.tx, at: account.now)
        }
        try earnRent(through: kind == .final ? invoice.month.next : invoice.month, in: account)
    }

    /// Rent that was invoiced ahead is earned when its month is over.
    private func earnRent(through month: BusinessMonth, in account: BilledAccount) throws(Fault) {
        let rows = try account.tx.query(
            """
            SELECT invoice, position, net FROM billing_invoice_lines l WHERE account = $1 AND unearned = 1 AND from_day <= $2
                AND NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.id = 'earn:' || l.invoice || ':' || CAST(l.position AS TEXT))
            """, [.id(account.id), .day(month.last)])
        for row in rows {
            let net = try row.money("net")
            try postTransaction(
                LedgerTransaction(
                    id: LedgerTransactionID("earn:\(try row.text("invoice")):\(try row.integer("position"))"),
                    kind: "rent-earned",
                    subject: "invoice:\(try row.text("invoice"))", effectiveAt: account.now,
                    entries: [.debit(.unearnedRent(account.id), net), .credit(.revenue(.rent), net)]),
                in: account.tx, at: account.now)
        }
    }
}

extension Invoice {
    fileprivate func numbered(_ number: String) -> Invoice { copy(number: number, statement: statement) }
    fileprivate func stating(_ statement: InvoiceStatement) -> Invoice { copy(number: number, statement: statement) }

    private func copy(number: String, statement: InvoiceStatement) -> Invoice {
        Invoice(
            id: id, number: number, account: account, kind: kind, month: month, issuedOn: issuedOn, due: due, terms: terms,
            usageFrom: usageFrom, usageUntil: usageUntil, lines: lines, statement: statement)
    }
}

extension InvoiceStatement {
    fileprivate init(_ before: Standing, _ after: Standing) {
        self.init(
            broughtForward: before.principal, costs: after.costs, penalty: after.penalty, held: after.held,
            depositUsed: max(before.deposit - after.deposit, .zero), toPay: after.owed)
    }
}
