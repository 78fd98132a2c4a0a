public import Basics
public import Storage

/// A hold to put on a line.
public struct PlaceHoldRequest: Sendable {
    /// The line.
    public var line: LineID
    /// Why.
    public var kind: Hold.Kind
    /// The clause it rests on.
    public var clause: Int?
    /// What happened, as a code such as `limit-reached`.
    public var reason: String
    /// What proves it, as an id such as `call:ID`.
    public var evidence: String
    /// What it takes away.
    public var effect: Hold.Effect
    /// Who puts it, as in the journal: `system`, `staff:ID`, `customer:ID`.
    public var by: String

    /// Makes a request.
    public init(
        line: LineID, kind: Hold.Kind, clause: Int?, reason: String, evidence: String, effect: Hold.Effect, by: String
    ) {
        self.line = line
        self.kind = kind
        self.clause = clause
        self.reason = reason
        self.evidence = evidence
        self.effect = effect
        self.by = by
    }
}

/// Puts a hold on a line. Where one of the same kind and reason is in force already, that one is the answer: two calls that reach the
/// credit limit together make one hold.
@discardableResult
public func placeHold(_ request: PlaceHoldRequest, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Hold {
    for text in [request.reason, request.evidence] where !(1...LinesLimits.holdTextBytes).contains(text.utf8.count) {
        throw Fault(.holdText, "a hold needs a reason and an evidence of at most \(LinesLimits.holdTextBytes) bytes each")
    }
    try LineStore.lock(request.line, in: tx)
    let active = try HoldStore.active(on: request.line, in: tx)
    if let there = active.first(where: { $0.kind == request.kind && $0.reason == request.reason }) { return there }
    guard active.count < LinesLimits.holdsPerLine else { throw Fault(.tooManyHolds, "the line has too many holds") }
    let hold = Hold(
        id: .random(), line: request.line, kind: request.kind, clause: request.clause, reason: request.reason,
        evidence: request.evidence, effect: request.effect, putBy: request.by, since: now)
    try HoldStore.insert(hold, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: request.by, action: "hold.placed", subject: "line:\(request.line)", clause: request.clause,
            after: #"{"hold":"\#(hold.id)","kind":"\#(hold.kind.rawValue)","effect":"\#(hold.effect.rawValue)"}"#),
        in: tx)
    return hold
}
