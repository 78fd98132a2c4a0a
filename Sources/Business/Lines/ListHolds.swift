public import Basics
public import Storage

/// The holds in force on a line, the oldest first: what the customer sees, and all that ``serviceAbility(_:dialling:)`` looks at.
public func activeHolds(on line: LineID, in tx: any Transaction) throws(Fault) -> [Hold] {
    try HoldStore.active(on: line, in: tx)
}

/// All the holds that a line ever had, the oldest first.
public func holdHistory(of line: LineID, in tx: any Transaction) throws(Fault) -> [Hold] {
    try HoldStore.all(on: line, in: tx)
}
