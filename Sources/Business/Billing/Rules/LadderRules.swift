public import Basics

/// A step of the arrears ladder (clause 5). Each is harsher than the one before.
public enum LadderStep: String, Sendable, CaseIterable, Comparable {
    /// Nothing is overdue.
    case inTime = "in-time"
    /// Something is overdue; penalty accrues.
    case overdue
    /// The service is suspended.
    case suspended
    /// The agreement is ended; the debt stays.
    case terminated

    /// From mild to harsh.
    public static func < (a: LadderStep, b: LadderStep) -> Bool { a.rank < b.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A notice that was given before a step.
public struct LadderNotice: Hashable, Sendable {
    /// The step that it announced.
    public let step: LadderStep
    /// The day on which it was given.
    public let on: BusinessDate

    /// A notice.
    public init(step: LadderStep, on: BusinessDate) {
        self.step = step
        self.on = on
    }
}

/// What one unpaid amount has climbed to, and what comes next.
public struct LadderPosition: Hashable, Sendable {
    /// Where it stands.
    public let step: LadderStep
    /// Since when.
    public let since: BusinessDate
    /// The next step and the first day on which it may be taken; nil at the end.
    public let next: LadderNotice?
    /// The step whose notice should be given now; nil where none is due.
    public let noticeDue: LadderStep?
}

/// Where an unpaid amount stands on a day: a pure function of its due date, the still days, the terms and the notices given for it.
///
/// It is overdue from the day after the due date. A step of X months comes on the day after the day that lies X calendar months after the due
/// date, but not before the law allows it (电信条例, art. 34): suspension on the day after 30 days overdue, termination on the day after 60 days of
/// suspension. Days on which the clock stood still come on top, and no step is taken earlier than ``BillingLimits/noticeDays`` after its notice: a
/// step without notice is not taken. Every invoice climbs for itself and the account stands where its highest invoice stands, so that paying an
/// old one late neither skips nor repeats a step of the next.
package func ladderPosition(
    due: BusinessDate, still: DaySet, terms: LatePaymentTerms, notices: [LadderNotice], on day: BusinessDate
) -> LadderPosition {
    guard day > due else {
        return LadderPosition(
            step: .inTime, since: day, next: LadderNotice(step: .overdue, on: due.adding(days: 1)), noticeDue: nil)
    }
    let suspension = Step(
        .suspended, months: terms.monthsUntilSuspension, due: due, still: still, notices: notices,
        lawful: still.day(after: due, counting: BillingLimits.lawfulDaysToSuspension + 1))
    guard let suspended = suspension.taken, day >= suspended else {
        return LadderPosition(
            step: .overdue, since: due.adding(days: 1), next: LadderNotice(step: .suspended, on: suspension.earliest(on: day)),
            noticeDue: suspension.noticeDue(on: day))
    }
    let end = Step(
        .terminated, months: terms.monthsUntilTermination, due: due, still: still, notices: notices,
        lawful: still.day(after: suspended, counting: BillingLimits.lawfulDaysToTermination + 1))
    guard let terminated = end.taken, day >= terminated else {
        return LadderPosition(
            step: .suspended, since: suspended, next: LadderNotice(step: .terminated, on: end.earliest(on: day)),
            noticeDue: end.noticeDue(on: day))
    }
    return LadderPosition(step: .terminated, since: terminated, next: nil, noticeDue: nil)
}

/// One step of one amount.
private struct Step {
    let step: LadderStep
    /// The first day that the agreement and the law allow.
    let allowed: BusinessDate
    /// The day of its notice.
    let notice: BusinessDate?

    init(
        _ step: LadderStep, months: Int64, due: BusinessDate, still: DaySet, notices: [LadderNotice], lawful: BusinessDate
    ) {
        self.step = step
        let months = due.adding(months: months).days(since: due)
        allowed = max(still.day(after: due, counting: months + 1), lawful)
        notice = notices.filter { $0.step == step }.map(\.on).min()
    }

    /// The day on which it is taken; nil without notice.
    var taken: BusinessDate? { notice.map { max(allowed, $0.adding(days: BillingLimits.noticeDays)) } }

    /// The day on which it can be taken at the earliest, seen from a day.
    func earliest(on day: BusinessDate) -> BusinessDate {
        taken ?? max(allowed, day.adding(days: BillingLimits.noticeDays))
    }

    func noticeDue(on day: BusinessDate) -> LadderStep? {
        notice == nil && day >= allowed.adding(days: -BillingLimits.noticeDays) ? step : nil
    }
}
