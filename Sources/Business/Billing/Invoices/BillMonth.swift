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
    switch try billMonths([request], of: request.month, in: tx, at: now, zone: zone).first {
    case .made(let invoice), .there(let invoice): return invoice
    case .waits(let fault): throw fault
    case .nothing, nil: return nil
    }
}

/// What became of an account's month.
enum BillOutcome {
    /// It was invoiced now.
    case made(Invoice)
    /// It had been invoiced.
    case there(Invoice)
    /// There is nothing to ask for.
    case nothing
    /// It cannot be invoiced yet: a call runs, or a charge is refused. Nothing was written.
    case waits(Fault)
}

/// Invoices a month for accounts together, at most ``BillingLimits/accountsPerStep``; what became of each, in their order.
func billMonths(
    _ requests: [BillRequest], of month: BusinessMonth, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [BillOutcome] {
    let end = zone.end(of: month)
    guard now >= end else { throw Fault(.monthNotOver, "\(month) is not over", ["month": "\(month)"]) }
    let drafts = requests.map { InvoiceDraft(request: $0, kind: .month, purpose: "month:\(month)", usageUntil: end) }
    return try make(drafts, in: tx, at: now, zone: zone)
}

/// Makes drafts of one purpose and end. What the accounts need is read for all of them before anything is written.
private func make(
    _ drafts: [InvoiceDraft], in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [BillOutcome] {
    guard let first = drafts.first else { return [] }
    let ids = drafts.map(\.request.account)
    let writes = GatheredWrites(in: tx, at: now, zone: zone)
    let accounts = try billedAccounts(
        ids, gathering: writes, in: tx, at: now, zone: zone, order: first.request.policy.order)
    let there = try InvoiceStore.find(ids, purpose: first.purpose, in: tx)
    let unbilled = try Unbilled.load(ids.filter { there[$0] == nil }, until: first.usageUntil, in: tx, zone: zone)
    var outcomes: [BillOutcome] = []
    var composed: [(place: Int, invoice: ComposedInvoice)] = []
    for (draft, account) in zip(drafts, accounts) {
        if let invoice = there[account.id] {
            outcomes.append(.there(invoice))
        } else if let unbilled = unbilled[account.id] {
            do throws(Fault) {
                if let own = try draft.compose(for: account, unbilled) { composed.append((outcomes.count, own)) }
                outcomes.append(.nothing)
            } catch {
                // Both are found before anything is written.
                guard error.code == .callsRunning || error.code == .chargeRefused else { throw error }
                outcomes.append(.waits(error))
            }
        }
    }
    // Nearly always it is one year: an account's day may be later than the clock's.
    for (_, same) in Dictionary(grouping: composed, by: \.invoice.account.today.year).sorted(by: { $0.key < $1.key }) {
        let numbers = try Numbering.next(same.count, of: Numbering.invoices, on: same[0].invoice.account.today, in: tx)
        for ((place, own), number) in zip(same, numbers) { outcomes[place] = .made(try own.make(number, gathering: writes)) }
    }
    try writes.write()
    return outcomes
}

/// An invoice that is about to be made, for a month or at the end of the agreement.
struct InvoiceDraft {
    let request: BillRequest
    let kind: Invoice.Kind
    let purpose: String
    let usageUntil: Timestamp

    /// Makes it, once.
    func make(in tx: any Transaction, at now: Timestamp, zone: BusinessZone) throws(Fault) -> Invoice? {
        switch try Billing.make([self], in: tx, at: now, zone: zone).first {
        case .made(let invoice), .there(let invoice): return invoice
        case .waits(let fault): throw fault
        case .nothing, nil: return nil
        }
    }

    /// The invoice where it was made before.
    func existing(in tx: any Transaction) throws(Fault) -> Invoice? {
        try InvoiceStore.find([request.account], purpose: purpose, in: tx)[request.account]
    }

    /// What it would be as things stand, with the facts that hold once it is made; nil where there is nothing to ask for.
    func compose(for account: BilledAccount, number: String) throws(Fault) -> (Invoice, AccountFacts)? {
        let unbilled = try Unbilled.load([account.id], until: usageUntil, in: account.tx, zone: account.zone)
        guard let own = unbilled[account.id] else { return nil }
        return try compose(for: account, own).map { ($0.invoice.numbered(number), $0.facts) }
    }

    fileprivate func compose(for account: BilledAccount, _ unbilled: Unbilled) throws(Fault) -> ComposedInvoice? {
        guard request.charges.count <= BillingLimits.chargesPerInvoice else {
            throw Fault(.chargeRefused, "an invoice has at most \(BillingLimits.chargesPerInvoice) charges")
        }
        for charge in request.charges { try charge.check() }
        guard !unbilled.hasOpenCalls else {
            throw Fault(.callsRunning, "a call that began in the time to be billed is not settled yet")
        }
        let lines = invoiceLines(
            usage: unbilled.usage, charges: unbilled.unbilled(request.charges, in: request.month),
            month: request.month, through: account.zone.date(of: usageUntil.adding(milliseconds: -1)),
            usageTax: request.policy.usageTax)
        guard !lines.isEmpty else { return nil }
        var facts = try account.facts()
        let before = standing(of: facts, on: account.today)
        let invoice = Invoice(
            id: .ordered(at: account.now), number: "", account: account.id, kind: kind, month: request.month,
            issuedOn: account.today,
            due: account.today.adding(days: kind == .final ? 0 : request.policy.daysToPay), terms: request.terms,
            usageFrom: unbilled.from, usageUntil: usageUntil, lines: lines, statement: InvoiceStatement(before, before))
        facts.claims.append(
            Claim(
                id: invoice.id, amount: invoice.total, issuedOn: invoice.issuedOn, due: invoice.due, terms: invoice.terms))
        let after = standing(of: facts, on: account.today)
        return ComposedInvoice(
            invoice: invoice.stating(InvoiceStatement(before, after)), purpose: purpose, account: account, facts: facts,
            standing: after, hasUnearnedRent: unbilled.hasUnearnedRent)
    }
}

/// An invoice that only needs its number.
private struct ComposedInvoice {
    let invoice: Invoice
    let purpose: String
    let account: BilledAccount
    /// The facts and the standing that hold once it is made.
    let facts: AccountFacts
    let standing: Standing
    let hasUnearnedRent: Bool

    /// Makes it.
    func make(_ number: String, gathering writes: GatheredWrites) throws(Fault) -> Invoice {
        let numbered = invoice.numbered(number)
        writes.add(numbered, purpose: purpose)
        try post(numbered, gathering: writes)
        try account.book(Change(id: "settle:\(invoice.id)", kind: "settlement"), to: standing)
        try account.follow(standing, facts, by: "system")
        try account.lookAgain(standing, facts)
        try account.tell(
            .invoiceIssued, ["invoice": number, "amount": numbered.total.formatted, "due": "\(numbered.due)"],
            key: "invoice:\(number)")
        try account.journal(
            JournalEntry(
                at: account.now, actor: "system", action: "invoice.issued", subject: "account:\(account.id)", clause: 5,
                after: journalState([
                    "invoice": .text(number), "kind": .text(invoice.kind.rawValue), "month": .text(invoice.month.description),
                    "total": .number(numbered.total.micros), "due": .text(numbered.due.description),
                ])))
        return numbered
    }

    private func post(_ invoice: Invoice, gathering writes: GatheredWrites) throws(Fault) {
        let entries = invoiceEntries(invoice.lines, of: account.id, month: invoice.month)
        if !entries.isEmpty {
            try account.post(
                LedgerTransaction(
                    id: LedgerTransactionID("invoice:\(invoice.id)"), kind: "invoice", subject: "invoice:\(invoice.id)",
                    effectiveAt: account.now, entries: entries))
        }
        guard hasUnearnedRent || invoice.lines.contains(where: { $0.isAhead(of: invoice.month) }) else { return }
        // Its own lines are read, too.
        try writes.write()
        try earnRent(through: invoice.kind == .final ? invoice.month.next : invoice.month)
    }

    /// Rent that was invoiced ahead is earned when its month is over.
    private func earnRent(through month: BusinessMonth) throws(Fault) {
        let rows = try account.tx.query(
            """
            SELECT invoice, position, net FROM billing_invoice_lines l WHERE account = $1 AND unearned = 1 AND from_day <= $2
                AND NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.id = 'earn:' || l.invoice || ':' || CAST(l.position AS TEXT))
            """, [.id(account.id), .day(month.last)])
        for row in rows {
            let net = try row.money("net")
            try account.post(
                LedgerTransaction(
                    id: LedgerTransactionID("earn:\(try row.text("invoice")):\(try row.integer("position"))"),
                    kind: "rent-earned",
                    subject: "invoice:\(try row.text("invoice"))", effectiveAt: account.now,
                    entries: [.debit(.unearnedRent(account.id), net), .credit(.revenue(.rent), net)]))
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
