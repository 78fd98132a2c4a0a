public import Basics
public import Storage

/// Lifts a hold; it stays in the line's history.
@discardableResult
public func liftHold(_ id: HoldID, by actor: String, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Hold {
    guard let found = try HoldStore.find(id, in: tx) else { throw Fault(.unknownHold, "there is no hold \(id)") }
    try LineStore.lock(found.line, in: tx)
    guard try HoldStore.lift(id, by: actor, at: now, in: tx), let lifted = try HoldStore.find(id, in: tx) else {
        throw Fault(.holdLifted, "hold \(id) was lifted already")
    }
    let state = #"{"hold":"\#(id)","kind":"\#(lifted.kind.rawValue)"}"#
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "hold.lifted", subject: "line:\(lifted.line)", clause: lifted.clause, before: state),
        in: tx)
    return lifted
}

/// Lifts every hold of a kind that is in force on a line: paying lifts `credit` at once. Returns those it lifted, perhaps none.
@discardableResult
public func liftHolds(
    of kind: Hold.Kind, on line: LineID, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> [Hold] {
    try LineStore.lock(line, in: tx)
    var lifted: [Hold] = []
    for hold in try HoldStore.active(on: line, in: tx) where hold.kind == kind {
        lifted.append(try liftHold(hold.id, by: actor, in: tx, at: now))
    }
    return lifted
}
