public import Access
public import Basics
public import Storage

/// Takes an order onward by hand: hold it, refuse it, say that it is being done, or that it could not be. Installing completes it:
/// ``completeOrder(_:on:by:in:at:zone:)``.
@discardableResult
public func advanceOrder(
    _ id: OrderID, to next: OrderState, because reason: String = "", by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Order {
    try act.require(.manageOrders)
    let order = try OrderStore.locked(id, in: tx)
    guard [.pending, .held, .inProgress, .rejected, .failed].contains(next), order.kind != .end, order.kind != .changePlan else {
        throw Fault(.orderState, "staff cannot take this order there", ["state": order.state.rawValue])
    }
    // The first line opens when its conditions hold and not by hand; a line that is open is not refused any more.
    let isOpen = order.kind == .openLine && order.state == .inProgress
    guard !(order.kind == .openLine && next == .inProgress), !(isOpen && next != .held) else {
        throw Fault(.orderState, "staff cannot take this order there", ["state": order.state.rawValue])
    }
    let needsReason = [.held, .rejected, .failed].contains(next)
    guard reason.utf8.count <= OrdersLimits.reasonBytes, !needsReason || reason.contains(where: { !$0.isWhitespace }) else {
        throw Fault(.orderReason, "say why", ["maximum": "\(OrdersLimits.reasonBytes)"])
    }
    return try move(
        order, to: next, because: reason.isEmpty ? nil : reason, by: act.actor, purpose: act.purpose, in: tx, at: now)
}

/// Says that what had to be delivered was delivered and installed on a day: rent and warranty begin with it.
@discardableResult
public func completeOrder(
    _ id: OrderID, on day: BusinessDate, by act: StaffAct, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Order {
    try act.require(.manageOrders)
    let order = try OrderStore.locked(id, in: tx)
    let isOpenLine = order.kind == .openLine && order.state == .inProgress
    let isTerminal = order.kind == .addTerminal && (order.state == .pending || order.state == .inProgress)
    guard isOpenLine || isTerminal else {
        throw Fault(.orderState, "order \(order.number) is \(order.state.rawValue)", ["state": order.state.rawValue])
    }
    guard day >= zone.date(of: order.confirmedAt), day <= zone.date(of: now) else {
        throw Fault(.installationDay, "an installation lies between the order and today", ["day": "\(day)"])
    }
    let line = order.items.compactMap(\.line).first ?? order.content.line
    for item in order.items where item.firstDay == nil {
        try OrderItemStore.begin(item.position, of: id, on: line, from: day, in: tx)
    }
    return try move(order, to: .completed, by: act.actor, purpose: act.purpose, in: tx, at: now)
}

/// Completes the changes of plan whose day has come; the daily close runs it until it returns 0. The prices changed at midnight by
/// themselves, however late this runs.
@discardableResult
public func advanceDueOrders(
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone, limit: Int = 500
) throws(Fault) -> Int {
    let due = try OrderStore.due(.changePlan, by: zone.date(of: now), limit: limit, in: tx)
    for order in due { _ = try move(order, to: .completed, by: "system", in: tx, at: now) }
    return due.count
}
