internal import Basics
internal import Billing
internal import Charging
internal import Lines
internal import Orders
internal import Storage

/// How a call ended, for its one closing transaction.
struct SettleCallRequest: Sendable {
    let call: CallID
    let kind: CallKind
    /// Who pays; nil where nothing was reserved.
    let account: AccountID?
    /// Seconds to charge; nil charges up to the last confirmed second.
    let usedSeconds: Int64?
    let outcome: CallOutcome
    let endedBy: CallRole?
    let rungAt: Timestamp?
    let answeredAt: Timestamp?
    /// When it ended; nil ends it at its last confirmed second.
    let endedAt: Timestamp?
    let devices: [DeviceOutcome]
    let media: String?
}

/// Settles the credit, books the usage, closes the record and puts the `credit` hold where the credit is used up: all in one transaction.
/// Returns the charged seconds and their cost. A repeat changes nothing.
@discardableResult
func settleCall(
    _ request: SettleCallRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> (seconds: Int64, cost: Money) {
    var seconds: Int64 = 0
    var cost = Money.zero
    var endedAt = request.endedAt ?? now
    if let account = request.account {
        let settlement = try settleCredit(
            OperationID(trusted: "\(request.call)-end"), call: request.call, usedSeconds: request.usedSeconds, in: tx, at: now,
            zone: zone)
        if let answeredAt = request.answeredAt, request.endedAt == nil {
            endedAt = answeredAt.adding(seconds: settlement.seconds)
        }
        try postUsage(settlement, kind: request.kind, endedAt: endedAt, in: tx, at: now, zone: zone)
        (seconds, cost) = (settlement.seconds, settlement.cost)
        if request.outcome == .credit, request.answeredAt != nil {
            try holdForCredit(account, call: request.call, in: tx, at: now)
        }
    }
    try closeCallRecord(
        CallClosing(
            call: request.call, outcome: request.outcome, endedBy: request.endedBy, rungAt: request.rungAt, endedAt: endedAt,
            seconds: seconds, cost: cost, devices: request.devices, media: request.media), in: tx)
    return (seconds, cost)
}
