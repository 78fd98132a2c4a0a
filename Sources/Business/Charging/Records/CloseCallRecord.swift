public import Basics
internal import Lines
public import Storage

/// Completes the record of a call, shows it in the history of both lines and writes the call's one journal entry.
///
/// A call that is closed already is left as it is. The called line sees an attempt only where it concerned it: not when the caller was
/// barred or had no credit.
public func closeCallRecord(_ closing: CallClosing, in tx: any Transaction) throws(Fault) {
    let changed = try tx.execute(
        """
        UPDATE call_records SET ended_at = $2, outcome = $3, ended_by = $4, seconds = $5, cost = $6, media = $7,
            rung_at = COALESCE(rung_at, $8)
        WHERE call = $1 AND ended_at IS NULL
        """,
        [
            .id(closing.call), .time(closing.endedAt), .text(closing.outcome.rawValue), .optional(closing.endedBy?.rawValue),
            .integer(closing.seconds), .money(closing.cost),
            .optional(closing.media.flatMap { $0.utf8.count <= ChargingLimits.mediaTotalsBytes ? $0 : nil }),
            .optional(closing.rungAt),
        ])
    guard changed == 1 else { return }
    for device in closing.devices.prefix(ChargingLimits.devicesPerRecord) {
        try tx.execute(
            "INSERT INTO call_devices (call, device, line, outcome) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [.id(closing.call), .id(device.device), .id(device.line), .text(device.outcome.rawValue)])
    }
    try addToHistories(closing, in: tx)
}

private func addToHistories(_ closing: CallClosing, in tx: any Transaction) throws(Fault) {
    let row = try tx.first(
        "SELECT caller_line, callee_line, dialled_at, answered_at, account FROM call_records WHERE call = $1", [.id(closing.call)]
    )
    guard let row else { return }
    let dialled = try row.time("dialled_at")
    let answered = try row.optionalTime("answered_at") != nil
    let caller = try row.text("caller_line")
    try addParty(caller, .outgoing, closing, dialled, missed: false, in: tx)
    if let callee = try row.optionalText("callee_line"), concernsCallee(closing.outcome, answered: answered) {
        let missed = isMissed(closing.outcome, answered: answered)
        try addParty(callee, .incoming, closing, dialled, missed: missed, in: tx)
    }
    let actor = closing.endedBy == nil ? "system" : "line:\(closing.endedBy == .caller ? caller : try row.text("callee_line"))"
    let account = try row.optionalText("account").map { #","account":"\#($0)""# } ?? ""
    try appendJournal(
        JournalEntry(
            at: closing.endedAt, actor: actor, action: "call.ended", subject: "call:\(closing.call)",
            clause: closing.outcome == .credit ? 9 : nil,
            after:
                #"{"outcome":"\#(closing.outcome.rawValue)","seconds":\#(closing.seconds),"cost":\#(closing.cost.micros)\#(account)}"#
        ),
        in: tx)
}

private func addParty(
    _ line: String, _ direction: CallDirection, _ closing: CallClosing, _ dialled: Timestamp, missed: Bool, in tx: any Transaction
) throws(Fault) {
    try tx.execute(
        "INSERT INTO call_parties (line, dialled_at, call, direction, missed) VALUES ($1, $2, $3, $4, $5)",
        [.text(line), .time(dialled), .id(closing.call), .text(direction.rawValue), .boolean(missed)])
}
