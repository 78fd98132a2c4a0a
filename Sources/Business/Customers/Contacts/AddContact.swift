public import Basics
public import Storage

/// Adds a name and a number to a customer's address book. The same id again answers with the contact that is there.
public func addContact(
    _ id: ContactID = .random(), name: DisplayName, number: PhoneNumber, to owner: CustomerID, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) -> Contact {
    if let there = try ContactStore.find(id, of: owner, in: tx) { return there }
    guard try ContactStore.count(of: owner, in: tx) < CustomersLimits.contacts else {
        throw Fault(.tooManyContacts, "the address book is full", ["maximum": "\(CustomersLimits.contacts)"])
    }
    let contact = Contact(id: id, name: name, number: number)
    guard try ContactStore.insert(contact, of: owner, in: tx) else { throw .numberTaken }
    try journal("contact.added", id, of: owner, in: tx, at: now)
    return contact
}

extension Fault {
    static var numberTaken: Fault { Fault(.contactNumberTaken, "the number is in the address book already") }
}

/// The journal says that a contact changed, not what its name and number are.
func journal(
    _ action: String, _ id: ContactID, of owner: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try appendJournal(
        JournalEntry(at: now, actor: "customer:\(owner)", action: action, subject: "contact:\(id)"), in: tx)
}
