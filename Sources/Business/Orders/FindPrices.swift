public import Basics
public import Lines
public import Storage

/// Every price ever published for a plan, the earliest first.
public func prices(of plan: PlanID, in tx: any Transaction) throws(Fault) -> [Price] {
    try PriceStore.list(of: plan, in: tx)
}

/// Every price ever published, for the public page (clause 2).
public func publishedPrices(in tx: any Transaction) throws(Fault) -> [Price] { try PriceStore.list(in: tx) }

/// The plan that a line has at an instant.
public func plan(of line: LineID, in tx: any Transaction, at instant: Timestamp) throws(Fault) -> PlanID {
    guard let plan = try PlanStore.plan(of: line, in: tx, at: instant) else {
        throw Fault(.unknownPlan, "line \(line) has no plan at this time")
    }
    return plan
}

/// What a second of a call of this kind costs a line at an instant.
public func price(of line: LineID, kind: CallKind, in tx: any Transaction, at instant: Timestamp) throws(Fault) -> Price {
    let plan = try plan(of: line, in: tx, at: instant)
    guard let price = priceInForce(try prices(of: plan, in: tx), plan: plan, kind: kind, at: instant) else {
        throw Fault(.noPrice, "plan \(plan) has no price for \(kind.rawValue) at this time")
    }
    return price
}
