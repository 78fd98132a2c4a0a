public import Basics
public import Storage

/// What a look at the outbox did.
public struct DeliveryReport: Sendable, Equatable {
    /// Handed over.
    public var delivered = 0
    /// To be tried again later.
    public var postponed = 0
    /// Given up after ``NoticesLimits/deliveryTries`` tries; staff see how many and may have them tried again.
    public var givenUp = 0

    package init(delivered: Int = 0, postponed: Int = 0, givenUp: Int = 0) {
        self.delivered = delivered
        self.postponed = postponed
        self.givenUp = givenUp
    }
}

/// Hands over what is due in the outbox, a few messages at the same time, until nothing is due or the task is cancelled. Safe to run anywhere
/// any number of times: a message is taken by one worker, who has it for two minutes. Without a delivery the box in the account is all
/// there is, and the outbox is emptied.
@discardableResult
public func deliverNotices(
    by delivery: (any NoticeDelivery)?, on database: any Database, clock: any ServiceClock
) async throws(Fault) -> DeliveryReport {
    var report = DeliveryReport()
    // A look that writes nothing comes first: mostly nothing is due.
    let start = clock.now()
    guard try await database.read({ tx throws(Fault) in try OutboxStore.hasDue(at: start, in: tx) }) else { return report }
    guard let delivery else {
        try await discardOutbox(on: database, at: clock.now())
        return report
    }
    while !Task.isCancelled {
        let now = clock.now()
        let taken = try await database.write { tx throws(Fault) in
            try OutboxStore.take(at: now, limit: NoticesLimits.messagesPerTake, in: tx)
        }
        if taken.isEmpty { break }
        let outcomes = await handOver(taken, to: delivery, at: now)
        let settled = try await database.write { tx throws(Fault) in try settle(outcomes, in: tx, at: now) }
        report.delivered += settled.delivered
        report.postponed += settled.postponed
        report.givenUp += settled.givenUp
    }
    return report
}

/// How many messages wait in the outbox, and how many were given up.
public func outboxCounts(in tx: any Transaction) throws(Fault) -> (waiting: Int, givenUp: Int) {
    try OutboxStore.counts(in: tx)
}

/// When the next try is due after some tries; nil to give up.
package func nextTry(after tries: Int64, at now: Timestamp) -> Timestamp? {
    guard tries < NoticesLimits.deliveryTries else { return nil }
    let doubled = NoticesLimits.firstRetrySeconds << min(max(tries - 1, 0), 20)
    return now.adding(seconds: min(doubled, NoticesLimits.longestRetrySeconds))
}

private func handOver(
    _ taken: [TakenMessage], to delivery: any NoticeDelivery, at now: Timestamp
) async -> [(TakenMessage, Fault?)] {
    await withTaskGroup(of: (TakenMessage, Fault?).self) { group in
        var waiting = taken[...]
        var outcomes: [(TakenMessage, Fault?)] = []
        func start() {
            guard let next = waiting.popFirst() else { return }
            group.addTask {
                do throws(Fault) {
                    try await delivery.deliver(next.message, at: now)
                    return (next, nil)
                } catch { return (next, error) }
            }
        }
        for _ in 0..<NoticesLimits.messagesAtOnce { start() }
        while let outcome = await group.next() {
            outcomes.append(outcome)
            start()
        }
        return outcomes
    }
}

private func settle(
    _ outcomes: [(TakenMessage, Fault?)], in tx: any Transaction, at now: Timestamp
) throws(Fault) -> DeliveryReport {
    var report = DeliveryReport()
    for (taken, fault) in outcomes {
        guard let fault else {
            try OutboxStore.delivered(taken, in: tx)
            report.delivered += 1
            continue
        }
        let again = nextTry(after: taken.tries, at: now)
        try OutboxStore.failed(taken, again: again, fault: fault.code.rawValue, in: tx)
        if again == nil { report.givenUp += 1 } else { report.postponed += 1 }
    }
    return report
}

private func discardOutbox(on database: any Database, at now: Timestamp) async throws(Fault) {
    var discarded = 1
    while discarded > 0, !Task.isCancelled {
        discarded = try await database.write { tx throws(Fault) in try OutboxStore.discardDue(at: now, limit: 1000, in: tx) }
    }
}
