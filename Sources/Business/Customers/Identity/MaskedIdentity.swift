/// One field of an identity, as it is revealed, disclosed and logged.
public enum IdentityField: String, Sendable, CaseIterable, Codable {
    /// The legal name, or an organisation's full name.
    case legalName = "legal-name"
    /// The birth date.
    case birthDate = "birth-date"
    /// The address with its postcode.
    case address
    /// The kind and number of the ID, or the unified social credit code.
    case idNumber = "id-number"
    /// The employer.
    case employer
    /// The phone.
    case phone
    /// The guardian's name, ID and phone.
    case guardian
    /// The legal representative.
    case legalRepresentative = "legal-representative"
    /// Who speaks for the organisation.
    case contactName = "contact-name"
    /// The copies of IDs and licences.
    case evidence
}

/// Who a customer is, with everything hidden that a screen need not show: `1101**********1234`, `王*英`, `138****1234`.
public struct MaskedIdentity: Sendable, Equatable {
    /// Person or organisation.
    public let kind: PartyKind
    /// The name; an organisation's is public and shown in full.
    public let legalName: String
    /// The kind of ID; nil for an organisation.
    public let idKind: IDKind?
    /// The number; an organisation's code is public and shown in full.
    public let idNumber: String
    /// The year of birth and no more; nil for an organisation.
    public let birthDate: String?
    /// The beginning of the address.
    public let address: String
    /// The postcode, which names a district.
    public let postcode: String
    /// The phone.
    public let phone: String
    /// The employer; nil where there is none.
    public let employer: String?
    /// The legal representative; nil for a person.
    public let legalRepresentative: String?
    /// Who speaks for the organisation; nil for a person.
    public let contactName: String?
    /// The guardian's name; nil where there is none.
    public let guardianName: String?

    /// Masks an identity.
    package init(_ identity: Identity) {
        kind = identity.kind
        phone = maskedPhone(identity.phone)
        switch identity {
        case .person(let person):
            legalName = maskedName(person.legalName)
            idKind = person.idKind
            idNumber = maskedNumber(person.idNumber)
            birthDate = "\(person.birthDate)".prefix(4) + "-**-**"
            address = maskedTail(person.address, after: 6)
            postcode = person.postcode
            employer = person.employer.map { maskedTail($0, after: 2) }
            legalRepresentative = nil
            contactName = nil
            guardianName = person.guardian.map { maskedName($0.legalName) }
        case .organisation(let organisation):
            legalName = organisation.fullName
            idKind = nil
            idNumber = organisation.uscc
            birthDate = nil
            address = maskedTail(organisation.address, after: 6)
            postcode = organisation.postcode
            employer = nil
            legalRepresentative = maskedName(organisation.legalRepresentative)
            contactName = maskedName(organisation.contactName)
            guardianName = nil
        }
    }
}

extension Identity {
    /// The value of a field in full; nil where this party has none.
    package func value(of field: IdentityField) -> String? {
        switch (self, field) {
        case (_, .legalName): legalName
        case (_, .phone): phone
        case (.person(let person), .birthDate): "\(person.birthDate)"
        case (.person(let person), .address): "\(person.postcode) \(person.address)"
        case (.person(let person), .idNumber): "\(person.idKind.rawValue) \(person.idNumber)"
        case (.person(let person), .employer): person.employer
        case (.person(let person), .guardian):
            person.guardian.map { "\($0.legalName), \($0.idKind.rawValue) \($0.idNumber), \($0.phone)" }
        case (.organisation(let organisation), .address): "\(organisation.postcode) \(organisation.address)"
        case (.organisation(let organisation), .idNumber): organisation.uscc
        case (.organisation(let organisation), .legalRepresentative): organisation.legalRepresentative
        case (.organisation(let organisation), .contactName): organisation.contactName
        default: nil
        }
    }
}

/// `王*英`, `王*`, `Z**** M**`: the ends of a Chinese name, the first letter of each Latin word.
public func maskedName(_ name: String) -> String {
    let characters = Array(name)
    guard let first = characters.first else { return "" }
    if first.isASCII || name.contains(" ") {
        return name.split(separator: " ").map { $0.prefix(1) + stars($0.count - 1) }.joined(separator: " ")
    }
    guard characters.count > 2 else { return String(first) + "*" }
    return String(first) + stars(characters.count - 2) + String(characters[characters.count - 1])
}

/// The first four and the last four of a long number, one and two of a short one.
func maskedNumber(_ number: String) -> String {
    let (head, tail) = number.count >= 12 ? (4, 4) : (1, 2)
    guard number.count > head + tail else { return stars(number.count) }
    return number.prefix(head) + stars(number.count - head - tail) + number.suffix(tail)
}

/// `138****1234`: the operator or area and the last four.
func maskedPhone(_ phone: String) -> String {
    let head = phone.hasPrefix("+") ? 4 : 3
    guard phone.count > head + 4 else { return stars(phone.count) }
    return phone.prefix(head) + stars(phone.count - head - 4) + phone.suffix(4)
}

private func maskedTail(_ text: String, after count: Int) -> String { text.prefix(count) + "****" }

private func stars(_ count: Int) -> String { String(repeating: "*", count: max(0, count)) }
