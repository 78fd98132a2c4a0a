/// What a customer is told of a hold: why, what to do, which papers are needed and how to appeal (反电信网络诈骗法 art. 32). Keys of words.
public struct HoldRemedy: Sendable, Equatable {
    /// Why.
    public let reasonKey: String
    /// What to do.
    public let remedyKey: String
    /// Which papers are needed; empty where none are.
    public let paperKeys: [String]
    /// Whether an appeal to the provider is open. Against an order of a judicial body it is not; that goes to the body.
    public let mayAppeal: Bool
    /// Business days in which an appeal is answered at the latest.
    public let answerDays: Int64
}

/// The remedy of a hold, from the hold alone.
public func remedy(for hold: Hold) -> HoldRemedy {
    var papers: [String] = []
    var reason = hold.reasonKey
    if hold.kind == .identity {
        papers = ["hold.papers.id", "hold.papers.licence", "hold.papers.guardian"]
        if let known = IdentityHoldReason(rawValue: hold.reason) { reason = "hold.identity.\(known.rawValue)" }
    } else if hold.kind == .misuse {
        papers = ["hold.papers.explanation"]
    }
    return HoldRemedy(
        reasonKey: reason, remedyKey: hold.remedyKey, paperKeys: papers, mayAppeal: mayAppeal(against: hold.kind),
        answerDays: LinesLimits.appealDays)
}

/// Whether the provider itself can decide on an appeal against a kind of hold.
func mayAppeal(against kind: Hold.Kind) -> Bool {
    switch kind {
    case .identity, .misuse, .arrears, .credit: true
    case .legalOrder, .maintenance, .customerRequest: false
    }
}
