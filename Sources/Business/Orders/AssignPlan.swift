public import Basics
public import Lines
public import Storage

/// Puts a line on a plan from now on.
public func assignPlan(
    _ plan: PlanID, to line: LineID, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try PlanStore.lock(plan, in: tx)
    let before = try PlanStore.plan(of: line, in: tx, at: now)
    guard before != plan else { return }
    try PlanStore.assign(plan, to: line, in: tx, from: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "line.plan-assigned", subject: "line:\(line)", clause: 2,
            before: before.map { #"{"plan":"\#($0)"}"# }, after: #"{"plan":"\#(plan)"}"#),
        in: tx)
}
