import Agreement
import Basics
import Customers
import HTTPTypes
import Hummingbird
import NIOCore
import Orders
import Paper
import Storage

/// The document of an order, exactly as it was confirmed: as a page of its own and as PDF.
struct OrderPapers: Sendable {
    let parts: WebParts

    /// The page: complete in itself, without scripts, apart from ours.
    func page(_ number: String, _ request: Request) async throws -> Response {
        let document = try await document(number, request)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy:
                    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: document.content)))
    }

    /// The file.
    func file(_ number: String, _ request: Request) async throws -> Response {
        let document = try await document(number, request)
        let pdf = try await parts.services.press.pdf(html: document.html)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/pdf", .contentDisposition: "attachment; filename=\"\(number).pdf\"",
                .cacheControl: "no-store",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: pdf)))
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
