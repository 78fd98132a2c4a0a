package import Basics

/// A named limit on attempts: some at once, then one in a while.
public struct AttemptLimit: Sendable {
    /// Attempts that may come together.
    public let atOnce: Int64
    /// Seconds until one more is allowed.
    public let secondsEach: Int64

    /// Declares a limit.
    public init(atOnce: Int64, secondsEach: Int64) {
        self.atOnce = atOnce
        self.secondsEach = secondsEach
    }
}

/// What the limit says to one attempt.
package enum AttemptDecision: Equatable {
    /// Go on, and remember the new debt.
    case allowed(debtUntil: Timestamp)
    /// Wait this long.
    case wait(seconds: Int64)
}

extension AttemptLimit {
    /// The limit as a pure rule over one remembered instant, the time at which all past attempts are forgotten (the generic cell rate
    /// algorithm of ITU-T I.371). Nothing remembered means nothing owed.
    package func decide(debtUntil: Timestamp?, at now: Timestamp) -> AttemptDecision {
        let start = max(debtUntil ?? now, now)
        let debt = start.adding(seconds: secondsEach)
        let excess = debt.milliseconds(since: now) - atOnce * secondsEach * 1000
        return excess <= 0 ? .allowed(debtUntil: debt) : .wait(seconds: (excess + 999) / 1000)
    }

    /// The debt when one attempt turned out to be right: it is as if it had not been made.
    package func forgiven(debtUntil: Timestamp) -> Timestamp { debtUntil.adding(seconds: -secondsEach) }
}
