public import Basics

/// The id of somebody who signs in.
public typealias PrincipalID = Identifier<Principal>

/// Somebody who signs in: the customer of a line, by its number, or a member of the staff, by a name.
public struct Principal: Sendable, Equatable {
    /// Whom the principal stands for.
    public enum Kind: String, Sendable {
        /// A customer, who signs in by the number of a line.
        case customer
        /// A member of the staff, who signs in by a name with a letter in it.
        case staff
    }

    /// The id.
    public let id: PrincipalID
    /// Whom it stands for.
    public let kind: Kind
    /// What is typed to sign in: the digits of the number.
    public let signInName: String
    /// Since when.
    public let createdAt: Timestamp
    /// When the sign-in ended; nil while it lives.
    public let endedAt: Timestamp?

    package init(id: PrincipalID, kind: Kind, signInName: String, createdAt: Timestamp, endedAt: Timestamp? = nil) {
        self.id = id
        self.kind = kind
        self.signInName = signInName
        self.createdAt = createdAt
        self.endedAt = endedAt
    }
}
