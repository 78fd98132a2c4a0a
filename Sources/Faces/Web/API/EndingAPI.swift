import Basics
import Customers
import Hummingbird
import Orders
import Storage

/// Ending the service (clause 11).
struct EndingAPI: Sendable {
    let parts: WebParts

    private struct Item: Encodable {
        var id: String
        var state: String
        var wished: String
        var lastDay: String?
        var owed: Int64?
        var requestedAt: Int64
        var endedAt: Int64?

        init(_ ending: Ending) {
            id = ending.id.rawValue
            state = ending.state.rawValue
            wished = "\(ending.wished)"
            lastDay = ending.lastDay.map { "\($0)" }
            owed = ending.owed?.micros
            requestedAt = ending.requestedAt.milliseconds
            endedAt = ending.endedAt?.milliseconds
        }
    }

    private struct Page: Encodable {
        struct Part: Encodable {
            var name: String
            var amount: Int64
        }

        var ending: Item?
        /// What would be owed if the service ended today, in micro-yuan.
        var owed: Int64
        var parts: [Part]
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/ending") { request, _ in try await page(request) }
        api.post("me/ending") { request, _ in try await ask(request) }
        api.delete("me/ending") { request, _ in try await withdraw(request) }
    }

    private func page(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let page = try await parts.services.database.read { tx throws(Fault) in
            let ending = try endings(of: holder.customer.id, in: tx).first
            let money = try EndingMoney.read(
                of: holder.customer.id, ending: ending, lastDay: ending?.lastDay ?? zone.date(of: now), in: tx, at: now,
                zone: zone)
            let parts = (money?.parts ?? []).map { part in
                Page.Part(name: part.name.split(separator: ".").last.map(String.init) ?? "", amount: part.amount.micros)
            }
            return Page(ending: ending.map(Item.init), owed: money?.total.micros ?? 0, parts: parts)
        }
        return try JSONBody.response(page)
    }

    private func ask(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let id: EndingID = try body.identifier("id")
        guard let wished = BusinessDate(try body.text("wished", atMost: 10)) else {
            throw Fault.field("wished", "is not a day such as 2026-11-30")
        }
        try body.finish()
        let (now, zone, vault, seal) = (
            parts.services.clock.now(), parts.services.zone, parts.services.vault, parts.services.seal
        )
        let ending = try await parts.services.database.write { tx throws(Fault) in
            try requestEnding(
                RequestEndingRequest(id: id, customer: holder.customer.id, wished: wished), vault: vault, seal: seal, in: tx,
                at: now,
                zone: zone)
        }
        return try JSONBody.response(Item(ending), status: .created)
    }

    private func withdraw(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let ending = try await parts.services.database.write { tx throws(Fault) in
            guard let open = try openEnding(of: holder.customer.id, in: tx) else {
                throw Fault(.unknownEnding, "the customer has not asked to end the service")
            }
            return try withdrawEnding(open.id, of: holder.customer.id, in: tx, at: now, zone: zone)
        }
        return try JSONBody.response(Item(ending))
    }
}
