internal import Agreement
public import Basics
public import Customers
public import Storage

/// The provider ends an agreement for arrears (clause 5). The debt stays: the ending is being settled from today on, and with the payment the
/// sign-in ends and the retention of data begins, as in every ending. One that the customer had asked for becomes this one. Nil where no
/// agreement is in force. The lines are the caller's to end, who knows which the debt is for.
@discardableResult
public func endForArrears(
    of customer: CustomerID, owed: Money, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Ending? {
    guard try isInForce(customer, at: now, in: tx) else { return nil }
    _ = try endAgreement(of: customer, because: .arrears, actor: "system", in: tx, at: now)
    let today = zone.date(of: now)
    if let open = try EndingStore.open(of: customer, in: tx) {
        let before = try EndingStore.locked(open.id, in: tx)
        let turned = before.with(
            state: .settling, owed: owed, lastDay: before.lastDay ?? today, settlingAt: before.settlingAt ?? now, reason: .arrears
        )
        try EndingStore.save(turned, in: tx)
        try journal(before, turned, by: "system", ["owed": .number(owed.micros)], in: tx, at: now)
        return turned
    }
    let ending = Ending(
        id: .random(), customer: customer, order: nil, reason: .arrears, requestedAt: now, wished: today, state: .settling,
        lastDay: today, owed: nil, settlingAt: now, paidAt: nil, endedAt: nil, withdrawnAt: nil)
    guard try EndingStore.insert(ending, in: tx) else {
        throw Fault(.endingRequested, "an ending of the customer is under way already")
    }
    let owing = ending.with(state: .settling, owed: owed)
    try EndingStore.save(owing, in: tx)
    try journal(ending, owing, by: "system", ["lastDay": .text("\(today)"), "owed": .number(owed.micros)], in: tx, at: now)
    return owing
}
