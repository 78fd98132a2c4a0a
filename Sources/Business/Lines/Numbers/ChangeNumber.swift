public import Basics
public import Storage

/// What is needed to give a line another number.
public struct ChangeNumberRequest: Sendable {
    /// The line.
    public var line: LineID
    /// Its new number.
    public var number: PhoneNumber
    /// The numbers that the provider gives out.
    public var pool: NumberPool
    /// What the new number was reserved for; nil where it was not.
    public var reservation: ReservationID?
    /// Who changes it, as in the journal.
    public var by: String

    /// Makes a request.
    public init(line: LineID, number: PhoneNumber, pool: NumberPool, reservation: ReservationID? = nil, by: String) {
        self.line = line
        self.number = number
        self.pool = pool
        self.reservation = reservation
        self.by = by
    }
}

/// Gives a line another number. The line stays what it is, with its holds, plan and records; the old number rests.
@discardableResult
public func changeNumber(
    _ request: ChangeNumberRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Line {
    try LineStore.lock(request.line, in: tx)
    let before = try lineInService(request.line, in: tx)
    guard before.number != request.number else { return before }
    guard request.pool.offers(request.number) else {
        throw Fault(.numberNotOffered, "the provider does not give out this number")
    }
    guard try NumberStore.take(request.number, for: before.id, reservedFor: request.reservation, in: tx, at: now) else {
        throw Fault(.numberTaken, "the number is not free", ["number": request.number.grouped])
    }
    let free = numberIsFreeAgain(givenBackOn: zone.date(of: now))
    try NumberStore.rest(before.number, of: before.id, until: zone.start(of: free), in: tx, at: now)
    try LineStore.set(request.number, of: before.id, instead: before.number, in: tx, at: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: request.by, action: "line.number-changed", subject: "line:\(before.id)", clause: 2,
            before: journalState(["number": .text(before.number.digits)]),
            after: journalState(["number": .text(request.number.digits), "oldNumberFreeFrom": .text("\(free)")])),
        in: tx)
    return try line(before.id, in: tx)
}

/// A number that a line had before.
public struct FormerNumber: Sendable, Equatable {
    /// The number.
    public let number: PhoneNumber
    /// When the line got another one.
    public let until: Timestamp
}

/// The numbers that a line had before, the last one first.
public func formerNumbers(of line: LineID, in tx: any Transaction) throws(Fault) -> [FormerNumber] {
    try LineStore.formerNumbers(of: line, in: tx)
}
