public import Basics

/// The id of a report of abuse, made by the page that reports.
public typealias AbuseReportID = Identifier<AbuseReport>

/// One customer says that another line misuses the service (clause 3). What they write is kept beside the report, never in the journal.
public struct AbuseReport: Sendable, Equatable {
    /// What somebody is reported for.
    public enum Category: String, Sendable, CaseIterable {
        /// Calls again and again against the other's will.
        case harassment
        /// Tries to get money or data by lies.
        case fraud
        /// Shows or says what is indecent or threatening.
        case indecency
        /// Advertises to people who did not ask.
        case spam
        /// Pretends to be somebody else.
        case impersonation
        /// Something else, told in the report.
        case other
    }

    /// How far the provider is with it.
    public enum State: String, Sendable, CaseIterable {
        /// Waits for a decision.
        case open
        /// The provider found nothing against clause 3.
        case dismissed
        /// A `misuse` hold was put on the line; appeal and lift are seen on the hold.
        case held
    }

    /// The id.
    public let id: AbuseReportID
    /// The line that reports.
    public let reporter: LineID
    /// The line that is reported.
    public let accused: LineID
    /// The call in which it happened; nil where it was not one.
    public let call: CallID?
    /// What for.
    public let category: Category
    /// What happened, in the reporter's words.
    public let words: String
    /// When it was reported.
    public let reportedAt: Timestamp
    /// How far the provider is.
    public let state: State
    /// The decision; nil while it is open.
    public let decision: AbuseDecision?
}

/// What the provider decided on a report.
public struct AbuseDecision: Sendable, Equatable {
    /// When.
    public let at: Timestamp
    /// Who, as in the journal.
    public let by: String
    /// Why, in the staff's words.
    public let finding: String
    /// The hold that it put; nil where the report was dismissed.
    public let hold: HoldID?
}

/// A piece of evidence of a report: what staff found or the reporter added. Added only, never changed.
public struct AbuseEvidence: Sendable, Equatable {
    /// Where it comes from, such as `call:ID`, `reporter`, `staff`.
    public let source: String
    /// What it says.
    public let words: String
    /// When it was added.
    public let addedAt: Timestamp
    /// Who added it, as in the journal.
    public let addedBy: String
}

/// A page of the queue of reports.
public struct AbuseReports: Sendable, Equatable {
    /// The reports.
    public let reports: [AbuseReport]
    /// Where the next page begins; nil at the end.
    public let next: AbuseReportID?
}
