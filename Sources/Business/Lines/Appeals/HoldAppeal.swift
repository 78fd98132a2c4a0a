public import Basics
public import Customers

/// The id of an appeal, made by the page that files it.
public typealias AppealID = Identifier<HoldAppeal>

/// A customer's appeal against a hold (反电信网络诈骗法 art. 32).
public struct HoldAppeal: Sendable, Equatable {
    /// Where it stands.
    public enum State: String, Sendable, CaseIterable {
        /// It waits for staff.
        case filed
        /// The hold was lifted.
        case granted
        /// The hold stays; the answer says why.
        case refused
    }

    /// The id.
    public let id: AppealID
    /// The hold.
    public let hold: HoldID
    /// The line.
    public let line: LineID
    /// The customer.
    public let customer: CustomerID
    /// What the customer says.
    public let words: String
    /// When.
    public let filedAt: Timestamp
    /// Until when it is answered at the latest.
    public let dueAt: Timestamp
    /// Where it stands.
    public let state: State
    /// What staff answer; nil while it waits.
    public let answer: String?
    /// When it was decided.
    public let decidedAt: Timestamp?
    /// Who decided, as in the journal.
    public let decidedBy: String?
}
