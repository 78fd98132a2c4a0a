public import Access
public import Basics
public import Storage

/// Has messages that were given up tried again, after the gateway was mended; returns how many.
public func retryDelivery(by act: StaffAct, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    try act.require(.announce)
    let count = try OutboxStore.retryGivenUp(at: now, in: tx)
    guard count > 0 else { return 0 }
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "delivery.retried", subject: "outbox:notices",
            after: journalState(["messages": .number(Int64(count)), "purpose": .text(act.purpose)])),
        in: tx)
    return count
}
