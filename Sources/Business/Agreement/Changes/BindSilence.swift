public import Basics
public import Storage

/// How far the recording of silence got.
public struct SilenceStep: Sendable, Equatable {
    /// Versions that were recorded as binding by silence in this step.
    public let bound: Int
    /// Where the next step goes on; nil when all have been looked at.
    public let next: AgreementID?
}

/// Records, for some agreements, which versions silence has made binding by now (clause 15): part of the daily close. Each is dated at the
/// end of its window, however late this runs, and journaled once, however often it runs. What binds does not depend on it:
/// ``termsInForce(facts:on:)`` knows by itself.
public func bindSilence(
    after last: AgreementID? = nil, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> SilenceStep {
    let today = zone.date(of: now)
    let limit = AgreementLimits.agreementsPerStep
    let some = try ChangeStore.unanswered(
        after: last, endedAfter: now.adding(seconds: -AgreementLimits.daysAfterEnd * 86_400), limit: limit, in: tx)
    var bound = 0
    for (agreement, customer) in some {
        guard let facts = try FactStore.facts(of: customer, zone: zone, in: tx) else { continue }
        for window in changeWindows(facts: facts, on: today) {
            guard case .binding(let since, .silence) = window.state,
                try ChangeStore.accept(agreement, window.version, because: .silence, at: zone.start(of: since), in: tx)
            else { continue }
            bound += 1
            try appendJournal(
                JournalEntry(
                    at: now, actor: "system", action: "agreement.silence-bound", subject: "agreement:\(agreement)", clause: 15,
                    after: journalState([
                        "version": .number(Int64(window.number)), "lastDay": .text("\(window.lastDay)"),
                        "from": .text("\(since)"),
                    ])),
                in: tx)
        }
    }
    return SilenceStep(bound: bound, next: some.count == limit ? some.last?.agreement : nil)
}
