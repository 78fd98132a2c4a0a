public import Basics

extension Fault.Code {
    /// There is no such customer, or the asker is not theirs.
    public static let unknownCustomer = Fault.Code("customers.unknown", .notFound)
    /// The name is empty or only spaces.
    public static let nameEmpty = Fault.Code("customers.name-empty", .invalid)
    /// The name has more than `maximum` characters.
    public static let nameTooLong = Fault.Code("customers.name-too-long", .invalid)
    /// The name holds a character that cannot be seen or that misleads the eye; `character` names it, as in `U+202E`.
    public static let nameCharacter = Fault.Code("customers.name-character", .invalid)
    /// The principal stands for a customer already.
    public static let principalTaken = Fault.Code("customers.principal-taken", .conflict)
    /// The address book has no such contact.
    public static let unknownContact = Fault.Code("customers.contact-unknown", .notFound)
    /// The number is in the address book already.
    public static let contactNumberTaken = Fault.Code("customers.contact-number-taken", .conflict)
    /// The address book holds `maximum` contacts.
    public static let tooManyContacts = Fault.Code("customers.too-many-contacts", .limited)
    /// The language is not one of the house's.
    public static let unknownLanguage = Fault.Code("customers.unknown-language", .invalid)
}
