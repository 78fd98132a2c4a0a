public import Basics
public import Charging
internal import Lines
internal import Notices
internal import Orders
public import Storage

/// What one look at an account did to it.
public struct LadderMove: Sendable, Equatable {
    /// The account.
    public let account: AccountID
    /// Where it stands now.
    public let position: LadderPosition
    /// Notices that were given to the customer by this look, each of a step that an invoice is about to take.
    public let notices: [ComingStep]
    /// Whether its lines were suspended by this look.
    public let isSuspended: Bool
    /// Whether its lines and the agreement were ended by this look. The debt stays.
    public let isTerminated: Bool
}

/// A step that an invoice is about to take, for the notice before it.
public struct ComingStep: Sendable, Equatable {
    /// The invoice.
    public let invoice: InvoiceID
    /// The step.
    public let step: LadderStep
    /// The day on which it is taken at the earliest.
    public let on: BusinessDate
}

/// Looks at where an account stands today and does what clause 5 says: writes the notice of a coming step, suspends, terminates; and
/// restores where nothing is overdue any more. The same look again on the same day changes nothing.
@discardableResult
public func climbLadder(
    _ id: AccountID, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> LadderMove {
    guard let move = try climb([id], policy, in: tx, at: now, zone: zone).first else {
        throw Fault(.noAccount, "no such account")
    }
    return move
}

/// What a sweep over many accounts did.
public struct LadderSweep: Sendable, Equatable {
    /// Accounts with something to tell: notices to give, or a step taken.
    public let moves: [LadderMove]
    /// Whether no account is left to look at today.
    public let isFinished: Bool
}

/// Looks at the next accounts for which today may change something, in one transaction; the daily close calls it until it is finished. Those
/// that cannot move are not looked at: each look says when the next one is due, and whatever happens to an account makes it due at once. Killed in
/// between, it goes on where it was.
public func sweepLadder(
    policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> LadderSweep {
    let rows = try tx.query(
        """
        SELECT account FROM billing_accounts WHERE next_look <= $1 AND terminated_on IS NULL
        ORDER BY next_look, account LIMIT \(BillingLimits.accountsPerStep)
        """, [.day(zone.date(of: now))])
    let ids: [AccountID] = try rows.map { row throws(Fault) in try row.id("account") }
    let moves = try climb(ids, policy, in: tx, at: now, zone: zone).filter {
        !$0.notices.isEmpty || $0.isSuspended || $0.isTerminated
    }
    return LadderSweep(moves: moves, isFinished: ids.count < BillingLimits.accountsPerStep)
}

private func climb(
    _ ids: [AccountID], _ policy: BillingPolicy, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [LadderMove] {
    let writes = GatheredWrites(in: tx, at: now, zone: zone)
    let accounts = try billedAccounts(ids, gathering: writes, in: tx, at: now, zone: zone, order: policy.order)
    let moves = try accounts.map { account throws(Fault) in try account.climb() }
    try writes.write()
    return moves
}

extension BilledAccount {
    /// One look.
    fileprivate func climb() throws(Fault) -> LadderMove {
        let facts = try facts()
        let standing = standing(of: facts, on: today)
        let before = try written()
        if let ended = before.terminatedOn {
            let position = LadderPosition(step: .terminated, since: ended, next: nil, noticeDue: nil)
            return LadderMove(account: id, position: position, notices: [], isSuspended: false, isTerminated: false)
        }
        let notices = try giveNotices(standing, facts)
        let position = try ladderPosition(standing, facts).account
        if position.step >= .suspended {
            try suspend()
            try write(position)
            if before.step < .suspended { try tell(.suspended, ["amount": standing.owed.formatted]) }
            if position.step == .terminated { try terminate(standing) }
        } else {
            try follow(standing, facts, by: "system")
            try write(position)
            if position.step == .overdue, before.step < .overdue {
                try tell(.overdue, ["amount": standing.overdue.formatted])
            }
        }
        try lookAgain(standing, facts)
        return LadderMove(
            account: id, position: position, notices: notices,
            isSuspended: position.step == .suspended && before.step < .suspended, isTerminated: position.step == .terminated)
    }

    /// Gives the notices that are due today.
    fileprivate func giveNotices(_ standing: Standing, _ facts: AccountFacts) throws(Fault) -> [ComingStep] {
        var given: [ComingStep] = []
        let positions = try ladderPosition(standing, facts).claims.sorted { $0.key.rawValue < $1.key.rawValue }
        for (invoice, position) in positions {
            guard let step = position.noticeDue, let next = position.next else { continue }
            let coming = ComingStep(invoice: invoice, step: step, on: next.on)
            known?.writes.warn(id, of: step, for: invoice, on: today)
            try journal(
                JournalEntry(
                    at: now, actor: "system", action: "arrears.notice", subject: "account:\(id)", clause: 5,
                    after: journalState([
                        "invoice": .text(invoice.rawValue), "step": .text(step.rawValue), "on": .text(next.on.description),
                    ])))
            try tell(
                step == .suspended ? .suspensionAhead : .terminationAhead,
                ["amount": standing.owed.formatted, "date": next.on.description], key: "ahead:\(step.rawValue):\(invoice)")
            known?.notices[invoice, default: []].append(LadderNotice(step: step, on: today))
            given.append(coming)
        }
        return given
    }

    /// Every line that the account pays for is held, also one that was opened since.
    fileprivate func suspend() throws(Fault) {
        for line in try lines(chargedTo: id.rawValue, in: tx) {
            try placeHold(
                PlaceHoldRequest(
                    line: line.id, kind: .arrears, clause: 5, reason: "overdue", evidence: "account:\(id)", effect: .all,
                    by: "system"), in: tx, at: now)
        }
    }

    fileprivate func terminate(_ standing: Standing) throws(Fault) {
        for line in try lines(chargedTo: id.rawValue, in: tx) {
            try endLine(line.id, clause: 5, by: "system", in: tx, at: now, zone: zone)
        }
        try tx.execute("UPDATE billing_accounts SET terminated_on = $2 WHERE account = $1", [.id(id), .day(today)])
        try endForArrears(of: try customer, owed: standing.owed, in: tx, at: now, zone: zone)
        try tell(.terminated, ["amount": standing.owed.formatted])
    }
}
