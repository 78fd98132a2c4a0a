// The room's limits, each with a name.

/// The limits of notices and their delivery.
public enum NoticesLimits {
    /// Bytes of an announcement's title.
    public static let titleBytes = 1...300
    /// Bytes of an announcement's text.
    public static let bodyBytes = 1...20_000
    /// Announcements of a page.
    public static let announcementsPerPage = 50
    /// Bytes of the key that makes a notice one.
    public static let keyBytes = 1...120
    /// Bytes of a parameter.
    public static let parameterBytes = 300
    /// Notices of a page.
    public static let noticesPerPage = 100
    /// Unread notices that are counted; beyond it is "more than".
    public static let unreadCounted = 99
    /// Entries of a page of a timeline or the journal.
    public static let entriesPerPage = 200
    /// Messages that a worker takes from the outbox at a time.
    public static let messagesPerTake = 50
    /// Messages that are on their way to the outside at the same time.
    public static let messagesAtOnce = 8
    /// Seconds for which a taken message is left alone by other workers.
    public static let messageLeaseSeconds: Int64 = 120
    /// Tries of a message before it is given up.
    public static let deliveryTries = 10
    /// Seconds until the second try; every further one waits twice as long.
    public static let firstRetrySeconds: Int64 = 30
    /// Seconds that a retry waits at most.
    public static let longestRetrySeconds: Int64 = 6 * 3600
    /// Seconds that the outside has to answer.
    public static let deliverySeconds = 10
    /// Bytes of a webhook's secret.
    public static let webhookSecretBytes = 24...64
    /// Customers of one batch of a job.
    public static let customersPerBatch = 500
    /// Seconds for which a runner has a job to itself after its last batch.
    public static let jobLeaseSeconds: Int64 = 60
    /// Faults in a row before a job stands still until somebody looks.
    public static let jobFaults = 5
    /// Entries of the journal that are followed in one transaction.
    public static let entriesFollowed = 500
    /// Days before the end of a window when the customer is reminded.
    public static let windowReminderDays: Int64 = 7
}
