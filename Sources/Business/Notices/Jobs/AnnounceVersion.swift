public import Access
public import Agreement
public import Basics
internal import Customers
public import Storage

/// Announces a published version: a public announcement, and a job that tells every customer who was one when it was published, each with the
/// last day of their own window (clause 15). The face calls it in the transaction that publishes. Called again, it is the same job.
public func announceVersion(
    _ id: VersionID, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Job {
    try act.require(.publishAgreement)
    return try startAnnouncing(id, by: act.actor, purpose: act.purpose, in: tx, at: now)
}

/// The same without the question who may: for whoever follows the journal and finds a version published.
func startAnnouncing(
    _ id: VersionID, by actor: String, purpose: String?, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Job {
    let version = try agreementVersion(id, in: tx)
    guard let published = version.publishedAt else { throw Fault(.jobState, "the version is not published yet") }
    let subject = "version:\(id)"
    if let there = try job(kind: VersionAnnouncement.kind, subject: subject, in: tx) { return there }
    _ = try announce(versionAnnouncement(version), by: actor, purpose: purpose, in: tx, at: now)
    return try startJob(
        kind: VersionAnnouncement.kind, subject: subject, total: try customerCount(enrolledUntil: published, in: tx), by: actor,
        in: tx, at: now)
}

/// The work of announcing a version to customers, in the order of their ids.
public struct VersionAnnouncement: JobWork {
    static let kind = "announce-version"
    /// As stored with the job.
    public var kind: String { Self.kind }
    private let zone: BusinessZone

    /// The work in the provider's zone.
    public init(zone: BusinessZone) { self.zone = zone }

    /// Tells the next 500 customers.
    public func batch(of job: Job, in tx: any Transaction, at now: Timestamp) throws(Fault) -> JobProgress {
        let version = try agreementVersion(VersionID(trusted: String(job.subject.dropFirst("version:".count))), in: tx)
        guard let published = version.publishedAt else { throw Fault(.jobState, "the version is not published") }
        let customers = try customersInOrder(
            after: job.cursor.isEmpty ? nil : CustomerID(trusted: job.cursor), enrolledUntil: published,
            limit: NoticesLimits.customersPerBatch, in: tx)
        let today = zone.date(of: now)
        for customer in customers {
            let facts = try agreementFacts(of: customer, in: tx, zone: zone)
            let window = facts.flatMap { changeWindows(facts: $0, on: today).first { $0.number == version.number } }
            let key = "version-announced:\(version.id)"
            if let window {
                _ = try giveNotice(
                    to: customer, .versionAnnounced, ["version": "\(version.number)", "until": "\(window.lastDay)"], clause: 15,
                    key: key, in: tx, at: now)
            } else {
                // Not yet, or no longer, bound by an agreement: told, but there is nothing to object to.
                _ = try giveNotice(
                    to: customer, .versionPublished, ["version": "\(version.number)"], clause: 15, key: key, in: tx, at: now)
            }
        }
        let isLast = customers.count < NoticesLimits.customersPerBatch
        return JobProgress(done: customers.count, next: isLast ? nil : customers.last?.rawValue)
    }
}

/// The public word about a version, made of its own summary.
func versionAnnouncement(_ version: AgreementVersion) -> NewAnnouncement {
    let number = version.number
    let summary = version.summary
    return NewAnnouncement(
        id: AnnouncementID(trusted: "version-\(number)"), kind: .agreement,
        title: Wording(zh: "服务协议第 \(number) 版已公布", en: "Version \(number) of the service agreement is published"),
        body: Wording(
            zh: "\(summary.zh)\n\n请在“我的协议”里查看哪里变了。您可以同意，也可以在期限内提出异议；期满没有提出，就按新版执行（第十五条）。",
            en: """
                \(summary.en)

                See under “My agreement” what changes. You may accept, or object within your window; if you do not, the new version binds \
                you when it ends (clause 15).
                """))
}
