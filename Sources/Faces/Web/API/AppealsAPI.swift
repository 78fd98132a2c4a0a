import Basics
import Customers
import Hummingbird
import Lines
import Storage

/// Appeals against holds (反电信网络诈骗法 art. 32).
struct AppealsAPI: Sendable {
    let parts: WebParts

    func add(to api: RouterGroup<WebContext>) {
        api.post("me/appeals") { request, _ in try await file(request) }
    }

    private func file(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let id: AppealID = try body.identifier("id")
        let hold: HoldID = try body.identifier("hold")
        let text = try body.text("text", atMost: WebLimits.wordsBytes)
        try body.finish()
        let (zone, now) = (parts.services.zone, parts.services.clock.now())
        let appeal = try await parts.services.database.write { tx throws(Fault) in
            try fileAppeal(
                FileAppealRequest(id: id, hold: hold, customer: holder.customer.id, words: text), in: tx, at: now, zone: zone)
        }
        return try JSONBody.response(["id": appeal.id.rawValue, "state": appeal.state.rawValue], status: .created)
    }
}
