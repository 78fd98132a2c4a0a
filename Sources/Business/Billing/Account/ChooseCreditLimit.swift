public import Basics
public import Charging
public import Lines
public import Storage

/// Sets the credit limit that the customer chose and lifts at once what it makes superfluous (clause 9). Returns the holds that were lifted.
@discardableResult
public func chooseCreditLimit(
    of id: AccountID, to limit: Money, by actor: String, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [Hold] {
    let account = try BilledAccount(id, in: tx, at: now, zone: zone)
    try changeCreditLimit(of: id, to: limit, by: actor, in: tx, at: now)
    return try account.liftCredit(standing(of: account.facts(), on: account.today), by: "system")
}
