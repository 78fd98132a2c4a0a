internal import Basics

/// The customer (甲方) as it stands in the document: what Customers knows of its identity, opened for this purpose by the caller.
public struct ContractParty: Sendable, Equatable {
    /// What the customer is.
    public enum Kind: String, Sendable {
        /// A human being.
        case person
        /// A company, an association, an office.
        case organisation
    }

    /// Person or organisation.
    public var kind: Kind
    /// The full name by law.
    public var name: String
    /// Where the customer lives or is registered.
    public var address: String
    /// The postcode.
    public var postcode: String
    /// The phone number.
    public var phone: String
    /// The kind of identity document, in both languages.
    public var idKind: Wording
    /// Its number.
    public var idNumber: String
    /// Who signs for it: the legal representative, or the guardian of somebody under age; nil where the customer signs itself.
    public var representative: String?

    /// Describes a party.
    public init(
        kind: Kind, name: String, address: String, postcode: String, phone: String, idKind: Wording, idNumber: String,
        representative: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.address = address
        self.postcode = postcode
        self.phone = phone
        self.idKind = idKind
        self.idNumber = idNumber
        self.representative = representative
    }

    /// The name as strangers may see it who verify a fingerprint: an organisation's in full, of a person's the first and, when there are
    /// three or more characters, the last.
    public var maskedName: String {
        guard kind == .person else { return name }
        let characters = Array(name)
        guard characters.count > 2, let last = characters.last else { return String(characters.prefix(1)) + "*" }
        return String(characters[0]) + String(repeating: "*", count: min(characters.count - 2, 6)) + String(last)
    }

    /// Refuses a party without whom there is no contract.
    func check() throws(Fault) {
        let fields = [
            ("name", name), ("address", address), ("phone", phone), ("idKind", idKind.zh), ("idKind", idKind.en),
            ("idNumber", idNumber),
        ]
        for (field, value) in fields + [("postcode", postcode), ("representative", representative ?? "-")] {
            let isMissing = value.allSatisfy(\.isWhitespace) && field != "postcode"
            guard !isMissing, value.utf8.count <= AgreementLimits.blankBytes, value.unicodeScalars.allSatisfy(isPrintable) else {
                throw Fault(.partyIncomplete, "the customer's \(field) is missing or cannot be printed", ["field": field])
            }
        }
    }
}
