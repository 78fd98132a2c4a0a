import Agreement
import Basics
import Customers
import Hummingbird
import Orders
import Storage

/// The document of an order, exactly as it was confirmed: as a page of its own and as PDF.
struct OrderPapers: Sendable {
    let parts: WebParts

    /// The page: complete in itself, without scripts, apart from ours.
    func page(_ number: String, _ request: Request) async throws -> Response {
        WebParts.document(try await document(number, request))
    }

    /// The file.
    func file(_ number: String, _ request: Request) async throws -> Response {
        try await parts.pdf(try await document(number, request).html, named: number)
    }

    /// Only the customer's own orders are found, so a number can stand in a file's name.
    private func document(_ number: String, _ request: Request) async throws -> StoredDocument {
        let (holder, vault) = (try await parts.holder(request), parts.services.vault)
        return try await parts.services.database.read { tx throws(Fault) in
            let order = try Orders.order(numbered: number, of: holder.customer.id, in: tx)
            return try storedDocument(order.document, vault: vault, in: tx)
        }
    }
}
