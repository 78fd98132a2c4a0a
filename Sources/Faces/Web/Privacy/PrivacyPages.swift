import Agreement
import Basics
import Customers
import Hummingbird
import Storage

/// What is kept about a customer, who looked at it, what they agreed to, and everything to take along.
struct PrivacyPages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("privacy") { request, _ in
            try await parts.answer(.privacy, to: request) { reader in try await fill(reader) }
        }
        router.get("privacy/export.zip") { request, _ in try await export(request) }
    }

    private func fill(_ reader: PageReader) async throws(Fault) -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        let vault = parts.services.vault
        let dossier = try await parts.services.database.read { tx throws(Fault) in
            try PrivacyDossier.read(of: holder.customer.id, vault: vault, in: tx)
        }
        return PrivacyModel(dossier: dossier, reader: reader).model
    }

    private func export(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let archive = try await parts.exportArchive(of: holder.customer.id)
        return WebParts.download(archive, type: "application/zip", named: "jianmian-my-data.zip")
    }
}

extension PageFrame {
    static let privacy = PageFrame(name: "privacy", template: "privacy/privacy", title: "privacy.title", audience: .customer)
}
