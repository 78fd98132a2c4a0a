public import Access
internal import Agreement
public import Basics
public import Customers
internal import Lines
public import Storage

/// The customer stays after all, as long as nothing has ended. Where the service had stopped it goes on at once; the days between cost
/// nothing. A repeat changes nothing.
@discardableResult
public func withdrawEnding(
    _ id: EndingID, of customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Ending {
    _ = try ending(id, of: customer, in: tx)
    return try withdraw(id, by: "customer:\(customer)", [:], in: tx, at: now)
}

/// The same on the customer's word, which staff have heard and name as the purpose.
@discardableResult
public func withdrawEnding(
    _ id: EndingID, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Ending {
    try act.require(.endAgreements)
    return try withdraw(id, by: act.actor, ["purpose": .text(act.purpose)], in: tx, at: now)
}

private func withdraw(
    _ id: EndingID, by actor: String, _ more: KeyValuePairs<String, JournalValue>, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Ending {
    let found = try EndingStore.locked(id, in: tx)
    switch found.state {
    case .withdrawn: return found
    case .paid, .ended: throw Fault(.endingState, "the agreement has ended", ["state": found.state.rawValue])
    case .requested, .settling: break
    }
    guard found.reason != .arrears else {
        throw Fault(.endingState, "the provider has ended the agreement for arrears", ["state": found.state.rawValue])
    }
    for line in try lines(of: found.customer, in: tx) {
        for hold in try activeHolds(on: line.id, in: tx)
        where hold.kind == .customerRequest && hold.evidence == "ending:\(id)" {
            try liftHold(hold.id, by: actor, in: tx, at: now)
        }
    }
    if let order = try found.order.map({ id throws(Fault) in try OrderStore.locked(id, in: tx) }) {
        _ = try move(order, to: .cancelled, by: actor, in: tx, at: now)
    }
    let withdrawn = found.with(state: .withdrawn, owed: found.owed, withdrawnAt: now)
    try EndingStore.save(withdrawn, in: tx)
    try journal(found, withdrawn, by: actor, more, in: tx, at: now)
    return withdrawn
}
