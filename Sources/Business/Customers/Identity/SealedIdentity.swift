internal import Basics
internal import Foundation
internal import Storage

/// The places that sealed bytes are bound to. What is kept after the end of the service keeps its place, so that it can be moved unopened.
enum SealedPlace {
    static let identity: @Sendable (String) -> String = { "customers.identity:\($0)" }
    static let evidence: @Sendable (String) -> String = { "customers.evidence:\($0)" }
    static let evidenceName: @Sendable (String) -> String = { "customers.evidence-name:\($0)" }
    static let numberIndex = "customers.identity-number"
    static let phoneIndex = "customers.identity-phone"
    static let nameIndex = "customers.identity-name"
}

/// An identity as JSON, which is what the vault seals. Names of members are part of the stored form.
struct StoredIdentity: Codable {
    var person: StoredPerson?
    var organisation: StoredOrganisation?

    init(_ identity: Identity) {
        switch identity {
        case .person(let person): self.person = StoredPerson(person)
        case .organisation(let organisation): self.organisation = StoredOrganisation(organisation)
        }
    }

    /// The identity; nil where it is neither or a date is damaged.
    var identity: Identity? {
        if let person { return person.identity.map(Identity.person) }
        return organisation.map { Identity.organisation($0.identity) }
    }

    static func seal(_ identity: Identity, of customer: CustomerID, with vault: Vault) throws(Fault) -> [UInt8] {
        try vault.seal(json(StoredIdentity(identity)), for: SealedPlace.identity(customer.rawValue))
    }

    static func open(_ sealed: [UInt8], of customer: CustomerID, with vault: Vault) throws(Fault) -> Identity {
        let plain = try vault.open(sealed, for: SealedPlace.identity(customer.rawValue))
        let stored = try? JSONDecoder().decode(StoredIdentity.self, from: Data(plain))
        guard let identity = stored?.identity else {
            throw Fault(.schema, "the sealed identity of customer \(customer) is not one that this program wrote")
        }
        return identity
    }
}

/// JSON with sorted keys; what this room encodes cannot fail.
func json(_ value: some Encodable, pretty: Bool = false) throws(Fault) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
        pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
    do { return Array(try encoder.encode(value)) } catch { throw Fault(.schema, "a record cannot be written as JSON: \(error)") }
}

struct StoredPerson: Codable {
    var legalName: String
    var birthDate: String
    var address: String
    var postcode: String
    var idKind: IDKind
    var idNumber: String
    var employer: String?
    var phone: String
    var guardian: StoredGuardian?

    init(_ person: PersonIdentity) {
        legalName = person.legalName
        birthDate = "\(person.birthDate)"
        address = person.address
        postcode = person.postcode
        idKind = person.idKind
        idNumber = person.idNumber
        employer = person.employer
        phone = person.phone
        guardian = person.guardian.map(StoredGuardian.init)
    }

    var identity: PersonIdentity? {
        guard let birth = BusinessDate(birthDate) else { return nil }
        return PersonIdentity(
            legalName: legalName, birthDate: birth, address: address, postcode: postcode, idKind: idKind, idNumber: idNumber,
            employer: employer, phone: phone, guardian: guardian?.guardian)
    }
}

struct StoredGuardian: Codable {
    var legalName: String
    var idKind: IDKind
    var idNumber: String
    var phone: String
    var agreedToChildData: Bool

    init(_ guardian: Guardian) {
        legalName = guardian.legalName
        idKind = guardian.idKind
        idNumber = guardian.idNumber
        phone = guardian.phone
        agreedToChildData = guardian.agreedToChildData
    }

    var guardian: Guardian {
        Guardian(legalName: legalName, idKind: idKind, idNumber: idNumber, phone: phone, agreedToChildData: agreedToChildData)
    }
}

struct StoredOrganisation: Codable {
    var fullName: String
    var uscc: String
    var legalRepresentative: String
    var address: String
    var postcode: String
    var phone: String
    var contactName: String

    init(_ organisation: OrganisationIdentity) {
        fullName = organisation.fullName
        uscc = organisation.uscc
        legalRepresentative = organisation.legalRepresentative
        address = organisation.address
        postcode = organisation.postcode
        phone = organisation.phone
        contactName = organisation.contactName
    }

    var identity: OrganisationIdentity {
        OrganisationIdentity(
            fullName: fullName, uscc: uscc, legalRepresentative: legalRepresentative, address: address, postcode: postcode,
            phone: phone, contactName: contactName)
    }
}
