import Agreement
import Basics
import Customers
import Orders

/// An order as people read it: its lines, its sums, its facts and its way.
struct OrderModel {
    let reader: PageReader

    struct Line: Encodable, Sendable {
        var name: String
        var amount: String
        var sum: Bool
    }

    struct Fact: Encodable, Sendable {
        var name: String
        var value: String

        var model: [String: Any] { ["name": name, "value": value] }
    }

    func lines(_ items: [OrderItem]) -> [Line] {
        items.map { Line(name: reader.say($0.name), amount: reader.price(oneOff: $0.oneOff, monthly: $0.monthly), sum: false) }
    }

    func sums(oneOff: Money, monthly: Money) -> [Line] {
        [
            Line(name: reader.text("order.now"), amount: oneOff.formatted, sum: false),
            Line(name: reader.text("order.eachMonth"), amount: monthly.formatted, sum: true),
        ]
    }

    func facts(
        _ content: OrderContent, _ perSecond: [CallKind: Money], on day: BusinessDate?, creditLimit: Money? = nil
    ) -> [Fact] {
        var facts: [Fact] = []
        if let number = content.number {
            facts.append(fact(content.kind == .changeNumber ? "order.fact.newNumber" : "order.fact.number", number.grouped))
        }
        if let video = perSecond[.video], let audio = perSecond[.audio] {
            facts.append(
                fact(
                    "order.fact.calls",
                    reader.text(
                        "order.callPrices",
                        ["video": PlainWords.pricePerMinute(video), "audio": PlainWords.pricePerMinute(audio)])))
        }
        if case .changeCreditLimit(_, let limit) = content { facts.append(fact("order.fact.limit", limit.formatted)) }
        if let creditLimit { facts.append(fact("order.fact.limit", creditLimit.formatted)) }
        facts.append(fact("order.fact.when", day.map(reader.day) ?? reader.text("order.whenReady")))
        return facts
    }

    private func fact(_ key: String, _ value: String) -> Fact { Fact(name: reader.text(key), value: value) }

    /// One line of the list.
    func item(_ order: Order) -> [String: Any] {
        [
            "number": order.number, "kind": reader.text("orders.kind.\(order.kind.rawValue)"),
            "day": reader.day(order.confirmedAt),
            "state": reader.text("orders.state.\(order.state.rawValue)"), "tone": Self.tone(order.state),
        ]
    }

    /// The whole page of one order.
    func page(_ order: Order, mayCancel: Bool) -> [String: Any] {
        var model = item(order)
        model["orderLine"] =
            "\(reader.text("orders.kind.\(order.kind.rawValue)")) · \(reader.text("orders.state.\(order.state.rawValue)"))"
        model["lines"] = lines(order.items).map { ["name": $0.name, "amount": $0.amount] }
        model["sums"] = sums(oneOff: order.oneOff, monthly: order.monthly).map { ["name": $0.name, "amount": $0.amount] }
        model["facts"] = facts(
            order.content, order.perSecond, on: order.effectiveOn, creditLimit: order.creditLimit
        ).map(\.model)
        model["events"] = events(order)
        model["hash"] = order.document.hex
        model["mayCancel"] = mayCancel
        return model
    }

    private func events(_ order: Order) -> [[String: Any]] {
        var events: [[String: Any]] = []
        if order.state != .acknowledged {
            let why = order.stateReason.map { " · \($0)" } ?? ""
            let state = order.state.isFinal ? (order.state == .completed ? "done" : "bad") : "now"
            events.append([
                "name": reader.text("orders.state.\(order.state.rawValue)") + why, "when": reader.moment(order.stateAt),
                "state": state,
            ])
        }
        events.append([
            "name": reader.text("orders.confirmedOn"), "when": reader.moment(order.confirmedAt), "state": "done",
        ])
        return events
    }

    private static func tone(_ state: OrderState) -> String {
        switch state {
        case .completed: "good"
        case .rejected, .failed, .cancelled: "bad"
        case .held, .pending: "warn"
        case .acknowledged, .inProgress: ""
        }
    }
}
