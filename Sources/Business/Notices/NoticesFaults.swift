public import Basics

extension Fault.Code {
    /// There is no such announcement.
    public static let unknownAnnouncement = Fault.Code("notices.announcement-unknown", .notFound)
    /// An announcement needs a title and a text in both languages, of at most `maximum` bytes.
    public static let announcementText = Fault.Code("notices.announcement-text", .invalid)
    /// The announcement's id was used for another one.
    public static let announcementConflict = Fault.Code("notices.announcement-conflict", .conflict)
    /// There is no such notice of this customer.
    public static let unknownNotice = Fault.Code("notices.notice-unknown", .notFound)
    /// The key was used for another notice to this customer.
    public static let noticeConflict = Fault.Code("notices.notice-conflict", .conflict)
    /// A notice does not have the parameters of its kind, or one is too long.
    public static let noticeParameters = Fault.Code("notices.notice-parameters", .defect)
    /// A notice's key has 1 to 120 bytes.
    public static let noticeKey = Fault.Code("notices.notice-key", .defect)
    /// A message could not be handed over; it will be tried again.
    public static let deliveryFailed = Fault.Code("notices.delivery-failed", .unavailable)
    /// The secret of the webhook is too short or cannot be read.
    public static let webhookSecret = Fault.Code("notices.webhook-secret", .invalid)
    /// The address of the webhook is not https, nor http to this machine.
    public static let webhookAddress = Fault.Code("notices.webhook-address", .invalid)
    /// There is no such job.
    public static let unknownJob = Fault.Code("notices.job-unknown", .notFound)
    /// The job has another state than the act needs.
    public static let jobState = Fault.Code("notices.job-state", .conflict)
    /// Another runner has taken the job over; nothing of this batch is kept.
    package static let jobLost = Fault.Code("notices.job-lost", .conflict)
}
