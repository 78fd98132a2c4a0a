public import Basics
public import Storage

/// A customer's contacts that fit a search text, best first; all of them by name where there is no text.
public func listContacts(
    of owner: CustomerID, matching text: String = "", in tx: any Transaction
) throws(Fault) -> [Contact] {
    search(try ContactStore.all(of: owner, in: tx), for: text)
}

/// The name that a customer gave to a number, nil where the address book does not have it.
public func contactName(for number: PhoneNumber, of owner: CustomerID, in tx: any Transaction) throws(Fault) -> DisplayName? {
    try ContactStore.find(number, of: owner, in: tx)?.name
}
