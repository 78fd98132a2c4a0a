public import Basics
public import Customers
public import Storage

/// Takes an order back before it is done. A change of plan that waits for its day is undone; an ending is withdrawn instead
/// (``withdrawEnding(_:of:in:at:zone:)``). A repeat changes nothing.
@discardableResult
public func cancelOrder(
    _ id: OrderID, of customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Order {
    _ = try order(id, of: customer, in: tx)
    let order = try OrderStore.locked(id, in: tx)
    guard order.state != .cancelled else { return order }
    guard mayCancel(order, at: now, zone: zone) else {
        throw Fault(
            .orderState, "order \(order.number) is \(order.state.rawValue) and cannot be taken back",
            ["state": order.state.rawValue])
    }
    try PlanStore.unassign(order: id, in: tx)
    for item in order.items where item.firstDay != nil { try OrderItemStore.forget(item.position, of: id, in: tx) }
    return try move(order, to: .cancelled, by: "customer:\(customer)", in: tx, at: now)
}

/// Whether the customer may take an order back.
public func mayCancel(_ order: Order, at now: Timestamp, zone: BusinessZone) -> Bool {
    switch (order.kind, order.state) {
    case (.end, _): false
    case (_, .acknowledged), (_, .pending), (_, .held): true
    case (.changePlan, .inProgress): order.effectiveOn.map { now < zone.start(of: $0) } ?? false
    default: false
    }
}
