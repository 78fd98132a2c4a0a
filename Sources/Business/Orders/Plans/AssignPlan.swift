public import Basics
public import Lines
public import Storage

/// Puts a line on a plan from now on, without an order: it follows the price list.
public func assignPlan(
    _ plan: PlanID, to line: LineID, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    guard try PlanStore.assignment(of: line, in: tx, at: now)?.plan != plan else { return }
    try assign(plan, to: line, order: nil, by: actor, in: tx, from: now, at: now)
}

/// Puts a line on a plan from an instant on, at the prices of an order where there is one.
func assign(
    _ plan: PlanID, to line: LineID, order: OrderID?, by actor: String, in tx: any Transaction, from start: Timestamp,
    at now: Timestamp
) throws(Fault) {
    try PlanStore.lock(plan, in: tx)
    let before = try PlanStore.assignment(of: line, in: tx, at: now)?.plan
    try PlanStore.assign(plan, to: line, order: order, in: tx, from: start)
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "line.plan-assigned", subject: "line:\(line)", clause: 2,
            before: before.map { journalState(["plan": .text($0.rawValue)]) },
            after: journalState([
                "plan": .text(plan.rawValue), "from": .number(start.milliseconds), "order": .optional(order?.rawValue),
            ])),
        in: tx)
}
