import Agreement
import Basics
import Customers
import HTTPTypes
import Hummingbird
import Storage

/// A customer's agreement: the eighteen clauses and what they mean today, what was signed, and the originals.
struct AgreementPages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("agreement") { request, _ in
            try await parts.answer(.agreement, to: request) { reader in try await fill(reader) }
        }
        router.get("agreement/document") { request, _ in try await document(request) }
        router.get("agreement/original/1.pdf") { request, _ in try await original(1, request) }
        router.get("agreement/original/2.pdf") { request, _ in try await original(2, request) }
    }

    private func fill(_ reader: PageReader) async throws(Fault) -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        let dossier = try await parts.services.database.read { tx throws(Fault) in
            try AgreementDossier.read(
                of: holder.customer.id, line: holder.line, words: reader.words, language: reader.language, in: tx, at: reader.now,
                zone: reader.zone)
        }
        return AgreementModel(dossier: dossier, reader: reader).model
    }

    /// The page that was signed, as it was signed.
    private func document(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let vault = parts.services.vault
        let document = try await parts.services.database.read { tx throws(Fault) in
            guard let agreement = try signedAgreement(of: holder.customer.id, in: tx) else {
                throw Fault(.unknownAgreement, "nothing has been prepared for signing")
            }
            return try storedDocument(agreement.documentHash, vault: vault, in: tx)
        }
        return WebParts.document(document)
    }

    private func original(_ copy: Int, _ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        return try await parts.original(copy, of: holder.customer.id, for: request)
    }
}

extension PageFrame {
    static let agreement = PageFrame(
        name: "agreement", template: "contract/agreement", title: "contract.titleAgreement", audience: .customer)
}
