import Basics
import Charging
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// The history of calls.
struct CallsAPI: Sendable {
    let parts: WebParts

    private struct Peer: Encodable {
        var number: String
        var name: String?
    }

    private struct Item: Encodable {
        var call: String
        var direction: String
        var peer: Peer
        var kind: String
        var outcome: String
        var missed: Bool
        var dialledAt: Int64
        var answeredAt: Int64?
        var endedAt: Int64
        var seconds: Int64
        var cost: Int64?
        var endedBy: String?
    }

    private struct Page: Encodable {
        var calls: [Item]
        var next: String?
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("calls") { request, _ in try await history(request) }
    }

    private func history(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        guard let filter = CallHistoryFilter(rawValue: query["filter"].map(String.init) ?? "all") else {
            throw Fault.field("filter", "is neither all nor missed")
        }
        let limit = try query["limit"].map { text throws(Fault) in
            guard let limit = Int(text), (1...WebLimits.pageSize).contains(limit) else {
                throw Fault.field("limit", "is not between 1 and \(WebLimits.pageSize)")
            }
            return limit
        }
        let before = query["before"].map(String.init)
        let member = try await parts.member(request)
        let page = try await parts.services.database.read { tx throws(Fault) in
            let page = try callHistory(of: member.line.id, filter: filter, before: before, limit: limit ?? 50, in: tx)
            var names: [PhoneNumber: String] = [:]
            for call in page.calls where names[call.peer] == nil {
                names[call.peer] = try Self.name(call.peer, for: member.customer.id, in: tx)
            }
            return (page, names)
        }
        return try JSONBody.response(Page(calls: page.0.calls.map { Self.item($0, page.1) }, next: page.0.next))
    }

    /// The reader's own name for a number, else the name under which its line shows itself.
    private static func name(_ number: PhoneNumber, for owner: CustomerID, in tx: any Transaction) throws(Fault) -> String? {
        if let own = try contactName(for: number, of: owner, in: tx) { return own.text }
        guard let line = try line(numbered: number, in: tx) else { return nil }
        return try customer(line.customer, in: tx).name.text
    }

    private static func item(_ call: CallHistoryItem, _ names: [PhoneNumber: String]) -> Item {
        Item(
            call: call.call.rawValue, direction: call.direction.rawValue,
            peer: Peer(number: call.peer.digits, name: names[call.peer]), kind: call.kind.rawValue,
            outcome: call.outcome.rawValue,
            missed: call.missed, dialledAt: call.dialledAt.milliseconds, answeredAt: call.answeredAt?.milliseconds,
            endedAt: call.endedAt.milliseconds, seconds: call.seconds, cost: call.cost?.micros,
            endedBy: call.endedByThisLine.map { $0 ? "self" : "peer" })
    }
}
