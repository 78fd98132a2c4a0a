import Agreement
import Basics
import Customers
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Paper
import Storage

/// Prints documents as PDF.
extension WebParts {
    /// The PDF of a document of ours, to be kept under a name of ASCII characters.
    func pdf(_ html: String, named name: String) async throws(Fault) -> Response {
        Self.download(try await services.press.pdf(html: html), type: "application/pdf", named: "\(name).pdf")
    }

    /// An original of a customer's agreement: printed, registered by its hash so that anybody can verify it, and sent. What is printed
    /// depends on nothing but what was signed, so the same original has the same bytes each time.
    func original(_ copy: Int, of customer: CustomerID, for request: Request) async throws(Fault) -> Response {
        let (vault, zone) = (services.vault, services.zone)
        let agreement = try await services.database.read { tx throws(Fault) in
            guard let agreement = try signedAgreement(of: customer, in: tx), agreement.inForceAt != nil else {
                throw Fault(.notInForce, "an original needs both signatures", ["day": "–"])
            }
            return agreement
        }
        let address = "\(publicAddress(request))/verify?fingerprint=\(agreement.fingerprint.hex)"
        let sheet = PrintedOriginal(copy: copy, qrCode: try await services.press.qrSVG(address))
        let html = try await services.database.read { tx throws(Fault) in
            try printedOriginal(sheet, of: agreement, vault: vault, in: tx, zone: zone)
        }
        let pdf = try await services.press.pdf(html: Self.naming(agreement.fingerprint, in: html))
        let now = services.clock.now()
        try await services.database.write { tx throws(Fault) in
            try registerOriginal(of: customer, copy: copy, pdf: ContentHash(of: pdf), in: tx, at: now)
        }
        return Self.download(pdf, type: "application/pdf", named: "\(agreement.number)-\(copy)of2.pdf")
    }

    /// The file says which agreement it claims to be, so that an altered one can be told from a foreign one.
    private static func naming(_ fingerprint: ContentHash, in html: String) -> String {
        html.replacingOccurrences(
            of: "<meta charset=\"utf-8\">",
            with: "<meta charset=\"utf-8\"><meta name=\"document-id\" content=\"\(fingerprint.hex)\">")
    }

    /// The address that customers use, for what is printed.
    private func publicAddress(_ request: Request) -> String {
        configuration.publicURL ?? "\(configuration.tls == nil ? "http" : "https")://\(request.head.authority ?? "localhost")"
    }

    /// A file to keep.
    static func download(_ bytes: [UInt8], type: String, named name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A stored document as a page of its own.
    static func document(_ document: StoredDocument) -> Response { self.document(document.content) }

    /// A document as a page of its own: complete in itself, without scripts, apart from ours.
    static func document(_ html: [UInt8]) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy:
                    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: html)))
    }
}
