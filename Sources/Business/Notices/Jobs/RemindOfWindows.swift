internal import Agreement
public import Basics
internal import Customers
public import Storage

/// Starts the reminders of a day: customers whose window ends seven days later and who have not answered are told (clause 15). Called by the
/// daily close; where no window can end on that day nothing is started. Called again for the same day, it is the same job.
@discardableResult
public func remindOfWindows(
    on day: BusinessDate, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Job? {
    let versions = try agreementVersions(in: tx)
    let months = Set(versions.map { Int64($0.terms.objectionMonths) })
    let end = day.adding(days: NoticesLimits.windowReminderDays)
    // A window opens on the day of publication, or, for an agreement that came into force later, on that day: nobody's ends before.
    let mayEnd = versions.contains { version in
        guard let published = version.publishedAt, version.number > 1 else { return false }
        return months.contains { zone.date(of: published).adding(months: $0) <= end }
            && months.contains { zone.date(of: published).adding(months: $0 + 12) >= day }
    }
    guard mayEnd else { return nil }
    return try startJob(
        kind: WindowReminder.kind, subject: "\(day)", total: try customerCount(enrolledUntil: now, in: tx), by: "system", in: tx,
        at: now)
}

/// The work of reminding customers of windows that end in seven days.
public struct WindowReminder: JobWork {
    static let kind = "remind-of-windows"
    /// As stored with the job.
    public var kind: String { Self.kind }
    private let zone: BusinessZone

    /// The work in the provider's zone.
    public init(zone: BusinessZone) { self.zone = zone }

    /// Reminds those of the next 500 customers whose window ends then.
    public func batch(of job: Job, in tx: any Transaction, at now: Timestamp) throws(Fault) -> JobProgress {
        guard let day = BusinessDate(job.subject) else { throw Fault(.jobState, "the job's subject is no day") }
        let end = day.adding(days: NoticesLimits.windowReminderDays)
        let customers = try customersInOrder(
            after: job.cursor.isEmpty ? nil : CustomerID(trusted: job.cursor), enrolledUntil: job.startedAt,
            limit: NoticesLimits.customersPerBatch, in: tx)
        for customer in customers {
            guard let facts = try agreementFacts(of: customer, in: tx, zone: zone) else { continue }
            for window in changeWindows(facts: facts, on: day) where window.mayAnswer && window.lastDay == end {
                _ = try giveNotice(
                    to: customer, .windowEnding, ["version": "\(window.number)", "until": "\(window.lastDay)"], clause: 15,
                    key: "window-ending:\(window.version)", in: tx, at: now)
            }
        }
        let isLast = customers.count < NoticesLimits.customersPerBatch
        return JobProgress(done: customers.count, next: isLast ? nil : customers.last?.rawValue)
    }
}

/// The jobs of this room, for ``advanceJobs(_:on:clock:batches:)``.
public func noticeJobs(zone: BusinessZone) -> [any JobWork] {
    [VersionAnnouncement(zone: zone), WindowReminder(zone: zone), Broadcast()]
}
