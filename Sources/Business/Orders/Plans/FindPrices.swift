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
    try assignment(of: line, in: tx, at: instant).plan
}

/// The order that put a line on its plan, whose prices hold; nil where the line follows the price list.
public func planOrder(of line: LineID, in tx: any Transaction, at instant: Timestamp) throws(Fault) -> OrderID? {
    try assignment(of: line, in: tx, at: instant).order
}

/// What a second of a call of this kind costs a line at an instant.
///
/// A line that an order put on its plan keeps the prices of that order, whatever is published, until the customer changes plan or a
/// version of the agreement that moves signed prices binds the customer (``moveSignedPrices(of:with:by:in:at:)``); from the beginning of
/// that day it is on the list of that day. A line without an order follows the list.
public func price(
    of line: LineID, kind: CallKind, in tx: any Transaction, at instant: Timestamp, zone: BusinessZone = .shanghai
) throws(Fault) -> Price {
    switch try priceSource(of: line, in: tx, at: instant, zone: zone) {
    case .order(let assignment, _, let rates) where rates[kind] != nil:
        return Price(plan: assignment.plan, kind: kind, perSecond: rates[kind] ?? .zero, effectiveFrom: assignment.from)
    case .order(let assignment, _, _): return try listPrice(assignment.plan, kind, in: tx, at: instant)
    case .list(let assignment, let listedAt): return try listPrice(assignment.plan, kind, in: tx, at: listedAt)
    }
}

private func listPrice(_ plan: PlanID, _ kind: CallKind, in tx: any Transaction, at instant: Timestamp) throws(Fault) -> Price {
    guard let price = priceInForce(try prices(of: plan, in: tx), plan: plan, kind: kind, at: instant) else {
        throw Fault(.noPrice, "plan \(plan) has no price for \(kind.rawValue) at this time")
    }
    return price
}

/// Where the prices of a line come from.
enum PriceSource {
    /// From the order that put it on its plan.
    case order(PlanAssignment, OrderID, rates: [CallKind: Money])
    /// From the list, as of an instant.
    case list(PlanAssignment, at: Timestamp)
}

func priceSource(of line: LineID, in tx: any Transaction, at instant: Timestamp, zone: BusinessZone) throws(Fault) -> PriceSource
{
    let assignment = try assignment(of: line, in: tx, at: instant)
    guard let order = assignment.order else { return .list(assignment, at: instant) }
    let rates = try OrderStore.rates(of: order, in: tx)
    guard !rates.isEmpty else { return .list(assignment, at: instant) }
    let item = CatalogueItemID(trusted: assignment.plan.rawValue)
    let moves = try priceMoves(of: item, orderedBy: order, in: tx, by: zone.date(of: instant), zone: zone)
    if let moved = moves.last.map(zone.start(of:)) { return .list(assignment, at: moved) }
    return .order(assignment, order, rates: rates)
}

private func assignment(of line: LineID, in tx: any Transaction, at instant: Timestamp) throws(Fault) -> PlanAssignment {
    guard let assignment = try PlanStore.assignment(of: line, in: tx, at: instant) else {
        throw Fault(.unknownPlan, "line \(line) has no plan at this time")
    }
    return assignment
}
