import Access
import Agreement
import Basics
import Customers
import Foundation
import Hummingbird
import Lines
import Notices
import Orders
import Storage

/// The way to a line: how far it is, the licence, the customer's signature.
struct JoiningAPI: Sendable {
    let parts: WebParts

    private struct Progress: Encodable {
        var party: String
        var number: String
        var identity: String
        var order: String?
        var signedAt: Int64?
        var sealedAt: Int64?
        var line: String?
        var missing: [String]
        /// Changes whenever something of this has changed.
        var mark: String
    }

    private struct Challenge: Encodable {
        var nonce: String
        /// What the customer's key signs with ECDSA and SHA-256, in base64.
        var message: String
        /// Names the key in the browser's store.
        var owner: String
        var documentHash: String
        /// To be copied by hand, where a code takes the place of a key and the provider has no gateway that could send it.
        var code: String?
        /// The masked phone number that the code was sent to.
        var sentTo: String?
        var expiresAt: Int64
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/joining") { request, _ in try await progress(request) }
        api.post("me/licence") { request, _ in try await acceptLicence(request) }
        api.post("me/signing") { request, _ in try await begin(request) }
        api.post("me/signature") { request, _ in try await sign(request) }
    }

    private func progress(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        guard let progress = try await parts.progressOfApplication(holder.customer.id) else {
            throw Fault(.unknownApplication, "the customer has no application")
        }
        return try JSONBody.response(
            Progress(
                party: progress.application.party.rawValue, number: progress.application.number.digits,
                identity: progress.identity.rawValue, order: progress.order?.number, signedAt: progress.signature?.milliseconds,
                sealedAt: progress.provider?.milliseconds, line: progress.line?.number.digits,
                missing: progress.missing.map(\.rawValue), mark: ProgressModel.mark(progress)))
    }

    private func acceptLicence(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let software = try body.text("software", atMost: 64)
        let version = try body.text("version", atMost: 64)
        try body.finish()
        let now = parts.services.clock.now()
        try await parts.services.database.write { tx throws(Fault) in
            _ = try recordLicenceAcceptance(
                software: software, version: version, of: holder.customer.id, in: tx, at: now)
        }
        return noContent()
    }

    private func begin(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        guard let method = SigningMethod(rawValue: try body.text("method", atMost: 16)) else {
            throw Fault.field("method", "is neither key nor code")
        }
        let seen = try body.text("documentHash", atMost: 64)
        try body.finish()
        let now = parts.services.clock.now()
        let challenge = try await parts.services.database.write { tx throws(Fault) in
            let challenge = try beginSigning(
                holder.customer.id, method: method, session: holder.signedIn.session.id, in: tx, at: now)
            // Nobody signs another document than the one that was on the screen.
            guard challenge.documentHash.hex == seen else {
                throw Fault(.documentOutdated, "the document has changed since the page was opened")
            }
            return challenge
        }
        let sentTo = try await send(challenge, to: holder.customer, at: now)
        return try JSONBody.response(
            Challenge(
                nonce: base64url(challenge.nonce), message: Data(challenge.message).base64EncodedString(),
                owner: holder.customer.id.rawValue, documentHash: challenge.documentHash.hex,
                code: sentTo == nil ? challenge.code : nil, sentTo: sentTo,
                expiresAt: challenge.expiresAt.milliseconds),
            status: .created)
    }

    /// Sends the code to the customer's own phone where there is a gateway; says where to.
    private func send(_ challenge: SigningChallenge, to customer: Customer, at now: Timestamp) async throws -> String? {
        guard let delivery = parts.services.delivery, let code = challenge.code else { return nil }
        let vault = parts.services.vault
        let (identity, masked) = try await parts.services.database.read { tx throws(Fault) in
            (
                try ownIdentity(of: customer.id, with: vault, in: tx),
                try maskedIdentity(of: customer.id, with: vault, in: tx)
            )
        }
        guard let identity, let masked else { throw Fault(.webDefect, "who signs has given their data") }
        let message = CodeMessage(
            customer: customer.id, destination: identity.phone, code: code, use: .signing, language: customer.language,
            expiresAt: challenge.expiresAt)
        try await deliverCode(message, by: delivery, at: now)
        return masked.phone
    }

    private func sign(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let nonce = try bytes("nonce", &body)
        let proof: SigningProof
        if let code = try body.optionalText("code", atMost: 32) {
            proof = .code(code)
        } else {
            guard var key = try body.optionalObject("publicKey") else { throw Fault.field("publicKey", "is missing") }
            guard try key.text("kty") == "EC", try key.text("crv") == "P-256" else {
                throw Fault.field("publicKey", "is no EC key of curve P-256")
            }
            proof = .key(
                try CustomerPublicKey(x: try key.text("x"), y: try key.text("y")), signature: try bytes("signature", &body))
            try key.finish()
        }
        try body.finish()
        let (now, parts) = (parts.services.clock.now(), parts)
        let outcome = try await parts.services.database.write { tx throws(Fault) in
            let outcome = try signAsCustomer(
                holder.customer.id, answering: nonce, with: proof, session: holder.signedIn.session.id, in: tx, at: now)
            if case .signed = outcome { try parts.advanceApplication(of: holder.customer.id, in: tx, at: now) }
            return outcome
        }
        switch outcome {
        case .signed(let agreement):
            return try JSONBody.response(["number": agreement.number, "fingerprint": agreement.fingerprint.hex])
        case .wrongCode(let left): throw Fault(.webWrongCode, "the code is not the one that was shown", ["left": "\(left)"])
        }
    }

    private func bytes(_ name: String, _ body: inout JSONReader) throws(Fault) -> [UInt8] {
        let text = try body.text(name, atMost: 256)
            .replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        guard let data = Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4)) else {
            throw Fault.field(name, "is not base64")
        }
        return Array(data)
    }
}
