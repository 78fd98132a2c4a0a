public import Access
internal import Agreement
public import Basics
public import Charging
internal import Lines
public import Storage

/// Looks at the next lines that nobody has looked at. A line is an account's payment where its reference names that account and no other – by an
/// invoice, an agreement or a line's number – and the amount is one that the account was asked for; any other waits for the staff. Returns how many.
@discardableResult
func matchBankLines(
    policy: BillingPolicy, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Int {
    let lines = try BankStore.list("state = 'new'", [], limit: BillingLimits.singlesPerStep, in: tx)
    for line in lines { try LineMatch(tx: tx, now: now, zone: zone, policy: policy).look(at: line.id) }
    return lines.count
}

/// Books an unmatched line as a payment of an account. The same again returns the first answer.
@discardableResult
public func matchBankLine(
    _ id: BankLineID, to account: AccountID, by act: StaffAct, policy: BillingPolicy = .standard, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> PaymentOutcome {
    try act.require(.recordPayments)
    let line = try BankStore.locked(id, in: tx)
    guard line.state == .unmatched || (line.state == .matched && line.account == account) else {
        throw Fault(.lineSettled, "the line was matched or set aside already")
    }
    let outcome = try recordPayment(line.payment(of: account), by: act, policy: policy, in: tx, at: now, zone: zone)
    guard line.state == .unmatched else { return outcome }
    try BankStore.settle(
        id, .matched, account: account, payment: outcome.payment.id, reason: nil, by: act.actor, in: tx, at: now)
    return outcome
}

/// Puts an unmatched line aside: it is no customer's payment. The same again changes nothing.
@discardableResult
public func setAsideBankLine(
    _ id: BankLineID, reason: String, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> BankLine {
    try act.require(.recordPayments)
    guard (1...BillingLimits.referenceBytes).contains(reason.utf8.count), isPlain(reason) else {
        throw Fault(.textRefused, "a reason has 1 to \(BillingLimits.referenceBytes) bytes")
    }
    let line = try BankStore.locked(id, in: tx)
    if line.state == .setAside, line.reason == reason { return line }
    guard line.state == .unmatched else { throw Fault(.lineSettled, "the line was matched or set aside already") }
    try BankStore.settle(id, .setAside, account: nil, payment: nil, reason: reason, by: act.actor, in: tx, at: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "bank.set-aside", subject: "bank-line:\(id)", clause: 5,
            after: journalState(["amount": .number(line.amount.micros), "purpose": .text(act.purpose)])), in: tx)
    return try BankStore.locked(id, in: tx)
}

/// Lines that wait for the staff, the oldest first; `after` is the last one of the page before.
public func unmatchedBankLines(after id: BankLineID? = nil, limit: Int = 50, in tx: any Transaction) throws(Fault) -> [BankLine] {
    let limit = min(max(limit, 1), BillingLimits.invoicePage)
    guard let id else { return try BankStore.list("state = 'unmatched'", [], limit: limit, in: tx) }
    guard let last = try BankStore.list("id = $1", [.id(id)], limit: 1, in: tx).first else {
        throw Fault(.noBankLine, "there is no such line")
    }
    return try BankStore.list(
        "state = 'unmatched' AND (on_day > $1 OR (on_day = $1 AND id > $2))", [.day(last.on), .id(id)], limit: limit, in: tx)
}

extension BankLine {
    /// The payment that it is, for an account.
    fileprivate func payment(of account: AccountID) -> PaymentRequest {
        PaymentRequest(
            id: PaymentID(trusted: "bank-\(id)"), account: account, amount: amount, on: on,
            method: origin.hasPrefix("provider:") ? .provider : .bank, reference: reference)
    }
}

/// One look at a line.
private struct LineMatch {
    let tx: any Transaction
    let now: Timestamp
    let zone: BusinessZone
    let policy: BillingPolicy

    func look(at id: BankLineID) throws(Fault) {
        let line = try BankStore.locked(id, in: tx)
        guard line.state == .new else { return }
        let accounts = try accounts(named: line.reference)
        guard accounts.count == 1, let account = accounts.first else {
            return try wait(line, nil, because: accounts.isEmpty ? "nobody-named" : "several-named")
        }
        let billed = try BilledAccount(account, in: tx, at: now, zone: zone, order: policy.order)
        let facts = try billed.facts()
        guard
            expectedAmounts(standing(of: facts, on: max(line.on, billed.today)), facts.claims).contains(line.amount)
                || expectedAmounts(standing(of: facts, on: line.on), facts.claims).contains(line.amount)
        else { return try wait(line, account, because: "other-amount") }
        let outcome = try receivePayment(
            line.payment(of: account), from: "bank", policy: policy, in: tx, at: now, zone: zone)
        try BankStore.settle(
            id, .matched, account: account, payment: outcome.payment.id, reason: nil, by: "system", in: tx, at: now)
    }

    private func wait(_ line: BankLine, _ account: AccountID?, because reason: String) throws(Fault) {
        try BankStore.settle(line.id, .unmatched, account: account, payment: nil, reason: reason, by: "system", in: tx, at: now)
    }

    private func accounts(named reference: String) throws(Fault) -> Set<AccountID> {
        let named = namedInReference(reference)
        var accounts: Set<AccountID> = []
        for number in named.invoices {
            if let invoice = try InvoiceStore.find("number = $1", [.text(number)], in: tx).first {
                accounts.insert(invoice.account)
            }
        }
        for number in named.agreements {
            guard let customer = try agreement(numbered: number, in: tx)?.customer else { continue }
            let row = try tx.first("SELECT id FROM charging_accounts WHERE customer = $1", [.id(customer)])
            if let row { accounts.insert(try row.id("id")) }
        }
        for number in named.numbers {
            if let found = try line(numbered: number, in: tx), found.endedAt == nil {
                accounts.insert(AccountID(trusted: found.account))
            }
        }
        return accounts
    }
}
