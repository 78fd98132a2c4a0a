public import Basics
public import Storage

/// Changes the language in which a customer is spoken to.
public func changeLanguage(
    of id: CustomerID, to language: Language, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    let before = try customer(id, in: tx)
    guard before.language != language else { return }
    try CustomerStore.set(language, of: id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(id)", action: "customer.language-changed", subject: "customer:\(id)",
            before: #"{"language":"\#(before.language.rawValue)"}"#, after: #"{"language":"\#(language.rawValue)"}"#),
        in: tx)
}
