/// Whether the called line is told of an attempt at all.
package func concernsCallee(_ outcome: CallOutcome, answered: Bool) -> Bool {
    if answered { return true }
    return switch outcome {
    case .held, .credit, .unknownNumber, .emergencyUnavailable: false
    default: true
    }
}

/// Whether the called line missed the call: it was for them, nobody took it and nobody refused it.
package func isMissed(_ outcome: CallOutcome, answered: Bool) -> Bool {
    guard !answered, concernsCallee(outcome, answered: false) else { return false }
    return switch outcome {
    case .declined, .hungUp, .answeredElsewhere: false
    default: true
    }
}

/// The outcome as one line may see it: the other's credit is the other's matter.
package func visibleOutcome(_ outcome: CallOutcome, to role: CallRole) -> CallOutcome {
    role == .callee && outcome == .credit ? .hungUp : outcome
}

/// Who ended the call as one line may see it.
package func visibleEnder(_ ender: CallRole?, of outcome: CallOutcome, to role: CallRole) -> CallRole? {
    role == .callee && outcome == .credit ? .caller : ender
}
