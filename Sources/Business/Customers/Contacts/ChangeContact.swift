public import Basics
public import Storage

/// Changes a contact's name, its number, or both; nil leaves a value as it is.
public func changeContact(
    _ id: ContactID, name: DisplayName?, number: PhoneNumber?, of owner: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Contact {
    guard let before = try ContactStore.find(id, of: owner, in: tx) else {
        throw Fault(.unknownContact, "the address book has no such contact")
    }
    let after = Contact(id: id, name: name ?? before.name, number: number ?? before.number)
    if let holder = try ContactStore.find(after.number, of: owner, in: tx), holder.id != id { throw .numberTaken }
    guard after != before else { return before }
    try ContactStore.update(after, of: owner, in: tx)
    try journal("contact.changed", id, of: owner, in: tx, at: now)
    return after
}
