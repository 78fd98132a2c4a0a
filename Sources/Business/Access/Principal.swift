public import Basics

/// The id of somebody who signs in.
public typealias PrincipalID = Identifier<Principal>

/// Somebody who signs in: today the customer of a line, by its number; staff come with their own kind.
public struct Principal: Sendable, Equatable {
    /// Whom the principal stands for.
    public enum Kind: String, Sendable {
        /// A customer, who signs in by the number of a line.
        case customer
    }

    /// The id.
    public let id: PrincipalID
    /// Whom it stands for.
    public let kind: Kind
    /// What is typed to sign in: the digits of the number.
    public let signInName: String
    /// Since when.
    public let createdAt: Timestamp
}
