public import Basics
public import Storage

/// The prices with which a new provider begins: ¥0.30 a minute for video, ¥0.12 for sound, by the second, no connect fee.
public let standardPrices: [CallKind: Money] = [.video: Money(micros: 5_000), .audio: Money(micros: 2_000)]

/// Makes the standard plan where there is none yet; the program runs it at every start.
public func ensureStandardPlan(in tx: any Transaction, at now: Timestamp) throws(Fault) {
    guard try PlanStore.insert(Plan.standardID, in: tx, at: now) else { return }
    let request = PublishPricesRequest(plan: Plan.standardID, perSecond: standardPrices, effectiveFrom: now, by: "system")
    try publishPrices(request, in: tx, at: now)
}
