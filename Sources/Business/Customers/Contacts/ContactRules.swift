internal import Basics
internal import Foundation

/// The contacts that fit a search text, best first: names that begin with it, names with a word that begins with it, names that hold
/// it, numbers that begin with its digits, numbers that hold them. Without a text, all of them by name.
///
/// Case, width and accents do not count. Names of equal rank are in the order of their code points; a page that knows the reader's
/// language may sort them by its collation.
package func search(_ contacts: [Contact], for text: String) -> [Contact] {
    let wanted = foldedText(String(text.prefix(CustomersLimits.searchCharacters))).trimmingCharacters(in: .whitespaces)
    let digits = String(wanted.filter { ("0"..."9").contains($0) })
    return contacts.compactMap { contact in
        rank(contact, wanted, digits).map { (rank: $0, contact: contact) }
    }.sorted { a, b in
        (a.rank, a.contact.name.text, a.contact.number) < (b.rank, b.contact.name.text, b.contact.number)
    }.map(\.contact)
}

/// 0 is best; nil does not fit.
private func rank(_ contact: Contact, _ wanted: String, _ digits: String) -> Int? {
    let name = foldedText(contact.name.text)
    if wanted.isEmpty || name.hasPrefix(wanted) { return 0 }
    if name.split(separator: " ").contains(where: { $0.hasPrefix(wanted) }) { return 1 }
    if name.contains(wanted) { return 2 }
    guard !digits.isEmpty, wanted.allSatisfy({ $0.isNumber || $0 == " " || $0 == "-" }) else { return nil }
    if contact.number.digits.hasPrefix(digits) { return 3 }
    return contact.number.digits.contains(digits) ? 4 : nil
}
