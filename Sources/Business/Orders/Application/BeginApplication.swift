public import Access
internal import Agreement
public import Basics
public import Customers
public import Lines
public import Storage

/// Somebody who applies for the service.
public struct BeginApplicationRequest: Sendable {
    /// The name that others see.
    public var name: DisplayName
    /// The language of pages and notices.
    public var language: Language
    /// The number, chosen from the free ones.
    public var number: PhoneNumber
    /// The password, hashed beforehand.
    public var password: PasswordHash
    /// Person or organisation.
    public var party: PartyKind
    /// The id of the account that will pay.
    public var account: String
    /// The numbers that the provider gives out.
    public var pool: NumberPool

    /// Makes a request.
    public init(
        name: DisplayName, language: Language, number: PhoneNumber, password: PasswordHash, party: PartyKind, account: String,
        pool: NumberPool = .standard
    ) {
        self.name = name
        self.language = language
        self.number = number
        self.password = password
        self.party = party
        self.account = account
        self.pool = pool
    }
}

/// Takes in somebody who applies: they can sign in and have a number kept for ``OrdersLimits/applicationDays`` days. The line opens when
/// the identity is checked, the order confirmed and the agreement in force (``activate(_:pool:in:at:zone:)``).
public func beginApplication(
    _ request: BeginApplicationRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Application {
    guard OrdersLimits.accountBytes.contains(request.account.utf8.count) else {
        throw Fault(.accountID, "an account's id has 1 to 64 bytes")
    }
    // The number decides first: its fault says what to do, that of a taken sign-in name would not.
    guard request.pool.offers(request.number) else {
        throw Fault(.numberNotOffered, "the provider does not give out this number")
    }
    let customerID = CustomerID.random()
    let lastDay = zone.date(of: now).adding(days: OrdersLimits.applicationDays)
    let reservation = ReservationID(trusted: "application-\(customerID)")
    try reserveNumber(
        request.number, of: request.pool, for: reservation, until: zone.end(of: lastDay), by: "customer:\(customerID)", in: tx,
        at: now)
    // The number was free, so an application that still names it has run out without the daily close having seen it yet.
    for late in try ApplicationStore.open(numbered: request.number, in: tx) {
        try lapse(late, in: tx, at: now, zone: zone)
    }
    let principal = try addPrincipal(signInName: request.number.digits, password: request.password, in: tx, at: now)
    let customer = try enrolCustomer(
        customerID, named: request.name, language: request.language, signingInAs: principal.id, in: tx, at: now)
    let application = Application(
        customer: customer.id, principal: principal.id, party: request.party, number: request.number, account: request.account,
        begunAt: now, lastDay: lastDay, state: .open, line: nil)
    try ApplicationStore.insert(application, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer.id)", action: "application.begun", subject: "customer:\(customer.id)", clause: 1,
            after: journalState(["party": .text(request.party.rawValue), "lastDay": .text("\(lastDay)")])),
        in: tx)
    return application
}

/// Ends an application whose last day has passed: its order is cancelled, its sign-in ends, its number is free.
func lapse(
    _ application: Application, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) {
    if let order = try OrderStore.openApplicationOrder(of: application.customer, in: tx) {
        _ = try move(order, to: .cancelled, because: "lapsed", by: "system", in: tx, at: now)
    }
    try releaseNumber(application.number, reservedFor: application.reservation, by: "system", in: tx, at: now)
    try endPrincipal(application.principal, by: "system", in: tx, at: now)
    if let agreement = try agreement(of: application.customer, in: tx), agreement.endedAt == nil {
        _ = try endAgreement(of: application.customer, because: .withdrawn, actor: "system", in: tx, at: now)
    }
    _ = try beginRetention(of: application.customer, endedOn: zone.date(of: now), in: tx, at: now)
    try ApplicationStore.set(.lapsed, line: nil, of: application.customer, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "system", action: "application.lapsed", subject: "customer:\(application.customer)", clause: 1,
            before: journalState(["state": .text(application.state.rawValue)]),
            after: journalState(["state": .text(Application.State.lapsed.rawValue)])),
        in: tx)
}

/// Ends the applications whose last day has passed; the daily close runs it until it returns 0. Nobody loses their number because the
/// provider is slow: who has done all of their own steps is kept on for another ``OrdersLimits/applicationDays`` days.
@discardableResult
public func lapseApplications(
    pool: NumberPool = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone, limit: Int = 500
) throws(Fault) -> Int {
    let today = zone.date(of: now)
    var changed = 0
    for application in try ApplicationStore.open(by: today.adding(days: 2), limit: limit, in: tx) {
        let missing = Set(try progress(of: application, in: tx).missing)
        if missing.isSubset(of: [.check, .seal]), try keepOn(application, pool, from: today, in: tx, at: now, zone: zone) {
            changed += 1
        } else if application.lastDay < today {
            try lapse(application, in: tx, at: now, zone: zone)
            changed += 1
        }
    }
    return changed
}

/// Keeps the number on; false where the reservation had run out and somebody else has the number.
private func keepOn(
    _ application: Application, _ pool: NumberPool, from today: BusinessDate, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Bool {
    let lastDay = today.adding(days: OrdersLimits.applicationDays)
    do throws(Fault) {
        try reserveNumber(
            application.number, of: pool, for: application.reservation, until: zone.end(of: lastDay), by: "system", in: tx,
            at: now)
    } catch  where error.code == .numberTaken {
        return false
    }
    try ApplicationStore.set(lastDay: lastDay, of: application.customer, in: tx)
    return true
}
