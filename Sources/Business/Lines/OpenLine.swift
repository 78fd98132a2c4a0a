public import Basics
public import Customers
public import Storage

/// Opens a line on a free number of the pool. Where two people ask for one number at once, one of them gets it and the other is told.
public func openLine(
    _ id: LineID = .random(), number: PhoneNumber, of pool: NumberPool, customer: CustomerID, account: String,
    reservedFor reservation: ReservationID? = nil, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Line {
    guard pool.offers(number) else { throw Fault(.numberNotOffered, "the provider does not give out this number") }
    guard try NumberStore.take(number, for: id, reservedFor: reservation, in: tx, at: now) else {
        throw Fault(.numberTaken, "the number is not free", ["number": number.grouped])
    }
    let line = Line(id: id, number: number, customer: customer, account: account, openedAt: now, endedAt: nil)
    try LineStore.insert(line, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "line.opened", subject: "line:\(id)",
            after: #"{"number":"\#(number.digits)","customer":"\#(customer)"}"#),
        in: tx)
    return line
}
