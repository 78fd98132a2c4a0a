import Agreement
import Basics
import Billing
import Charging
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// Orders (clause 2): look first, confirm then, take back while it can be.
struct OrdersAPI: Sendable {
    let parts: WebParts

    private struct Preview: Encodable {
        var kind: String
        var oneOff: Int64
        var monthly: Int64
        var effectiveOn: String?
        var lines: [OrderModel.Line]
        var facts: [OrderModel.Fact]
        /// Sent back with the confirmation, so that nobody is bound to a price that they have not seen.
        var seen: String
    }

    private struct Item: Encodable {
        var id: String
        var number: String
        var kind: String
        var state: String
        var reason: String?
        var oneOff: Int64
        var monthly: Int64
        var effectiveOn: String?
        var confirmedAt: Int64
        var document: String

        init(_ order: Order) {
            id = order.id.rawValue
            number = order.number
            kind = order.kind.rawValue
            state = order.state.rawValue
            reason = order.stateReason
            oneOff = order.oneOff.micros
            monthly = order.monthly.micros
            effectiveOn = order.effectiveOn?.description
            confirmedAt = order.confirmedAt.milliseconds
            document = order.document.hex
        }
    }

    func add(to api: RouterGroup<WebContext>) {
        api.post("me/orders/preview") { request, _ in try await preview(request) }
        api.post("me/orders") { request, _ in try await confirm(request) }
        api.get("me/orders") { request, _ in try await list(request) }
        api.get("me/orders/{number}") { request, context in try await one(request, context) }
        api.post("me/orders/{number}/cancel") { request, context in try await cancel(request, context) }
    }

    private func preview(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let asked = try AskedOrder(&body, seen: false)
        let (zone, now) = (parts.services.zone, parts.services.clock.now())
        let preview = try await parts.services.database.read { tx throws(Fault) in
            let content = try asked.content(for: holder, in: tx)
            return try previewOrder(content, of: holder.customer.id, in: tx, at: now, zone: zone)
        }
        let reader = parts.reader(request, holder)
        let words = OrderModel(reader: reader)
        return try JSONBody.response(
            Preview(
                kind: asked.kind.rawValue, oneOff: preview.oneOff.micros, monthly: preview.monthly.micros,
                effectiveOn: preview.effectiveOn?.description,
                lines: words.lines(preview.items) + words.sums(oneOff: preview.oneOff, monthly: preview.monthly),
                facts: words.facts(
                    preview.content, preview.perSecond, on: preview.effectiveOn, creditLimit: asked.newcomersLimit),
                seen: preview.mark))
    }

    private func confirm(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let asked = try AskedOrder(&body, seen: true)
        let (pool, zone, now) = (parts.services.pool, parts.services.zone, parts.services.clock.now())
        let (vault, seal, parts) = (parts.services.vault, parts.services.seal, parts)
        let order = try await parts.services.database.write { tx throws(Fault) in
            let content = try asked.content(for: holder, in: tx)
            let order = try confirmOrder(
                ConfirmOrderRequest(
                    id: asked.id, customer: holder.customer.id, content: content, seen: asked.seen,
                    creditLimit: asked.creditLimit ?? ChargingLimits.standardCreditLimit, pool: pool),
                vault: vault, seal: seal, in: tx, at: now, zone: zone)
            try carryOut(asked, order, for: holder, parts, in: tx, at: now)
            return order
        }
        return try JSONBody.response(Item(order), status: .created)
    }

    /// What an order means for rooms that Orders does not know: the account's limit, and the way of a newcomer.
    private func carryOut(
        _ asked: AskedOrder, _ order: Order, for holder: Holder, _ parts: WebParts, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        switch order.content {
        case .changeCreditLimit(let account, let limit):
            try chooseCreditLimit(
                of: try parts.accountID(account), to: limit, by: "customer:\(holder.customer.id)", in: tx, at: now,
                zone: parts.services.zone)
        case .openLine:
            guard let application = try Orders.application(of: holder.customer.id, in: tx), application.state == .open else {
                return
            }
            try parts.keepCreditLimit(asked.creditLimit ?? ChargingLimits.standardCreditLimit, of: application, in: tx, at: now)
            try parts.advanceApplication(of: holder.customer.id, in: tx, at: now)
        default: break
        }
    }

    private func list(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let orders = try await parts.services.database.read { tx throws(Fault) in
            try Orders.orders(of: holder.customer.id, in: tx)
        }
        return try JSONBody.response(["orders": orders.map(Item.init)])
    }

    private func one(_ request: Request, _ context: WebContext) async throws -> Response {
        let holder = try await parts.holder(request)
        let number = try context.parameters.require("number")
        let order = try await parts.services.database.read { tx throws(Fault) in
            try Orders.order(numbered: number, of: holder.customer.id, in: tx)
        }
        return try JSONBody.response(Item(order))
    }

    private func cancel(_ request: Request, _ context: WebContext) async throws -> Response {
        let holder = try await parts.holder(request)
        let number = try context.parameters.require("number")
        let (zone, now) = (parts.services.zone, parts.services.clock.now())
        let order = try await parts.services.database.write { tx throws(Fault) in
            let order = try Orders.order(numbered: number, of: holder.customer.id, in: tx)
            return try cancelOrder(order.id, of: holder.customer.id, in: tx, at: now, zone: zone)
        }
        return try JSONBody.response(Item(order))
    }
}
