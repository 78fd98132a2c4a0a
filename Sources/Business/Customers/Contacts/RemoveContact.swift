public import Basics
public import Storage

/// Removes a contact from a customer's address book.
public func removeContact(_ id: ContactID, of owner: CustomerID, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    guard try ContactStore.delete(id, of: owner, in: tx) else {
        throw Fault(.unknownContact, "the address book has no such contact")
    }
    try journal("contact.removed", id, of: owner, in: tx, at: now)
}
