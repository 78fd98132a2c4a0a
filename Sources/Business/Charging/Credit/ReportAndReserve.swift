public import Basics
public import Lines
public import Storage

/// Reports the seconds used since the answer and reserves the next slice in one step.
///
/// The used seconds are charged to the month in which each begins, never more than were granted. The new grant reaches one slice past
/// what was granted, or past what was used where the reporter comes late (its clock was moved); where the credit affords less, the
/// grant is final and shorter. A report that comes out of order charges nothing twice.
public func reportAndReserve(
    _ operation: OperationID, call: CallID, usedSeconds: Int64, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> CreditGrant {
    guard (0...ChargingLimits.longestCallSeconds).contains(usedSeconds) else {
        throw Fault(.chargeOutOfRange, "the used seconds are out of range")
    }
    let store = CreditStore(tx: tx)
    var open = try OpenCredit(call: call, store: store, at: now, zone: zone)
    if let answer = try store.answer(to: operation, kind: .reportAndReserve, call: call) { return answer }
    guard open.session.settledAt == nil else { throw Fault(.creditSettled, "the call is settled already") }
    guard let answered = open.session.answeredAt else {
        throw Fault(.chargeOutOfRange, "the call is not answered yet")
    }
    let charged = try open.charge(upTo: min(usedSeconds, open.session.granted))
    // After a late report the slice counts from the used seconds; what lies between is charged at once, as far as credit goes.
    let target = max(open.session.granted, usedSeconds) + open.session.slice
    let decision = GrantDecision(
        wanted: target - open.session.granted, price: open.session.price, available: open.position.available)
    try open.extend(by: decision.added)
    let late = try open.charge(upTo: min(usedSeconds, open.session.granted))
    open.session.expiresAt = answered.adding(seconds: open.session.granted + ChargingLimits.expiryMarginSeconds)
    return try open.finish(operation, kind: .reportAndReserve, charged: charged + late, isFinal: decision.isFinal)
}

/// The credit of one call inside one transaction: the locked account, the session and the position they give.
struct OpenCredit {
    let store: CreditStore
    let account: Account
    let now: Timestamp
    let zone: BusinessZone
    var session: CreditSession
    var position: CreditPosition
    private let before: Money

    init(call: CallID, store: CreditStore, at now: Timestamp, zone: BusinessZone) throws(Fault) {
        guard let unlocked = try store.session(of: call) else {
            throw Fault(.noCreditSession, "the call has no reservation")
        }
        account = try store.lockAccount(unlocked.account)
        // Read again under the lock: another operation of the same call may have come between.
        session = try store.session(of: call) ?? unlocked
        position = try store.position(of: account, in: zone.month(of: now))
        self.store = store
        self.now = now
        self.zone = zone
        before = session.reserved
    }

    /// Turns reserved seconds into charges of their months; returns what they cost.
    mutating func charge(upTo used: Int64) throws(Fault) -> Money {
        guard used > session.confirmed, let answered = session.answeredAt else { return .zero }
        let current = zone.month(of: now)
        var total = Money.zero
        for share in monthShares(answered: answered, from: session.confirmed, to: used, zone: zone) {
            let cost = session.price * share.seconds
            try store.addCharge(cost, to: account.id, in: share.month)
            if share.month == current { position.add(charge: cost) }
            total += cost
        }
        release(total)
        session.confirmed = used
        return total
    }

    /// Holds back the price of more seconds.
    mutating func extend(by seconds: Int64) throws(Fault) {
        let cost = session.price * seconds
        session.granted += seconds
        session.reserved += cost
        position.reserved += cost
    }

    /// Gives reserved money back, or hands it over to charges.
    mutating func release(_ amount: Money) {
        session.reserved -= amount
        position.reserved -= amount
    }

    /// Writes the session, the account and the operation's row.
    func finish(_ operation: OperationID, kind: ChargingOperation, charged: Money, isFinal: Bool) throws(Fault) -> CreditGrant {
        try store.update(session)
        try store.changeReserved(of: account.id, by: session.reserved - before)
        let grant = CreditGrant(
            call: session.call, grantedSeconds: session.granted, usedSeconds: session.confirmed, charged: charged,
            reserved: session.reserved, available: position.available, isFinal: isFinal)
        try store.record(grant, operation, kind: kind, account: account.id, at: now)
        return grant
    }
}
