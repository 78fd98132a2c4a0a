internal import Access
internal import Basics
internal import Customers
internal import Lines
internal import Storage

/// Does what an order asks for, as far as that can be done at once. Returns the order as it stands then.
func fulfil(
    _ order: Order, pool: NumberPool, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Order {
    let actor = "customer:\(order.customer)"
    let today = zone.date(of: now)
    switch order.content {
    case .openLine:
        guard let account = try lines(of: order.customer, in: tx).first?.account else {
            throw Fault(.unknownLine, "the customer has no line in service whose account could pay")
        }
        return try openOrderedLine(order, account: account, reservation: nil, pool: pool, in: tx, at: now, zone: zone).order
    case .changePlan(let line, _, let start):
        try changePlan(order, of: line, start, in: tx, at: now, zone: zone)
        return try move(order, to: start == .now ? .completed : .inProgress, by: actor, in: tx, at: now)
    case .addTerminal:
        return try move(order, to: .pending, by: actor, in: tx, at: now)
    case .addAddOn(let line, _):
        for item in order.items { try OrderItemStore.begin(item.position, of: order.id, on: line, from: today, in: tx) }
        return try move(order, to: .completed, by: actor, in: tx, at: now)
    case .removeAddOn(let line, let addOn):
        guard let served = try OrderItemStore.active(addOn, on: line, in: tx) else {
            throw Fault(.addOnUnknown, "line \(line) does not have \(addOn)")
        }
        try OrderItemStore.finish(served.item.position, of: served.order, on: today, in: tx)
        return try move(order, to: .completed, by: actor, in: tx, at: now)
    case .changeCreditLimit:
        return try move(order, to: .completed, by: actor, in: tx, at: now)
    case .changeNumber(let line, let number):
        try changeNumber(order, of: line, to: number, pool: pool, in: tx, at: now, zone: zone)
        return try move(order, to: .completed, by: actor, in: tx, at: now)
    case .end(let wished):
        try openEnding(of: order.customer, wished: wished, order: order.id, in: tx, at: now, zone: zone)
        return try move(order, to: .inProgress, by: actor, in: tx, at: now)
    }
}

/// Opens the line of an order, on its plan at the agreed prices, with its add-ons from today. What has to be delivered comes later.
func openOrderedLine(
    _ order: Order, account: String, reservation: ReservationID?, pool: NumberPool, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> (order: Order, line: Line) {
    guard case .openLine(let number, let plan, _) = order.content else {
        throw Fault(.orderState, "order \(order.number) is not about opening a line")
    }
    guard try lines(of: order.customer, in: tx).count < OrdersLimits.linesPerCustomer else {
        throw Fault(.tooManyOrders, "the customer has too many lines", ["maximum": "\(OrdersLimits.linesPerCustomer)"])
    }
    let actor = "customer:\(order.customer)"
    let line = try openLine(
        number: number, of: pool, customer: order.customer, account: account, reservedFor: reservation, in: tx, at: now)
    try assign(PlanID(trusted: plan.rawValue), to: line.id, order: order.id, by: actor, in: tx, from: now, at: now)
    let today = zone.date(of: now)
    for item in order.items where !isDelivered(item.kind) {
        try OrderItemStore.begin(item.position, of: order.id, on: line.id, from: today, in: tx)
    }
    let isDone = !order.items.contains { isDelivered($0.kind) }
    return (try move(order, to: isDone ? .completed : .inProgress, by: actor, in: tx, at: now), line)
}

private func changePlan(
    _ order: Order, of line: LineID, _ start: PlanStart, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) {
    guard try PlanStore.waiting(on: line, after: now, in: tx) == nil else {
        throw Fault(.planChangeWaiting, "a change of plan is waiting for its day already; cancel that order first")
    }
    guard let item = order.items.first else { throw Fault(.wrongItem, "a change of plan names a plan") }
    let from = start == .now ? now : zone.start(of: zone.month(of: now).next)
    let day = zone.date(of: from)
    try assign(
        PlanID(trusted: item.item.rawValue), to: line, order: order.id, by: "customer:\(order.customer)", in: tx, from: from,
        at: now)
    try OrderItemStore.begin(item.position, of: order.id, on: line, from: day, in: tx)
}

private func changeNumber(
    _ order: Order, of line: LineID, to number: PhoneNumber, pool: NumberPool, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) {
    let actor = "customer:\(order.customer)"
    let before = try Lines.line(line, of: order.customer, in: tx)
    let changed = try Lines.changeNumber(
        ChangeNumberRequest(line: line, number: number, pool: pool, by: actor), in: tx, at: now, zone: zone)
    for item in order.items {
        try OrderItemStore.begin(item.position, of: order.id, on: line, from: zone.date(of: now), in: tx)
    }
    try moveSignIn(of: order.customer, from: before.number, to: changed.number, by: actor, in: tx, at: now)
}
