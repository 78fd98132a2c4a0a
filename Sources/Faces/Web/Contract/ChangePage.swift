import Agreement
import Basics
import Customers
import Hummingbird
import Storage

/// A new version of the agreement as one customer meets it (clause 15): what changes, until when to answer, the negotiation.
struct ChangePage: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("agreement/changes/{version}") { request, context in
            let version = try Self.version(context)
            return try await parts.answer(.change, to: request) { reader in try await fill(version, reader) }
        }
    }

    static func version(_ context: WebContext) throws -> VersionID {
        guard let version = VersionID(try context.parameters.require("version")) else {
            throw Fault(.unknownVersion, "this is not a version's id")
        }
        return version
    }

    private func fill(_ version: VersionID, _ reader: PageReader) async throws(Fault) -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        let dossier = try await parts.services.database.read { tx throws(Fault) in
            try ChangeDossier.read(version, of: holder.customer.id, in: tx, at: reader.now, zone: reader.zone)
        }
        return ChangeModel(dossier: dossier, reader: reader).model
    }
}

extension PageFrame {
    static let change = PageFrame(name: "change", template: "contract/change", title: "contract.titleChange", audience: .customer)
}
