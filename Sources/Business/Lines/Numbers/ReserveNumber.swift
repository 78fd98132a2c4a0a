public import Basics
public import Storage

/// Names what a number is reserved for, such as the id of an order or of an application.
public typealias ReservationID = Identifier<NumberPool>

/// Keeps a free number for somebody until an instant. Reserving what is reserved for the same one moves the instant; two who ask at once
/// cannot both have it. After the instant the number is free again without anybody doing anything.
public func reserveNumber(
    _ number: PhoneNumber, of pool: NumberPool, for reservation: ReservationID, until end: Timestamp, by actor: String,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    guard pool.offers(number) else { throw Fault(.numberNotOffered, "the provider does not give out this number") }
    guard end > now, end <= now.adding(seconds: LinesLimits.reservationDays * 86_400) else {
        throw Fault(
            .reservationTooLong, "a number is reserved for at most \(LinesLimits.reservationDays) days",
            ["maximum": "\(LinesLimits.reservationDays)"])
    }
    guard try NumberStore.reserve(number, for: reservation, until: end, in: tx, at: now) else {
        throw Fault(.numberTaken, "the number is not free", ["number": number.grouped])
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "number.reserved", subject: "number:\(number.digits)", clause: 2,
            after: journalState(["for": .text(reservation.rawValue), "until": .number(end.milliseconds)])),
        in: tx)
}

/// Gives back a number that was reserved and not taken. Nothing happens where it is not reserved for this one any more.
public func releaseNumber(
    _ number: PhoneNumber, reservedFor reservation: ReservationID, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    guard try NumberStore.release(number, reservedFor: reservation, in: tx, at: now) else { return }
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "number.released", subject: "number:\(number.digits)", clause: 2,
            before: journalState(["for": .text(reservation.rawValue)])),
        in: tx)
}
