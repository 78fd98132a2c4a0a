public import Access
public import Basics
public import Storage

/// How a report of abuse is decided.
public enum AbuseVerdict: Sendable, Equatable {
    /// Nothing against clause 3 was found.
    case dismissed
    /// The line is held: outgoing calls, or everything.
    case held(Hold.Effect)
}

/// Decides a report of abuse. Held means a `misuse` hold with its reason, which the customer can see and appeal against at once
/// (反诈法 art. 32). Two who decide at once: the second is told that it is decided.
@discardableResult
public func decideAbuse(
    _ id: AbuseReportID, _ verdict: AbuseVerdict, finding: String, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> AbuseReport {
    try act.require(.handleAbuse)
    let finding = try abuseWords(finding)
    let report = try AbuseStore.locked(id, in: tx)
    guard report.state == .open else { throw Fault(.abuseDecided, "the report was decided already") }
    var hold: HoldID?
    if case .held(let effect) = verdict {
        _ = try lineInService(report.accused, in: tx)
        hold = try placeHold(
            PlaceHoldRequest(
                line: report.accused, kind: .misuse, clause: 3, reason: report.category.rawValue, evidence: "abuse:\(id)",
                effect: effect, by: act.actor),
            in: tx, at: now
        ).id
    }
    let decision = AbuseDecision(at: now, by: act.actor, finding: finding, hold: hold)
    try AbuseStore.decide(id, hold == nil ? .dismissed : .held, decision, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "abuse.decided", subject: "abuse:\(id)", clause: 3,
            before: journalState(["state": .text(report.state.rawValue)]),
            after: journalState([
                "state": .text((hold == nil ? AbuseReport.State.dismissed : .held).rawValue), "hold": .optional(hold?.rawValue),
                "purpose": .text(act.purpose),
            ])),
        in: tx)
    return try abuseReport(id, in: tx)
}

/// Adds what staff found to a report, such as the record of the call.
public func addAbuseEvidence(
    to id: AbuseReportID, from source: String, _ words: String, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try act.require(.handleAbuse)
    guard (1...LinesLimits.holdTextBytes).contains(source.utf8.count) else {
        throw Fault(.abuseWords, "an evidence names its source", ["maximum": "\(LinesLimits.holdTextBytes)"])
    }
    let words = try abuseWords(words)
    let report = try AbuseStore.locked(id, in: tx)
    let position = try AbuseStore.evidence(of: report.id, in: tx).count
    guard position < LinesLimits.abuseEvidence else {
        throw Fault(.tooMuchAbuseEvidence, "the report has too much evidence", ["maximum": "\(LinesLimits.abuseEvidence)"])
    }
    let evidence = AbuseEvidence(source: source, words: words, addedAt: now, addedBy: act.actor)
    try AbuseStore.insert(evidence, at: position, of: id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "abuse.evidence-added", subject: "abuse:\(id)", clause: 3,
            after: journalState(["position": .number(Int64(position)), "purpose": .text(act.purpose)])),
        in: tx)
}
