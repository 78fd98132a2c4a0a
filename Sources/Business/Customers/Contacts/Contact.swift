public import Basics

/// The id of a contact; the page that adds it may make it, so that a repeat does not add it twice.
public typealias ContactID = Identifier<Contact>

/// A name and a number in a customer's address book. Nobody else sees it.
public struct Contact: Sendable, Equatable {
    /// The id.
    public let id: ContactID
    /// The name that the owner gave.
    public let name: DisplayName
    /// The number.
    public let number: PhoneNumber

    package init(id: ContactID, name: DisplayName, number: PhoneNumber) {
        self.id = id
        self.name = name
        self.number = number
    }
}
