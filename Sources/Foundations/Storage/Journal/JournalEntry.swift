public import Basics

/// One business change: who did what to which subject under which clause, and what it was before and after.
public struct JournalEntry: Sendable, Equatable {
    /// When, on the service's clock.
    public var at: Timestamp
    /// Who: `customer:ID`, `staff:ID`, `system`.
    public var actor: String
    /// The verb, such as `line.opened`.
    public var action: String
    /// What it was done to, such as `line:ID`.
    public var subject: String
    /// The clause of the agreement that it rests on; nil where none does.
    public var clause: Int?
    /// The state before as JSON; nil where there was none.
    public var before: String?
    /// The state after as JSON; nil where there is none.
    public var after: String?

    /// Makes an entry.
    public init(
        at: Timestamp, actor: String, action: String, subject: String, clause: Int? = nil, before: String? = nil,
        after: String? = nil
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.clause = clause
        self.before = before
        self.after = after
    }
}
