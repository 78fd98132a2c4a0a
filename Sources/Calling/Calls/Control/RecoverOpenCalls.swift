public import Basics
internal import Charging
public import Storage

/// Ends the calls that a killed program has left open: each is charged up to its last confirmed second and booked, its reservation is
/// freed, its record says `interrupted`. To be run at the start, before any call is made. Returns how many there were.
@discardableResult
public func recoverOpenCalls(in database: any Database, at now: Timestamp, zone: BusinessZone) async throws(Fault) -> Int {
    var count = 0
    while true {
        let open = try await database.read { tx throws(Fault) in try openCalls(in: tx) }
        guard !open.isEmpty else { return count }
        for call in open {
            try await interruptCall(call, in: database, at: now, zone: zone)
            count += 1
        }
    }
}

/// Ends one call that nobody looks after any more.
func interruptCall(_ call: OpenCall, in database: any Database, at now: Timestamp, zone: BusinessZone) async throws(Fault) {
    try await database.write { tx throws(Fault) in
        let request = SettleCallRequest(
            call: call.call, kind: call.kind, account: call.expiresAt == nil ? nil : call.account,
            usedSeconds: call.answeredAt == nil ? 0 : nil, outcome: .interrupted, endedBy: nil, rungAt: nil,
            answeredAt: call.answeredAt, endedAt: call.answeredAt == nil ? now : nil, devices: [], media: nil)
        try settleCall(request, in: tx, at: now, zone: zone)
    }
}
