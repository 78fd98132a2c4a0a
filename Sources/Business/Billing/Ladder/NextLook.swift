internal import Basics
internal import Charging
internal import Storage

/// The first day from `standing.on` on, that day included, on which a look at the ladder could do something that it would not do today, if nothing
/// happens to the account until then; nil for never.
///
/// The ladder of a claim changes on the days that its position names. Lines that are opened while the account is suspended are held at the next
/// look, and what is on deposit covers the calls of a month that begins, so those accounts are looked at every day.
func nextLook(
    _ standing: Standing, claims: [Claim], notices: [InvoiceID: [LadderNotice]], isSuspended: Bool
) -> BusinessDate? {
    if isSuspended || standing.deposit != .zero { return standing.on.adding(days: 1) }
    let terms = Dictionary(claims.map { ($0.id, $0.terms) }, uniquingKeysWith: { first, _ in first })
    var days: [BusinessDate] = []
    for claim in standing.claims where claim.isOpen {
        for clock in claim.clocks {
            let position = ladderPosition(
                due: clock.due, still: clock.still, terms: terms[claim.claim] ?? .standard, notices: notices[claim.claim] ?? [],
                on: standing.on)
            if position.noticeDue != nil { return standing.on }
            guard let next = position.next else { continue }
            // A notice comes before every step but the first; given already, the step itself is next.
            let isTold = next.step == .overdue || (notices[claim.claim] ?? []).contains { $0.step == next.step }
            days.append(isTold ? next.on : next.on.adding(days: -BillingLimits.noticeDays))
        }
    }
    return days.min()
}

extension BilledAccount {
    /// Writes when the sweep is to look at the account again: today where it stands higher by now than what was written, as when an invoice is made
    /// before the day's sweep.
    func lookAgain(_ standing: Standing, _ facts: AccountFacts) throws(Fault) {
        let step = try written().step
        let isBehind = try ladderPosition(standing, facts).account.step != step
        let day =
            isBehind
            ? standing.on
            : nextLook(standing, claims: facts.claims, notices: try notices(), isSuspended: step >= .suspended)
        known?.writes.look(at: id, on: day ?? BusinessDate.range.upperBound)
    }
}
