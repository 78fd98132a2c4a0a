internal import Basics
internal import Storage

/// Takes an order to another state, if it may go there.
func move(
    _ order: Order, to next: OrderState, because reason: String? = nil, by actor: String, purpose: String? = nil,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Order {
    guard order.state != next else { return order }
    guard mayGo(from: order.state, to: next) else {
        throw Fault(
            .orderState, "order \(order.number) is \(order.state.rawValue) and cannot become \(next.rawValue)",
            ["state": order.state.rawValue])
    }
    try OrderStore.set(next, reason, of: order.id, in: tx, at: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "order.\(next.rawValue)", subject: "order:\(order.id)", clause: 2,
            before: journalState(["state": .text(order.state.rawValue)]),
            after: journalState(["state": .text(next.rawValue), "purpose": .optional(purpose)])),
        in: tx)
    guard let moved = try OrderStore.find(order.id, in: tx) else { throw Fault(.unknownOrder, "there is no order \(order.id)") }
    return moved
}
