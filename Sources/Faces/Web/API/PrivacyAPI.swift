import Basics
import Customers
import Hummingbird
import Storage

/// What is kept about me, who looked, what I agreed to, whom I authorised.
struct PrivacyAPI: Sendable {
    let parts: WebParts

    private struct Look: Encodable {
        var at: Int64
        var by: String
        var action: String
        var purpose: String
        var fields: [IdentityField]
        var recipient: String?
    }

    private struct ConsentItem: Encodable {
        var purpose: String
        var required: Bool
        var version: Int
        var given: Bool
        var at: Int64?
    }

    private struct AuthorisationItem: Encodable {
        var id: String
        var recipient: String
        var purpose: String
        var fields: [IdentityField]
        var givenAt: Int64
        var withdrawnAt: Int64?

        init(_ authorisation: Authorisation) {
            id = authorisation.id.rawValue
            recipient = authorisation.recipient
            purpose = authorisation.purpose
            fields = authorisation.fields
            givenAt = authorisation.givenAt.milliseconds
            withdrawnAt = authorisation.withdrawnAt?.milliseconds
        }
    }

    private struct Page: Encodable {
        var identity: [String: String]?
        var looks: [Look]
        var consents: [ConsentItem]
        var authorisations: [AuthorisationItem]
        var identityUntil: String?
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/privacy") { request, _ in try await page(request) }
        api.put("me/consents/{purpose}") { request, context in try await grant(request, context) }
        api.delete("me/consents/{purpose}") { request, context in try await withdraw(request, context) }
        api.post("me/authorisations") { request, _ in try await authorise(request) }
        api.delete("me/authorisations/{id}") { request, context in try await withdrawAuthorisation(request, context) }
        api.post("me/erasure") { request, _ in try await erase(request) }
        api.get("me/export") { request, _ in
            let holder = try await parts.holder(request)
            return WebParts.download(
                try await parts.exportArchive(of: holder.customer.id), type: "application/zip", named: "jianmian-my-data.zip")
        }
    }

    private struct Erased: Encodable {
        struct Kept: Encodable {
            var kind: String
            /// The last day, if the service ended today.
            var untilIfEndedToday: String
        }

        var contacts: Int
        var consents: [String]
        var authorisations: Int
        var kept: [Kept]
    }

    /// Erases what no law keeps; says what went and what stays.
    private func erase(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let (now, today) = (parts.services.clock.now(), parts.services.zone.date(of: parts.services.clock.now()))
        let erased = try await parts.services.database.write { tx throws(Fault) in
            try eraseOnRequest(of: holder.customer.id, in: tx, at: now)
        }
        return try JSONBody.response(
            Erased(
                contacts: erased.contacts, consents: erased.consents.map(\.rawValue), authorisations: erased.authorisations,
                kept: KeptData.allCases.map { kind in
                    Erased.Kept(kind: kind.rawValue, untilIfEndedToday: "\(kind.lastDay(endedOn: today))")
                }))
    }

    private func page(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let vault = parts.services.vault
        let dossier = try await parts.services.database.read { tx throws(Fault) in
            try PrivacyDossier.read(of: holder.customer.id, vault: vault, in: tx)
        }
        let consents = ConsentPurpose.allCases.map { purpose in
            let consent = dossier.consents.first { $0.purpose == purpose }
            return ConsentItem(
                purpose: purpose.rawValue, required: purpose.isRequired, version: purpose.version,
                given: consent?.isValid == true, at: consent?.at.milliseconds)
        }
        let looks = dossier.looks.map { look in
            Look(
                at: look.at.milliseconds, by: look.actor, action: look.action.rawValue, purpose: look.purpose,
                fields: look.fields,
                recipient: look.recipient)
        }
        return try JSONBody.response(
            Page(
                identity: dossier.identity.map(Self.members), looks: looks, consents: consents,
                authorisations: dossier.authorisations.map(AuthorisationItem.init),
                identityUntil: dossier.retention.map { "\($0.identityUntil)" }))
    }

    private static func members(_ identity: MaskedIdentity) -> [String: String] {
        let members: [IdentityField: String?] = [
            .legalName: identity.legalName, .birthDate: identity.birthDate, .address: "\(identity.postcode) \(identity.address)",
            .idNumber: identity.idNumber, .employer: identity.employer, .phone: identity.phone, .guardian: identity.guardianName,
            .legalRepresentative: identity.legalRepresentative, .contactName: identity.contactName,
        ]
        return members.reduce(into: [:]) { all, member in all[member.key.rawValue] = member.value }
    }

    private func grant(_ request: Request, _ context: WebContext) async throws -> Response {
        let holder = try await parts.holder(request)
        let purpose = try Self.purpose(context)
        var body = try await parts.body(request)
        // Who agrees says to which words: with new words consent is asked anew.
        let version = try body.optionalInteger("version").map { Int(clamping: $0) } ?? purpose.version
        try body.finish()
        let now = parts.services.clock.now()
        try await parts.services.database.write { tx throws(Fault) in
            try grantConsent(purpose, version: version, of: holder.customer.id, in: tx, at: now)
        }
        return noContent()
    }

    private func withdraw(_ request: Request, _ context: WebContext) async throws -> Response {
        let holder = try await parts.holder(request)
        let purpose = try Self.purpose(context)
        let now = parts.services.clock.now()
        try await parts.services.database.write { tx throws(Fault) in
            try withdrawConsent(purpose, of: holder.customer.id, in: tx, at: now)
        }
        return noContent()
    }

    private static func purpose(_ context: WebContext) throws -> ConsentPurpose {
        guard let purpose = ConsentPurpose(rawValue: try context.parameters.require("purpose")) else {
            throw Fault(.webNotFound, "there is no such purpose")
        }
        return purpose
    }

    private func authorise(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let id: AuthorisationID = try body.identifier("id")
        let recipient = try body.text("recipient", atMost: WebLimits.wordsBytes)
        let purpose = try body.text("purpose", atMost: WebLimits.wordsBytes)
        guard case .array(let names) = body.value("fields") else { throw Fault.field("fields", "is not a list") }
        try body.finish()
        var fields: Set<IdentityField> = []
        for name in names.prefix(IdentityField.allCases.count + 1) {
            guard case .text(let text) = name, let field = IdentityField(rawValue: text) else {
                throw Fault.field("fields", "names something that is not kept")
            }
            fields.insert(field)
        }
        let now = parts.services.clock.now()
        let wanted = AuthorisationRequest(
            id: id, customer: holder.customer.id, recipient: recipient, fields: fields, purpose: purpose)
        let authorisation = try await parts.services.database.write { tx throws(Fault) in
            try recordAuthorisation(wanted, in: tx, at: now)
        }
        return try JSONBody.response(AuthorisationItem(authorisation), status: .created)
    }

    private func withdrawAuthorisation(_ request: Request, _ context: WebContext) async throws -> Response {
        let holder = try await parts.holder(request)
        guard let id = AuthorisationID(try context.parameters.require("id")) else {
            throw Fault(.webNotFound, "this is not an authorisation's id")
        }
        let now = parts.services.clock.now()
        let authorisation = try await parts.services.database.write { tx throws(Fault) in
            try Customers.withdrawAuthorisation(id, of: holder.customer.id, in: tx, at: now)
        }
        return try JSONBody.response(AuthorisationItem(authorisation))
    }
}
