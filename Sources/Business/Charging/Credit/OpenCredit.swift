internal import Basics
internal import Lines
internal import Orders
internal import Storage

/// The credit of one call inside one transaction: the locked account, the session and the position they give.
struct OpenCredit {
    let store: CreditStore
    let account: Account
    let now: Timestamp
    let zone: BusinessZone
    /// The month whose credit counts.
    let month: BusinessMonth
    /// Whether the operation that it was opened for was done before.
    let isRepeated: Bool
    var session: CreditSession
    var position: CreditPosition
    /// What is shown of a call under a tariff; set with each extension.
    var outlook: CreditOutlook?
    /// What this operation has charged; written with the rest of the account's row when it ends.
    private var charges: [BusinessMonth: Money] = [:]
    private let before: Money

    /// The session of a call, under the lock of its account; with the operation that it is opened for, which may have been done before.
    init(
        call: CallID, for operation: OperationID? = nil, store: CreditStore, at now: Timestamp, zone: BusinessZone
    ) throws(Fault) {
        let clock = zone.month(of: now)
        guard let found = try store.open(call, operation) else {
            throw Fault(.noCreditSession, "the call has no reservation")
        }
        // A clock that was set back across a month's end must not lend the old month's credit to seconds of the new one.
        let month = max(clock, found.session.talkedUntil.map(zone.month) ?? clock)
        let position = try store.position(of: found.account, in: month)
        self.init(found.session, of: found.account, position, month, isRepeated: found.isRepeated, store, at: now, zone)
    }

    /// A session of a locked account, about to be stored.
    init(_ session: CreditSession, of account: Account, store: CreditStore, at now: Timestamp, zone: BusinessZone) throws(Fault) {
        let month = zone.month(of: now)
        let position = try store.position(of: account, in: month)
        self.init(session, of: account, position, month, isRepeated: false, store, at: now, zone)
    }

    private init(
        _ session: CreditSession, of account: Account, _ position: CreditPosition, _ month: BusinessMonth, isRepeated: Bool,
        _ store: CreditStore, at now: Timestamp, _ zone: BusinessZone
    ) {
        self.account = account
        self.session = session
        self.position = position
        self.month = month
        self.isRepeated = isRepeated
        self.store = store
        self.now = now
        self.zone = zone
        before = session.reserved
    }

    /// Turns reserved seconds into charges of their months; returns what they cost.
    mutating func charge(upTo used: Int64) throws(Fault) -> Money {
        guard used > session.confirmed, let answered = session.answeredAt else { return .zero }
        if let tariff = session.tariff { return try charge(tariff, answered, upTo: used) }
        var total = Money.zero
        for share in monthShares(answered: answered, from: session.confirmed, to: used, zone: zone) {
            let cost = session.price * share.seconds
            add(charge: cost, in: share.month)
            total += cost
        }
        confirm(used, cost: total)
        return total
    }

    /// Counts what seconds of a month cost.
    mutating func add(charge: Money, in month: BusinessMonth) {
        charges[month, default: .zero] += charge
        if month == self.month { position.add(charge: charge) }
    }

    /// What a month was charged, with what this operation has charged.
    func charged(in month: BusinessMonth) throws(Fault) -> Money {
        try store.charged(to: account, in: month) + charges[month, default: .zero]
    }

    /// Holds back the price of the seconds up to one, as far as credit goes. True where it goes no further than what is granted then.
    mutating func extend(to wanted: Int64) throws(Fault) -> Bool {
        if let tariff = session.tariff { return try extend(tariff, to: wanted, keepsGrant: true) }
        let decision = GrantDecision(wanted: wanted - session.granted, price: session.price, available: position.available)
        session.granted += decision.added
        hold(session.reserved + session.price * decision.added)
        return decision.isFinal
    }

    /// Makes what is shown of the call follow a charge after the extension.
    mutating func refreshOutlook() throws(Fault) {
        guard let tariff = session.tariff else { return }
        _ = try extend(tariff, to: session.granted, keepsGrant: true)
    }

    /// Counts seconds as charged and hands over what was held back for them.
    mutating func confirm(_ used: Int64, cost: Money) {
        hold(session.reserved - min(cost, session.reserved))
        session.charged += cost
        session.confirmed = used
    }

    /// Holds back so much for the call.
    mutating func hold(_ amount: Money) {
        position.reserved += amount - session.reserved
        session.reserved = amount
    }

    /// Returns what is held back.
    mutating func release() throws(Fault) {
        hold(.zero)
        if session.tariff != nil { try releaseFree() }
    }

    /// Writes the session, the account and the operation's row; writes where the limit has come near.
    func finish(_ operation: OperationID, kind: ChargingOperation, charged: Money, isFinal: Bool) throws(Fault) -> CreditGrant {
        try store.update(session)
        try store.change(account, reservedBy: session.reserved - before, charges: charges)
        let grant = CreditGrant(
            call: session.call, grantedSeconds: session.granted, usedSeconds: session.confirmed, charged: charged,
            reserved: session.reserved, available: position.available, isFinal: isFinal,
            isLimitNear: charged > .zero ? try noteWhereLimitIsNear() : false, outlook: outlook)
        try store.record(grant, operation, kind: kind, account: account.id, at: now)
        return grant
    }

    /// Once a month, when so much of the limit is used (clause 9).
    private func noteWhereLimitIsNear() throws(Fault) -> Bool {
        guard account.warnedMonth != month, isLimitNear(position) else { return false }
        try store.setWarned(account.id, in: month)
        // Notices reads the journal and tells the customer.
        try appendJournal(
            JournalEntry(
                at: now, actor: "system", action: "account.limit-near", subject: "customer:\(account.customer)", clause: 9,
                after: journalState([
                    "account": .text(account.id.rawValue), "month": .text(month.description),
                    "percent": .number(ChargingLimits.warningPercent), "limit": .number(position.limit.micros),
                ])), in: store.tx)
        return true
    }
}
