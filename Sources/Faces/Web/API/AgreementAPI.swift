import Agreement
import Basics
import Customers
import Hummingbird
import Storage

/// My agreement and the changes that are offered to me (clauses 15 and 17).
struct AgreementAPI: Sendable {
    let parts: WebParts

    private struct Page: Encodable {
        struct AnnexItem: Encodable {
            var number: String
            var document: String
            var at: Int64
        }

        struct WindowItem: Encodable {
            var version: String
            var number: Int
            var opens: String
            var lastDay: String
            var mayAnswer: Bool
            var silenceBindsFrom: String?
        }

        var number: String
        var signedVersion: Int
        var documentHash: String
        var fingerprint: String
        var customerSignedAt: Int64?
        var providerSignedAt: Int64?
        var inForceAt: Int64?
        var endedAt: Int64?
        var termsVersion: Int?
        var terms: AgreementTerms?
        var annexes: [AnnexItem]
        var windows: [WindowItem]
    }

    private struct ObjectionItem: Encodable {
        struct Message: Encodable {
            var id: String
            var author: String
            var text: String
            var at: Int64
        }

        var id: String
        var version: String
        var raisedAt: Int64
        var proposed: String?
        var outcome: String?
        var settledAt: Int64?
        var messages: [Message]

        init(_ objection: Objection, _ messages: [NegotiationMessage]) {
            id = objection.id.rawValue
            version = objection.version.rawValue
            raisedAt = objection.raisedAt.milliseconds
            proposed = objection.proposed?.rawValue
            outcome = objection.outcome?.rawValue
            settledAt = objection.settledAt?.milliseconds
            self.messages = messages.map { message in
                Message(
                    id: message.id.rawValue, author: message.author.rawValue, text: message.words, at: message.at.milliseconds)
            }
        }
    }

    private struct Binding: Encodable {
        var version: String
        var number: Int
        var since: String
        var because: String
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/agreement") { request, _ in try await page(request) }
        let change = api.group("me/agreement/changes/{version}")
        change.post("acceptance") { request, context in try await accept(request, context) }
        change.get("objection") { request, context in try await objection(request, context) }
        change.post("objection") { request, context in try await object(request, context) }
        change.post("objection/messages") { request, context in try await write(request, context) }
        change.post("objection/settlement") { request, context in try await settle(request, context) }
    }

    private func page(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let page = try await parts.services.database.read { tx throws(Fault) in
            guard let signed = try signedAgreement(of: holder.customer.id, in: tx),
                let facts = try agreementFacts(of: holder.customer.id, in: tx, zone: zone)
            else { throw Fault(.unknownAgreement, "nothing has been prepared for signing") }
            let terms = termsInForce(facts: facts, on: zone.date(of: now))
            return Page(
                number: signed.number, signedVersion: signed.versionNumber, documentHash: signed.documentHash.hex,
                fingerprint: signed.fingerprint.hex, customerSignedAt: signed.customerSignature?.at.milliseconds,
                providerSignedAt: signed.providerSignature?.at.milliseconds, inForceAt: signed.inForceAt?.milliseconds,
                endedAt: signed.endedAt?.milliseconds, termsVersion: terms?.number, terms: terms?.terms,
                annexes: signed.annexes.map {
                    Page.AnnexItem(number: $0.number, document: $0.document.hex, at: $0.at.milliseconds)
                },
                windows: changeWindows(facts: facts, on: zone.date(of: now)).map { window in
                    Page.WindowItem(
                        version: window.version.rawValue, number: window.number, opens: "\(window.opens)",
                        lastDay: "\(window.lastDay)", mayAnswer: window.mayAnswer,
                        silenceBindsFrom: window.silenceBindsFrom.map { "\($0)" })
                })
        }
        return try JSONBody.response(page)
    }

    private func accept(_ request: Request, _ context: WebContext) async throws -> Response {
        let (holder, version) = (try await parts.holder(request), try ChangePage.version(context))
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let binding = try await parts.services.database.write { tx throws(Fault) in
            try acceptChange(version, by: holder.customer.id, in: tx, at: now, zone: zone)
        }
        return try JSONBody.response(
            Binding(
                version: binding.version.rawValue, number: binding.number, since: "\(binding.since)",
                because: binding.because.rawValue))
    }

    private func objection(_ request: Request, _ context: WebContext) async throws -> Response {
        let (holder, version) = (try await parts.holder(request), try ChangePage.version(context))
        let item = try await parts.services.database.read { tx throws(Fault) in
            let own = try Self.own(version, of: holder.customer.id, in: tx)
            return ObjectionItem(own, try negotiation(own.id, in: tx))
        }
        return try JSONBody.response(item)
    }

    private func object(_ request: Request, _ context: WebContext) async throws -> Response {
        let (holder, version) = (try await parts.holder(request), try ChangePage.version(context))
        var body = try await parts.body(request)
        let id: ObjectionID = try body.identifier("id")
        let reason = try body.text("reason", atMost: WebLimits.wordsBytes)
        try body.finish()
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let item = try await parts.services.database.write { tx throws(Fault) in
            let own = try objectToChange(
                id, version: version, reason: reason, by: holder.customer.id, in: tx, at: now, zone: zone)
            return ObjectionItem(own, try negotiation(own.id, in: tx))
        }
        return try JSONBody.response(item, status: .created)
    }

    private func write(_ request: Request, _ context: WebContext) async throws -> Response {
        let (holder, version) = (try await parts.holder(request), try ChangePage.version(context))
        var body = try await parts.body(request)
        let id: MessageID = try body.identifier("id")
        let text = try body.text("text", atMost: WebLimits.wordsBytes)
        try body.finish()
        let now = parts.services.clock.now()
        let item = try await parts.services.database.write { tx throws(Fault) in
            let own = try Self.own(version, of: holder.customer.id, in: tx)
            _ = try negotiate(id, about: own.id, words: text, by: holder.customer.id, in: tx, at: now)
            return ObjectionItem(own, try negotiation(own.id, in: tx))
        }
        return try JSONBody.response(item, status: .created)
    }

    /// Says yes to what the provider proposes as the end of the negotiation.
    private func settle(_ request: Request, _ context: WebContext) async throws -> Response {
        let (holder, version) = (try await parts.holder(request), try ChangePage.version(context))
        var body = try await parts.body(request)
        guard let outcome = ObjectionOutcome(rawValue: try body.text("outcome", atMost: 16)) else {
            throw Fault.field("outcome", "is none of accepted, keep-old, end")
        }
        try body.finish()
        let now = parts.services.clock.now()
        let item = try await parts.services.database.write { tx throws(Fault) in
            let own = try Self.own(version, of: holder.customer.id, in: tx)
            let settled = try settleObjection(own.id, outcome, by: holder.customer.id, in: tx, at: now)
            return ObjectionItem(settled, try negotiation(own.id, in: tx))
        }
        return try JSONBody.response(item)
    }

    private static func own(_ version: VersionID, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Objection {
        guard let own = try objections(of: customer, in: tx).first(where: { $0.version == version }) else {
            throw Fault(.unknownObjection, "the customer has not objected to this version")
        }
        return own
    }
}
