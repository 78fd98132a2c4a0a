public import Basics
public import Storage

/// Ends a line: nobody calls with it or reaches it any more, and its number rests. A repeat returns the line as it ended.
@discardableResult
public func endLine(
    _ id: LineID, clause: Int = 11, by actor: String, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Line {
    try LineStore.lock(id, in: tx)
    let found = try line(id, in: tx)
    guard found.endedAt == nil else { return found }
    let free = numberIsFreeAgain(givenBackOn: zone.date(of: now))
    try NumberStore.rest(found.number, of: id, until: zone.start(of: free), in: tx, at: now)
    try LineStore.end(id, in: tx, at: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "line.ended", subject: "line:\(id)", clause: clause,
            before: journalState(["number": .text(found.number.digits)]),
            after: journalState(["numberFreeFrom": .text("\(free)")])),
        in: tx)
    return try line(id, in: tx)
}
