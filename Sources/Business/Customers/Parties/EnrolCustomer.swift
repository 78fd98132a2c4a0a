public import Access
public import Basics
public import Storage

/// Takes in a party who signs in as a principal.
public func enrolCustomer(
    _ id: CustomerID = .random(), named name: DisplayName, language: Language, signingInAs principal: PrincipalID,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Customer {
    let customer = Customer(id: id, name: name, language: language, since: now)
    try CustomerStore.insert(customer, in: tx)
    guard try CustomerStore.link(principal, to: id, in: tx) else {
        throw Fault(.principalTaken, "the principal stands for a customer already")
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(id)", action: "customer.enrolled", subject: "customer:\(id)", clause: 1,
            after: #"{"principal":"\#(principal)","language":"\#(language.rawValue)"}"#),
        in: tx)
    return customer
}
