import Access
import Arbitration
import Basics
import Customers
import Hummingbird
import Storage

/// The case file of a customer (clause 16) as one ZIP with a signed manifest; `jianmian verify case` checks it without a database.
struct StaffCaseAPI: Sendable {
    let parts: WebParts

    func add(to staff: RouterGroup<WebContext>) {
        staff.post("customers/{id}/case/bytes") { request, context in
            try await export(try context.parameters.require("id"), request)
        }
    }

    private func export(_ id: String, _ request: Request) async throws -> Response {
        let desk = try await StaffDoor(parts: parts).desk(request)
        var body = try await parts.body(request)
        let purpose = try body.text("purpose", atMost: AccessLimits.purposeBytes)
        try body.finish()
        guard let id = CustomerID(id) else { throw Fault(.webNotFound, "no such customer") }
        let act = try StaffAct(staff: desk.staff, roles: desk.roles, purpose: purpose)
        let (vault, seal) = (parts.services.vault, parts.services.seal)
        let bytes = try await desk.services.database.write { tx throws(Fault) in
            try gatherCase(of: id, by: act, seal: seal, vault: vault, in: tx, at: desk.now, zone: desk.zone)
        }
        return WebParts.download(bytes, type: "application/zip", named: "case-\(id)-\(desk.zone.date(of: desk.now)).zip")
    }
}
