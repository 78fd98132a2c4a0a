internal import Basics
internal import Charging
internal import Lines
internal import Notices
internal import Storage

extension BilledAccount {
    /// Where the account stands on the ladder.
    func ladderPosition(_ standing: Standing, _ facts: AccountFacts) throws(Fault) -> (
        account: LadderPosition, claims: [InvoiceID: LadderPosition]
    ) {
        ladder(standing, claims: facts.claims, notices: try notices())
    }

    /// The notices that were given for its invoices.
    func notices() throws(Fault) -> [InvoiceID: [LadderNotice]] {
        if let known { return known.notices }
        return try LadderNotice.load(AccountList([id]), in: tx)[id] ?? [:]
    }

    /// The step and the day of termination as last written.
    func written() throws(Fault) -> (step: LadderStep, terminatedOn: BusinessDate?) {
        if let known { return (known.step, known.terminatedOn) }
        let row = try tx.first("SELECT step, terminated_on FROM billing_accounts WHERE account = $1", [.id(id)])
        return (LadderStep(rawValue: try row?.text("step") ?? "") ?? .inTime, try row?.optionalDay("terminated_on"))
    }

    /// Brings holds, credit and the written step in line with what is owed after a change for the better: service comes back at once. Harsher steps
    /// are taken by the sweep alone. Returns the holds that were lifted.
    @discardableResult
    func follow(_ standing: Standing, _ facts: AccountFacts, by actor: String) throws(Fault) -> [Hold] {
        try coverUsage(standing)
        let (step, terminated) = try written()
        guard terminated == nil else { return [] }
        let position = try ladderPosition(standing, facts).account
        guard position.step < step else { return [] }
        try write(position)
        guard position.step < .suspended, step >= .suspended else { return [] }
        try tell(.serviceRestored)
        return try lift(.arrears, by: actor)
    }

    /// Writes where the account stands now, and journals it.
    func write(_ position: LadderPosition) throws(Fault) {
        let (step, _) = try written()
        // In time it stands since it came there.
        guard step != position.step || step != .inTime else { return }
        known?.step = position.step
        let written = WrittenStep(step: position.step, since: position.since)
        if let known { known.writes.place(id, on: written) } else { try written.write(AccountList([id]), in: tx) }
        guard step != position.step else { return }
        try journal(
            JournalEntry(
                at: now, actor: "system", action: "arrears.step", subject: "account:\(id)", clause: 5,
                before: journalState(["step": .text(step.rawValue)]),
                after: journalState(["step": .text(position.step.rawValue), "since": .text(position.since.description)])))
    }

    /// Lifts a kind of hold from every line that the account pays for.
    func lift(_ kind: Hold.Kind, by actor: String) throws(Fault) -> [Hold] {
        var lifted: [Hold] = []
        for line in try lines(chargedTo: id.rawValue, in: tx) {
            lifted += try liftHolds(of: kind, on: line.id, by: actor, in: tx, at: now)
        }
        return lifted
    }

    /// Calls in the books that are on no invoice yet.
    func unbilled(_ standing: Standing) throws(Fault) -> Money {
        try balance(of: .receivable(id), in: tx) - standing.receivable
    }

    private func coverUsage(_ standing: Standing) throws(Fault) {
        if let known {
            known.writes.cover(id, standing.deposit)
        } else {
            try coverUsageByDeposits([(id, standing.deposit)], in: tx, at: now, zone: zone)
        }
    }

    /// Lifts `credit` holds where what the customer owes altogether is below the limit again and something can be used (clause 9).
    func liftCredit(_ standing: Standing, by actor: String) throws(Fault) -> [Hold] {
        let summary = try accountSummary(id, in: tx, at: now, zone: zone)
        let owed = standing.owed + (try unbilled(standing)) - standing.deposit
        guard summary.available > .zero, owed < summary.creditLimit || owed <= .zero else { return [] }
        return try lift(.credit, by: actor)
    }
}

/// What is on deposit covers calls that are on no invoice: those of earlier months first, the rest those of this month.
func coverUsageByDeposits(
    _ deposits: [(account: AccountID, deposit: Money)], in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) {
    let month = zone.month(of: now)
    let usage = UsageStore(tx: tx, accounts: AccountList(deposits.filter { $0.deposit != .zero }.map(\.account)))
    let earlier =
        usage.accounts.ids.isEmpty
        ? [:] : try usage.sums(from: usage.firstUnbilled(), until: zone.start(of: month), zone: zone)
    try coverUsage(
        deposits.map { account, deposit in
            (account: account, paidAhead: deposit - earlier[account, default: []].reduce(Money.zero) { $0 + $1.exact })
        }, in: month, in: tx)
}
