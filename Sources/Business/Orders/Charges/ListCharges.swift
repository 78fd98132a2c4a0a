internal import Agreement
public import Basics
public import Customers
internal import Lines
public import Storage

/// What a customer pays month by month and is in service on a day of a month, at the prices that hold: those of the signed orders, or the
/// list's where a version of the agreement moved the price. Without an order there is no rent. Spans are whole, not cut to the month.
///
/// - Parameter lastDay: the last day of service for the preview of a final invoice; nil where none is asked for.
public func recurringCharges(
    of customer: CustomerID, in month: BusinessMonth, endingOn lastDay: BusinessDate? = nil, in tx: any Transaction,
    zone: BusinessZone
) throws(Fault) -> [RecurringCharge] {
    let facts = try chargeFacts(of: [customer], in: tx)
    return try recurringCharges(of: customer, by: facts, in: month, endingOn: lastDay, in: tx, zone: zone)
}

/// The same by facts that were read together with those of other customers.
public func recurringCharges(
    of customer: CustomerID, by facts: ChargeFacts, in month: BusinessMonth, endingOn lastDay: BusinessDate? = nil,
    in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [RecurringCharge] {
    var charges = try planCharges(of: customer, facts, by: month.last, in: tx, zone: zone)
    charges += try itemCharges(of: customer, facts, by: month.last, in: tx, zone: zone)
    var gaps = gaps(of: facts.endings(of: customer), zone: zone)
    if let lastDay { gaps.append(Gap(from: lastDay.adding(days: 1), until: nil)) }
    for gap in gaps {
        charges = charges.flatMap { charge in without(gap, charge.span).map(charge.over) }
    }
    return charges.filter { $0.days(in: month) != nil }
}

/// What a customer pays once, for what came into service in a span of days, in order.
public func oneOffCharges(
    of customer: CustomerID, in days: ClosedRange<BusinessDate>, in tx: any Transaction
) throws(Fault) -> [OneOffCharge] {
    oneOffCharges(of: customer, by: try chargeFacts(of: [customer], in: tx), in: days)
}

/// The same by facts that were read together with those of other customers.
public func oneOffCharges(
    of customer: CustomerID, by facts: ChargeFacts, in days: ClosedRange<BusinessDate>
) -> [OneOffCharge] {
    facts.served(of: customer).compactMap { served in
        guard let day = served.item.firstDay, days.contains(day), served.item.oneOff > .zero else { return nil }
        return OneOffCharge(
            order: served.order, orderNumber: served.number, position: served.item.position, item: served.item.item,
            kind: served.item.kind, name: served.item.name, line: served.item.line, amount: served.item.oneOff,
            taxPermille: served.item.taxPermille, on: day)
    }
}

/// The rent of the plans of all lines that a customer has or had.
private func planCharges(
    of customer: CustomerID, _ facts: ChargeFacts, by day: BusinessDate, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [RecurringCharge] {
    var charges: [RecurringCharge] = []
    for line in facts.lines(of: customer) {
        let end = line.endedAt.map(zone.date(of:))
        let assignments = facts.assignments(of: line.id)
        let spans = planSpans(assignments.map { zone.date(of: $0.from) })
        for (assignment, days) in zip(assignments, spans) {
            let until = [days.until, end].compactMap(\.self).min()
            guard days.from <= day, until.map({ $0 >= days.from }) ?? true else { continue }
            charges += try planCharges(assignment, on: line.id, from: days.from, until: until, by: day, in: tx, zone: zone)
        }
    }
    return charges
}

private func planCharges(
    _ assignment: PlanAssignment, on line: LineID, from: BusinessDate, until: BusinessDate?, by day: BusinessDate,
    in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [RecurringCharge] {
    let id = CatalogueItemID(trusted: assignment.plan.rawValue)
    let listed = try ItemPriceStore.list(of: id, in: tx)
    if let orderID = assignment.order, let order = try OrderStore.find(orderID, in: tx),
        let item = order.items.first(where: { $0.kind == .plan })
    {
        let charge = RecurringCharge(
            order: orderID, orderNumber: order.number, item: id, kind: .plan, name: item.name, line: line,
            monthly: item.monthly, taxPermille: item.taxPermille, from: from, until: until)
        return try moved(charge, listed, orderedBy: orderID, by: day, in: tx, zone: zone)
    }
    // Rent is owed by an order that the customer confirmed (clause 2); a line that staff or a test opened without one owes none.
    return []
}

/// The rent of terminals and add-ons.
private func itemCharges(
    of customer: CustomerID, _ facts: ChargeFacts, by day: BusinessDate, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [RecurringCharge] {
    var charges: [RecurringCharge] = []
    for served in facts.served(of: customer) where served.item.kind != .plan {
        guard let from = served.item.firstDay, from <= day else { continue }
        let end = try served.item.line.flatMap { id throws(Fault) in try line(id, in: tx).endedAt }.map(zone.date(of:))
        let charge = RecurringCharge(
            order: served.order, orderNumber: served.number, item: served.item.item, kind: served.item.kind,
            name: served.item.name, line: served.item.line, monthly: served.item.monthly, taxPermille: served.item.taxPermille,
            from: from, until: [served.item.lastDay, end].compactMap(\.self).min())
        guard !charge.span.isEmpty else { continue }
        let listed = try ItemPriceStore.list(of: served.item.item, in: tx)
        charges += try moved(charge, listed, orderedBy: served.order, by: day, in: tx, zone: zone)
    }
    return charges
}

/// A signed charge, cut where a version of the agreement moved its price to the list.
private func moved(
    _ charge: RecurringCharge, _ listed: [ItemPrice], orderedBy order: OrderID, by day: BusinessDate, in tx: any Transaction,
    zone: BusinessZone
) throws(Fault) -> [RecurringCharge] {
    let moves = try priceMoves(of: charge.item, orderedBy: order, in: tx, by: day, zone: zone).compactMap { day in
        itemPriceInForce(listed, item: charge.item, on: day).map { (day: day, monthly: $0.monthly) }
    }
    // What moved before it came into service moved all of it.
    var charge = charge
    if let before = moves.last(where: { $0.day <= charge.from }) {
        charge = charge.over(ChargeSpan(from: charge.from, until: charge.until, monthly: before.monthly))
    }
    return priced(charge.span, changes: moves).map(charge.over).filter(\.isPaid)
}

extension RecurringCharge {
    var span: ChargeSpan { ChargeSpan(from: from, until: until, monthly: monthly) }
    var isPaid: Bool { monthly > .zero }

    /// The same over another stretch of days.
    func over(_ span: ChargeSpan) -> RecurringCharge {
        RecurringCharge(
            order: order, orderNumber: orderNumber, item: item, kind: kind, name: name, line: line, monthly: span.monthly,
            taxPermille: taxPermille, from: span.from, until: span.until)
    }
}
