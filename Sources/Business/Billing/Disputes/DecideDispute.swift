public import Access
public import Basics
public import Charging
internal import Notices
public import Storage

/// Answers a dispute. Upheld or in part, a credit note (or, of a penalty, a relief) goes out and penalty and payments are recomputed; rejected, the
/// amount is due again and its clock goes on from the day after; escalated, it stays held back until it is decided. Two members of the staff at
/// once: the second finds it decided.
@discardableResult
public func decideDispute(
    _ id: DisputeID, _ outcome: DisputeOutcome, explanation: String, by act: StaffAct, policy: BillingPolicy = .standard,
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Dispute {
    try act.require(.handleDisputes)
    guard (1...BillingLimits.disputeTextBytes).contains(explanation.utf8.count) else {
        throw Fault(.textRefused, "an answer has 1 to \(BillingLimits.disputeTextBytes) bytes")
    }
    guard let unlocked = try dispute(id, in: tx) else { throw Fault(.noDispute, "there is no such dispute") }
    let account = try BilledAccount(unlocked.account, in: tx, at: now, zone: zone, order: policy.order)
    guard let found = try dispute(id, in: tx), found.isOpen else {
        throw Fault(.disputeDecided, "the dispute was decided already")
    }
    let (state, credited) = try decision(outcome, found)
    try DisputeStore.decide(
        id, state, explanation: explanation, credited: credited, on: state == .escalated ? nil : account.today, by: act.actor,
        in: tx, at: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "dispute.decided", subject: "account:\(found.account)", clause: 6,
            before: journalState(["dispute": .text(id.rawValue), "state": .text(found.state.rawValue)]),
            after: journalState([
                "state": .text(state.rawValue), "credited": .number(credited.micros), "purpose": .text(act.purpose),
            ])), in: tx)
    if credited != .zero { try account.grant(credited, for: found, by: act) }
    let facts = try account.facts()
    let standing = standing(of: facts, on: account.today)
    try account.book(Change(id: "dispute:\(id):\(state.rawValue)", kind: "settlement"), to: standing)
    try account.follow(standing, facts, by: act.actor)
    try account.tell(state, credited, of: found, standing)
    return try dispute(id, in: tx) ?? found
}

/// A dispute by its name; nil where there is none.
public func dispute(_ id: DisputeID, in tx: any Transaction) throws(Fault) -> Dispute? {
    try DisputeStore.list("id = $1", [.id(id)], limit: 1, in: tx).first
}

/// The disputes of an account, open or not.
public func disputes(of account: AccountID, in tx: any Transaction) throws(Fault) -> [Dispute] {
    try DisputeStore.list("account = $1", [.id(account)], limit: BillingLimits.invoicePage, in: tx)
}

/// The open disputes, the most urgent first: the work of the billing staff.
public func openDisputes(limit: Int = BillingLimits.invoicePage, in tx: any Transaction) throws(Fault) -> [Dispute] {
    try DisputeStore.list("decided_on IS NULL", [], limit: min(max(limit, 1), BillingLimits.invoicePage), in: tx)
}

private func decision(_ outcome: DisputeOutcome, _ dispute: Dispute) throws(Fault) -> (Dispute.State, Money) {
    switch outcome {
    case .upheld: return (.upheld, dispute.amount)
    case .rejected: return (.rejected, .zero)
    case .escalated: return (.escalated, .zero)
    case .partly(let amount):
        try checkAmount(amount)
        guard amount < dispute.amount else {
            throw Fault(.creditTooHigh, "in part means less than what is in dispute")
        }
        return (.partly, amount)
    }
}

extension BilledAccount {
    /// Tells the customer how it was decided; of one that was rejected, by when it is to be paid now.
    fileprivate func tell(
        _ state: Dispute.State, _ credited: Money, of dispute: Dispute, _ standing: Standing
    ) throws(Fault) {
        let name = ["dispute": dispute.id.rawValue]
        let (kind, parameters): (NoticeKind, [String: String])
        switch state {
        case .upheld: (kind, parameters) = (.disputeUpheld, ["amount": credited.formatted])
        case .partly: (kind, parameters) = (.disputePartlyUpheld, ["amount": credited.formatted])
        case .escalated: (kind, parameters) = (.disputeEscalated, [:])
        case .rejected, .investigating:
            let due = standing.claims.first { $0.claim == dispute.invoice }?.clocks.map(\.due).max() ?? today
            (kind, parameters) = (.disputeRejected, ["due": "\(max(due, today))"])
        }
        try tell(
            kind, parameters.merging(name) { own, _ in own }, key: "dispute:\(dispute.id):\(state.rawValue):\(now.milliseconds)")
    }

    /// Credits what a dispute was right about.
    fileprivate func grant(_ amount: Money, for dispute: Dispute, by act: StaffAct) throws(Fault) {
        let invoice = try InvoiceStore.existing(dispute.invoice, in: tx)
        switch dispute.subject {
        case .penalty:
            try tx.execute(
                """
                INSERT INTO billing_reliefs (id, account, invoice, on_day, at, amount, dispute, recorded_by)
                VALUES ($1, $2, $3, $4, $5, $6, $1, $7)
                """,
                [
                    .id(dispute.id), .id(id), .id(dispute.invoice), .day(today), .time(now), .money(amount), .text(act.actor),
                ])
        case .line(let line): try credit(amount, on: line, of: invoice, for: dispute, by: act)
        case .call(let call):
            let place = try DisputeCase(invoice: invoice, account: self, others: []).place(of: call)
            guard let line = place?.0 else { throw Fault(.noInvoice, "the call is not on this invoice") }
            try credit(amount, on: line, of: invoice, for: dispute, by: act)
        }
    }

    private func credit(
        _ amount: Money, on line: Int, of invoice: Invoice, for dispute: Dispute, by act: StaffAct
    ) throws(Fault) {
        _ = try credit(
            CreditDraft(
                id: "dispute:\(dispute.id)", invoice: invoice, line: line, amount: amount, dispute: dispute.id,
                reason: "dispute:\(dispute.id)", actor: act.actor))
    }
}
