import Access
import Basics
import Customers
import Storage

/// Looks at personal data. Each goes into the log that the customer reads.
enum PrivacyActs {
    static let all = [reveal, view, handOver]

    static let reveal = ConsoleAct(
        key: "customers.reveal", permission: .revealPersonalData, path: "customers/{id}/reveal",
        fields: [
            ActField("fields", .several("identityField", IdentityField.allCases.filter { $0 != .evidence }.map(\.rawValue)))
        ],
        perform: { desk, act, values in
            let id: CustomerID = try values.identifier()
            let fields = Set(values.several("fields").compactMap { IdentityField(rawValue: $0) })
            let revealed = try await desk.services.database.write { tx throws(Fault) in
                try revealIdentity(of: id, fields: fields, with: desk.services.vault, by: act, in: tx, at: desk.now)
            }
            let shown = revealed.map { ($0.key.rawValue, JSONValue.text($0.value)) }
            return ["revealed": .object(Dictionary(uniqueKeysWithValues: shown))]
        })

    /// Says where the bytes are; opening them there is what is logged.
    static let view = ConsoleAct(
        key: "customers.view", permission: .revealPersonalData, path: "evidence/{id}/view",
        perform: { _, _, values in ["evidence": .object(["address": .text("evidence/\(values.id)/bytes")])] })

    /// Gives data to a third party, with the customer's authorisation or on a named law, never otherwise.
    static let handOver = ConsoleAct(
        key: "customers.disclose", permission: .disclosePersonalData, path: "customers/{id}/disclose",
        fields: [
            ActField("recipient", .line(400)),
            ActField("fields", .several("identityField", IdentityField.allCases.filter { $0 != .evidence }.map(\.rawValue))),
            ActField("authorisation", .line(64), isOptional: true),
            ActField("law", .choice("law", LegalBasis.Law.allCases.map(\.rawValue)), isOptional: true),
            ActField("article", .line(40), isOptional: true), ActField("document", .line(400), isOptional: true),
            ActField("confidential", .flag), ActField("id", .once),
        ], isDangerous: true,
        perform: { desk, act, values in
            guard let id = DisclosureID(values.text("id")) else { throw Fault.field("id", "is not an id") }
            let request = DiscloseRequest(
                id: id, customer: try values.identifier(), recipient: values.text("recipient"),
                fields: Set(values.several("fields").compactMap { IdentityField(rawValue: $0) }), basis: try basis(values))
            let disclosure = try await desk.services.database.write { tx throws(Fault) in
                try disclose(request, with: desk.services.vault, by: act, in: tx, at: desk.now, zone: desk.zone)
            }
            let shown = disclosure.values.map { ($0.key.rawValue, JSONValue.text($0.value)) }
            return ["revealed": .object(Dictionary(uniqueKeysWithValues: shown))]
        })

    private static func basis(_ values: ActValues) throws(Fault) -> DisclosureBasis? {
        if let text = values.optional("authorisation") {
            guard let id = AuthorisationID(text) else { throw .field("authorisation", "is not an id") }
            return .authorisation(id)
        }
        guard let law = values.optional("law").flatMap({ LegalBasis.Law(rawValue: $0) }) else { return nil }
        return .law(
            LegalBasis(
                law, article: values.text("article"), document: values.text("document"),
                isConfidential: values.flag("confidential")))
    }
}
