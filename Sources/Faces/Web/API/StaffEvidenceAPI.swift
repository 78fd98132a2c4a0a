import Access
import Basics
import Customers
import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// Copies of IDs and licences for staff. The bytes come from outside, so they may never run: the type is that of their checked content, the
/// response is a file to be saved, and should a browser open it all the same it may do nothing.
struct StaffEvidenceAPI: Sendable {
    let parts: WebParts

    func add(to staff: RouterGroup<WebContext>) {
        staff.post("evidence/{id}/bytes") { request, context in try await open(try context.parameters.require("id"), request) }
    }

    private func open(_ id: String, _ request: Request) async throws -> Response {
        let desk = try await StaffDoor(parts: parts).desk(request)
        var body = try await parts.body(request)
        let purpose = try body.text("purpose", atMost: AccessLimits.purposeBytes)
        try body.finish()
        guard let id = EvidenceID(id) else { throw Fault(.webNotFound, "no such copy") }
        let act = try StaffAct(staff: desk.staff, roles: desk.roles, purpose: purpose)
        let opened = try await desk.services.database.write { tx throws(Fault) in
            try openEvidence(id, with: desk.services.vault, by: act, in: tx, at: desk.now)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: opened.file.format.contentType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(id).\(opened.file.format.rawValue)\"",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: opened.bytes)))
    }
}
