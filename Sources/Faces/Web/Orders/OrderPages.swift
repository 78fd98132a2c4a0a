import Basics
import Charging
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// The customer's orders: all of them, one of them, a new one.
struct OrderPages: Sendable {
    let parts: WebParts

    /// What somebody with a line can order by themselves.
    static let kinds: [OrderContent.Kind] = [.changePlan, .addTerminal, .addAddOn, .changeCreditLimit, .changeNumber]

    func add(to router: Router<WebContext>) {
        router.get("orders") { request, _ in try await parts.answer(.orders, to: request) { reader in try await list(reader) } }
        router.get("orders/new/{kind}") { request, context in
            let asked = try context.parameters.require("kind")
            guard let kind = Self.kinds.first(where: { $0.rawValue == asked }) else {
                throw Fault(.webNotFound, "nothing of this kind can be ordered")
            }
            return try await parts.answer(.newOrder, to: request) { reader in try await new(kind, reader) }
        }
        let papers = OrderPapers(parts: parts)
        router.get("orders/{number}/document") { request, context in
            try await papers.page(try context.parameters.require("number"), request)
        }
        router.get("orders/{number}") { request, context in
            let number = try context.parameters.require("number")
            if number.hasSuffix(".pdf") { return try await papers.file(String(number.dropLast(4)), request) }
            return try await parts.answer(.order, to: request) { reader in try await one(number, reader) }
        }
    }

    private func list(_ reader: PageReader) async throws -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        let orders = try await parts.services.database.read { tx throws(Fault) in
            try Orders.orders(of: holder.customer.id, in: tx)
        }
        let kinds = Self.kinds.map { kind in
            [
                "kind": kind.rawValue, "name": reader.text("orders.kind.\(kind.rawValue)"),
                "more": reader.text("orders.more.\(kind.rawValue)"),
            ]
        }
        let words = OrderModel(reader: reader)
        return [
            "ordersLine": orders.isEmpty
                ? reader.text("orders.lineNone") : reader.text("orders.line", ["count": "\(orders.count)"]),
            "kinds": kinds, "hasOrders": !orders.isEmpty, "orders": orders.map(words.item),
        ]
    }

    private func one(_ number: String, _ reader: PageReader) async throws -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        let order = try await parts.services.database.read { tx throws(Fault) in
            try Orders.order(numbered: number, of: holder.customer.id, in: tx)
        }
        return OrderModel(reader: reader).page(order, mayCancel: mayCancel(order, at: reader.now, zone: reader.zone))
    }

    private func new(_ kind: OrderContent.Kind, _ reader: PageReader) async throws -> [String: Any] {
        guard let holder = reader.holder, let line = holder.line else { return [:] }
        let (account, zone, now) = (try parts.accountID(line.account), reader.zone, reader.now)
        let (entries, plan, limit) = try await parts.services.database.read { tx throws(Fault) in
            (
                try catalogue(on: zone.date(of: now), in: tx, zone: zone), try Orders.plan(of: line.id, in: tx, at: now),
                try accountSummary(account, in: tx, at: now, zone: zone).creditLimit
            )
        }
        let offers = OrderOffers(entries: entries, reader: reader)
        return [
            "kind": kind.rawValue, "orderID": OrderID.random().rawValue,
            "newTitle": reader.text("orders.kind.\(kind.rawValue)"), "newLead": reader.text("orders.more.\(kind.rawValue)"),
            "asksPlan": kind == .changePlan, "asksTerminal": kind == .addTerminal, "asksAddOn": kind == .addAddOn,
            "asksLimit": kind == .changeCreditLimit, "asksNumber": kind == .changeNumber,
            "hasTotal": [.changePlan, .addTerminal, .addAddOn].contains(kind),
            "plans": offers.plans(chosen: CatalogueItemID(plan.rawValue)), "terminals": offers.terminals, "addOns": offers.addOns,
            "limitNow": reader.text("orders.limitNow", ["limit": limit.formatted]),
        ]
    }
}

extension PageFrame {
    static let orders = PageFrame(name: "orders", template: "orders/orders", title: "title.orders", audience: .customer)
    static let order = PageFrame(name: "orders", template: "orders/order", title: "title.orders", audience: .customer)
    static let newOrder = PageFrame(name: "orders", template: "orders/new", title: "title.orders", audience: .line)
}
