internal import Basics
internal import Charging
internal import Storage

/// An account whose money is about to change: its row is locked first, so that all that changes what it owes moves in turn.
struct BilledAccount {
    let id: AccountID
    let tx: any Transaction
    let now: Timestamp
    let zone: BusinessZone
    let order: [AllocationTarget]
    /// What was read of it together with other accounts; nil where each thing is read when it is needed.
    let known: KnownAccount?
    /// The account's business day: that of this instant, but never before the latest thing that happened to the account, so that a clock that jumps
    /// back neither undoes a step nor puts the books behind themselves.
    let today: BusinessDate

    /// An account that was read and locked together with others.
    init(
        _ id: AccountID, known: KnownAccount, in tx: any Transaction, at now: Timestamp, zone: BusinessZone,
        order: [AllocationTarget]
    ) {
        self.id = id
        self.tx = tx
        self.now = now
        self.zone = zone
        self.order = order
        self.known = known
        today = known.facts.businessDay(by: zone.date(of: now), stepSince: known.stepSince)
    }

    /// The sweep looks at the account again, whatever it is that changes.
    init(
        _ id: AccountID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone,
        order: [AllocationTarget] = AllocationTarget.standardOrder
    ) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO billing_accounts (account, step, step_since, next_look)
            SELECT id, $2, $3, 0 FROM charging_accounts WHERE id = $1
            ON CONFLICT (account) DO UPDATE SET next_look = 0
            """, [.id(id), .text(LadderStep.inTime.rawValue), .day(zone.date(of: now))])
        try self.init(reading: id, in: tx, at: now, zone: zone, order: order)
    }

    /// Only to read; nothing is locked.
    init(
        reading id: AccountID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone,
        order: [AllocationTarget] = AllocationTarget.standardOrder
    ) throws(Fault) {
        self.id = id
        self.tx = tx
        self.now = now
        self.zone = zone
        self.order = order
        known = nil
        let row = try tx.first(
            "SELECT b.step_since FROM charging_accounts c LEFT JOIN billing_accounts b ON b.account = c.id WHERE c.id = $1",
            [.id(id)])
        guard let row else { throw Fault(.noAccount, "no such account") }
        today = try FactStore.facts(of: id, in: tx).businessDay(by: zone.date(of: now), stepSince: row.optionalDay("step_since"))
    }

    /// What the account's life consists of by now.
    func facts() throws(Fault) -> AccountFacts {
        var facts = if let known { known.facts } else { try FactStore.facts(of: id, in: tx) }
        facts.order = order
        return facts
    }

    /// Books what changed: the entries of the change itself, the penalty as of today, what moved to or from the deposit and what was given up;
    /// the receivable takes the rest. Nothing is booked where nothing changed.
    func book(_ change: Change, to standing: Standing) throws(Fault) {
        var entries = change.entries
        let booked =
            if let known { known.booked } else { try BookedBalances.load(AccountList([id]), in: tx)[id] ?? BookedBalances() }
        let penalty = booked.penaltyIncome + standing.bookedPenalty
        let deposit = booked.deposit + standing.deposit
        let lost = standing.writtenOff - booked.writtenOff
        entries += [.credit(.penaltyIncome(id), penalty), .credit(.deposit(id), deposit), .debit(.writtenOff(id), lost)]
        let sum = entries.reduce(Money.zero) { $0 + $1.amount }
        entries.append(.credit(.receivable(id), sum))
        entries.removeAll { $0.amount == .zero }
        guard !entries.isEmpty else { return }
        try post(
            LedgerTransaction(
                id: LedgerTransactionID(change.id), kind: change.kind, subject: "account:\(id)",
                effectiveAt: change.effectiveAt ?? now, corrects: change.corrects, entries: entries))
    }

    /// Books a transaction, at once or with those of other accounts.
    func post(_ transaction: LedgerTransaction) throws(Fault) {
        if let known { known.writes.add(transaction) } else { try postTransaction(transaction, in: tx, at: now) }
    }

    /// Writes an entry of the journal, at once or with those of other accounts.
    func journal(_ entry: JournalEntry) throws(Fault) {
        if let known { known.writes.add(entry) } else { try appendJournal(entry, in: tx) }
    }

    /// When something of a day counts: now if it is today, else at the beginning of that day.
    func instant(of day: BusinessDate) -> Timestamp { day == zone.date(of: now) ? now : zone.start(of: day) }
}

extension AccountFacts {
    /// The day that it is for the account when the clock says `day`: never before its latest fact, nor before the step on which it stands was taken.
    fileprivate func businessDay(by day: BusinessDate, stepSince: BusinessDate?) -> BusinessDate {
        max(day, lastEvent(of: self) ?? day, stepSince ?? day)
    }
}

/// A change of an account's money as the books name it.
struct Change {
    let id: String
    let kind: String
    var effectiveAt: Timestamp?
    var corrects: LedgerTransactionID?
    var entries: [LedgerEntry] = []
}

extension Value {
    /// A day, by its number.
    static func day(_ day: BusinessDate) -> Value { .integer(day.dayNumber) }
    /// A day or NULL.
    static func optional(_ day: BusinessDate?) -> Value { optional(day?.dayNumber) }
}

extension Row {
    /// A day stored by its number.
    func day(_ name: String) throws(Fault) -> BusinessDate { BusinessDate(clamping: try integer(name)) }
    /// A day or null.
    func optionalDay(_ name: String) throws(Fault) -> BusinessDate? {
        try optionalInteger(name).map(BusinessDate.init(clamping:))
    }
}
