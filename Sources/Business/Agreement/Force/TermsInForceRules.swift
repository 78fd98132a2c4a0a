public import Basics

// Which version binds a customer on a day (clauses 15 and 17), as pure functions of the facts.
//
// - The signed version binds from the day of the later signature.
// - The window of a later version opens on the day of its publication (for a customer whose agreement came into force after that: on
//   the day it did), lasts as many months as the terms say that are then in force for the customer, and its last day is included.
// - A word of acceptance binds from its day. Silence binds from the day after the last one.
// - While any objection of the customer is open, silence binds nothing. Settled by acceptance, windows that are over bind from the day
//   after; settled otherwise, nothing that had been published by then binds by silence any more.
// - A version never replaces a later one. After the end of the agreement the last terms stay, for what is still to be settled.

/// The terms in force on a day; nil before the agreement is.
public func termsInForce(facts: AgreementFacts, on day: BusinessDate) -> TermsInForce? {
    bindings(facts).filter { $0.since <= day }.max { $0.number < $1.number }
}

/// The windows of all later versions that have opened by a day, by number.
public func changeWindows(facts: AgreementFacts, on day: BusinessDate) -> [ChangeWindow] {
    guard let inForceSince = facts.inForceSince else { return [] }
    let bindings = bindings(facts)
    return facts.later.compactMap { edition in
        let opens = max(edition.published, inForceSince)
        guard opens <= day, facts.endedOn.map({ opens <= $0 }) ?? true else { return nil }
        let lastDay = lastDay(from: opens, bindings.filter { $0.number < edition.number })
        return ChangeWindow(
            version: edition.id, number: edition.number, opens: opens, lastDay: lastDay,
            state: state(of: edition, lastDay: lastDay, facts, bindings, on: day),
            silenceBindsFrom: silenceBinds(edition, lastDay: lastDay, facts))
    }
}

/// Every version that bound or will bind by what is known, in the order of their numbers.
private func bindings(_ facts: AgreementFacts) -> [TermsInForce] {
    guard let inForceSince = facts.inForceSince else { return [] }
    var found = [binding(facts.signed, since: inForceSince, because: .signature)]
    for edition in facts.later {
        if let accepted = acceptance(of: edition, facts) {
            found.append(binding(edition, since: accepted, because: .acceptance))
            continue
        }
        let lastDay = lastDay(from: max(edition.published, inForceSince), found)
        guard let silence = silenceBinds(edition, lastDay: lastDay, facts) else { continue }
        found.append(binding(edition, since: silence, because: .silence))
    }
    return found
}

private func binding(
    _ edition: AgreementFacts.Edition, since: BusinessDate, because: TermsInForce.Reason
) -> TermsInForce {
    TermsInForce(version: edition.id, number: edition.number, terms: edition.terms, since: since, because: because)
}

/// The months are those of the terms in force on the day the window opens, of whatever version that is.
private func lastDay(from opens: BusinessDate, _ earlier: [TermsInForce]) -> BusinessDate {
    let inForce = earlier.filter { $0.since <= opens }.max { $0.number < $1.number }
    return opens.adding(months: Int64(max(inForce?.terms.objectionMonths ?? 0, 0)))
}

/// The day of acceptance, be it at once or at the end of a negotiation.
private func acceptance(of edition: AgreementFacts.Edition, _ facts: AgreementFacts) -> BusinessDate? {
    if let day = facts.acceptances[edition.number] { return day }
    let settled = facts.objections.first { $0.version == edition.number }?.settled
    return settled?.outcome == .accepted ? settled?.day : nil
}

/// The day from which silence makes a version binding; nil when it does not, or not yet.
private func silenceBinds(_ edition: AgreementFacts.Edition, lastDay: BusinessDate, _ facts: AgreementFacts) -> BusinessDate? {
    guard facts.acceptances[edition.number] == nil, !facts.objections.contains(where: { $0.version == edition.number }) else {
        return nil
    }
    var day = lastDay.adding(days: 1)
    // In the order they were raised: one that is raised while an earlier one holds the silence back holds it back further.
    for objection in facts.objections.sorted(by: { $0.raised < $1.raised }) where objection.raised < day {
        guard let settled = objection.settled else { return nil }
        if settled.outcome != .accepted, edition.published <= settled.day { return nil }
        day = max(day, settled.day.adding(days: 1))
    }
    if let ended = facts.endedOn, day > ended { return nil }
    return day
}

private func state(
    of edition: AgreementFacts.Edition, lastDay: BusinessDate, _ facts: AgreementFacts, _ bindings: [TermsInForce],
    on day: BusinessDate
) -> ChangeWindow.State {
    if let binding = bindings.first(where: { $0.number == edition.number }), binding.since <= day {
        let isLate = bindings.contains { $0.number > edition.number && $0.since <= binding.since }
        return isLate ? .superseded : .binding(since: binding.since, because: binding.because)
    }
    if bindings.contains(where: { $0.number > edition.number && $0.since <= day }) { return .superseded }
    if let ended = facts.endedOn, ended <= day { return .closed }
    if let own = facts.objections.first(where: { $0.version == edition.number && $0.raised <= day }) {
        guard let settled = own.settled, settled.day <= day else { return .negotiating }
        return .settled(settled.outcome, on: settled.day)
    }
    let settlement = facts.objections.compactMap(\.settled).first {
        $0.outcome != .accepted && edition.published <= $0.day && $0.day <= day
    }
    if let settlement, silenceBinds(edition, lastDay: lastDay, facts) == nil {
        return .settled(settlement.outcome, on: settlement.day)
    }
    return day <= lastDay ? .open : .waiting
}
