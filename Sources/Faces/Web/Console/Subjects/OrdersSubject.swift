import Access
import Agreement
import Basics
import Customers
import Orders
import Storage

/// Orders (clause 2), and what staff do to bring them about.
extension ConsoleSubject {
    static let orders = ConsoleSubject(
        key: "orders", permission: .manageOrders, icon: "add",
        columns: ["number", "customer", "orderKind", "oneOff", "monthly", "confirmedAt", "state"].map { key in
            ConsoleColumn(key, isSortable: sorts[key] != nil)
        },
        filters: [
            ConsoleFilter(key: "state", kind: "orderState", values: OrderState.allCases.map(\.rawValue)),
            ConsoleFilter(key: "kind", kind: "orderKind", values: OrderContent.Kind.allCases.map(\.rawValue)),
        ],
        isQueue: true,
        rows: { desk, query, tx throws(Fault) in
            let found = try searchOrders(search(query), page: query.page, in: tx)
            let names = try customerNames(of: found.orders.map(\.customer), in: tx)
            let rows = found.orders.map { row($0, names[$0.customer] ?? "", desk) }
            return ConsoleRows(rows, paged: .init(total: found.total))
        },
        sheet: { desk, number, tx throws(Fault) in try sheet(try order(numbered: number, in: tx), desk, tx) })

    private static let sorts: [String: OrderSearch.Column] = [
        "number": .number, "orderKind": .kind, "confirmedAt": .confirmedAt, "state": .state,
    ]

    private static func search(_ query: ListQuery) -> OrderSearch {
        var search = OrderSearch()
        search.state = query.filters["state"].flatMap { OrderState(rawValue: $0) }
        search.kind = query.filters["kind"].flatMap { OrderContent.Kind(rawValue: $0) }
        search.text = query.text
        search.waitsForStaff = query.waitsOnly
        search.column = query.sort.flatMap { sorts[$0] } ?? (query.waitsOnly ? .stateAt : .confirmedAt)
        search.isDescending = query.isDescending
        return search
    }

    static func tone(_ state: OrderState) -> ConsoleCell.Tone {
        switch state {
        case .completed: .good
        case .held, .pending: .warn
        case .rejected, .failed: .bad
        case .acknowledged, .inProgress, .cancelled: .plain
        }
    }

    private static func row(_ order: Order, _ name: String, _ desk: ConsoleDesk) -> ConsoleRow {
        let kind = desk.value("orderKind", order.kind.rawValue)
        return ConsoleRow(
            id: order.number, link: "/console/orders/\(order.number)",
            cells: [
                ConsoleCell(order.number), desk.link(to: order.customer, named: name),
                ConsoleCell(kind, value: .text(order.kind.rawValue)), desk.cell(order.oneOff), desk.cell(order.monthly),
                desk.cell(order.confirmedAt), desk.badge("orderState", order.state.rawValue, tone(order.state)),
            ],
            marks: ["state": order.state.rawValue, "kind": order.kind.rawValue],
            waitsSince: order.waitsForStaff ? order.stateAt : nil, summary: "\(order.number) · \(kind) · \(name)")
    }

    /// Orders of one customer, as their page shows them.
    static func table(of orders: [Order], by who: Customer, _ desk: ConsoleDesk) -> ConsoleSection.Table {
        var rows: [ConsoleRow] = []
        for order in orders {
            var one = row(order, who.name.text, desk)
            one.cells.remove(at: 1)
            if !desk.may(.manageOrders) { one.link = nil }
            rows.append(one)
        }
        return .init(columns: ["number", "orderKind", "oneOff", "monthly", "confirmedAt", "state"], rows: rows)
    }

    private static func sheet(_ order: Order, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let who = try customer(order.customer, in: tx)
        let items = order.items.map { item in
            ConsoleRow(
                id: "\(item.position)",
                cells: [
                    ConsoleCell(desk.words(of: item.name)),
                    ConsoleCell(desk.value("itemKind", item.kind.rawValue), value: .text(item.kind.rawValue)),
                    desk.cell(item.oneOff), desk.cell(item.monthly), desk.cell(item.firstDay), desk.cell(item.lastDay),
                ])
        }
        return ConsoleSheet(
            title: order.number,
            lead: desk.text(
                "console.orders.heading", ["kind": desk.value("orderKind", order.kind.rawValue), "name": who.name.text]),
            badge: desk.badge("orderState", order.state.rawValue, tone(order.state)), acts: OrderActs.offers(order),
            sections: [
                ConsoleSection(
                    key: "order",
                    facts: [
                        .init("customer", desk.link(to: who.id, named: who.name.text)),
                        .init("confirmedAt", desk.cell(order.confirmedAt)),
                        .init("effectiveOn", desk.cell(order.effectiveOn)), .init("number", order.content.number?.grouped),
                        .init("oneOff", desk.cell(order.oneOff)), .init("monthly", desk.cell(order.monthly)),
                        .init("stateAt", desk.cell(order.stateAt)), .init("reason", order.stateReason),
                        .init("document", order.document.description),
                    ]),
                ConsoleSection(
                    key: "items",
                    table: .init(columns: ["item", "itemKind", "oneOff", "monthly", "firstDay", "lastDay"], rows: items)),
                try desk.timeline(of: ["order:\(order.id)"], in: tx),
            ])
    }
}

/// What staff do to an order.
enum OrderActs {
    static let all = [hold, resume, reject, fail, complete]

    static func offers(_ order: Order) -> [ConsoleOffer] {
        guard !order.state.isFinal, order.kind != .end, order.kind != .changePlan else { return [] }
        let isOpenLine = order.kind == .openLine
        var acts: [ConsoleAct] = []
        let canComplete = order.kind == .addTerminal && order.state != .held || isOpenLine && order.state == .inProgress
        if canComplete { acts.append(complete) }
        if order.state == .held { acts.append(resume) } else { acts.append(hold) }
        if !(isOpenLine && order.state == .inProgress) { acts += [reject, fail] }
        return acts.map { ConsoleOffer($0, id: order.number, parameters: ["number": order.number]) }
    }

    private static func move(_ key: String, to state: OrderState, isDangerous: Bool = false, _ fields: [ActField]) -> ConsoleAct {
        ConsoleAct(
            key: "orders.\(key)", permission: .manageOrders, path: "orders/{id}/\(key)", fields: fields, isDangerous: isDangerous,
            perform: { desk, act, values in
                try await desk.services.database.write { tx throws(Fault) in
                    let one = try order(numbered: values.id, in: tx)
                    try advanceOrder(one.id, to: state, because: values.text("reason"), by: act, in: tx, at: desk.now)
                }
                return [:]
            })
    }

    private static let reason = ActField("reason", .text(1000))
    static let hold = move("hold", to: .held, [reason])
    static let resume = move("resume", to: .pending, [])
    static let reject = move("reject", to: .rejected, isDangerous: true, [reason])
    static let fail = move("fail", to: .failed, isDangerous: true, [reason])

    static let complete = ConsoleAct(
        key: "orders.complete", permission: .manageOrders, path: "orders/{id}/complete", fields: [ActField("day", .date)],
        perform: { desk, act, values in
            let day = values.date("day") ?? desk.zone.date(of: desk.now)
            try await desk.services.database.write { tx throws(Fault) in
                let one = try order(numbered: values.id, in: tx)
                try completeOrder(one.id, on: day, by: act, in: tx, at: desk.now, zone: desk.zone)
            }
            return [:]
        })
}
