public import Basics
public import Charging
public import Storage

/// What an account owes on a day and why, as its owner and the staff see it.
public struct Owed: Sendable, Equatable {
    /// The account.
    public let account: AccountID
    /// How it stands, claim by claim.
    public let standing: Standing
    /// Where it stands on the ladder, with what comes next.
    public let position: LadderPosition
    /// Calls that are on no invoice yet, exactly.
    public let unbilled: Money

    /// Unpaid invoices.
    public var principal: Money { standing.principal }
    /// Penalties as of the day.
    public var penalty: Money { standing.penalty }
    /// To pay on the day: costs, penalties and invoices, without what is in dispute.
    public var total: Money { standing.owed }
    /// Money of the customer.
    public var deposit: Money { standing.deposit }
}

/// What an account owes at the end of a day, by what is known now. For a day to come it is what would be owed if nothing happened until then. Asked
/// for the clock's own day it is that of the account's business day, where the clock was set back behind what happened.
public func owed(
    by account: AccountID, on day: BusinessDate, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Owed {
    let reader = try BilledAccount(reading: account, in: tx, at: now, zone: zone)
    let day = day == zone.date(of: now) ? reader.today : day
    let facts = try reader.facts()
    let standing = standing(of: facts, on: day)
    var position = try reader.ladderPosition(standing, facts).account
    if let ended = try reader.written().terminatedOn, ended <= day {
        position = LadderPosition(step: .terminated, since: ended, next: nil, noticeDue: nil)
    }
    return Owed(account: account, standing: standing, position: position, unbilled: try reader.unbilled(standing))
}
