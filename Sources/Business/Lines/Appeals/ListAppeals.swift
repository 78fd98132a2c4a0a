public import Basics
public import Customers
public import Storage

/// The appeal with this id.
public func appeal(_ id: AppealID, in tx: any Transaction) throws(Fault) -> HoldAppeal {
    guard let appeal = try AppealStore.find(id, in: tx) else { throw Fault(.unknownAppeal, "there is no appeal \(id)") }
    return appeal
}

/// A customer's appeals, the newest first.
public func appeals(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [HoldAppeal] {
    try AppealStore.list(
        "WHERE customer = $1 ORDER BY filed_at DESC, id LIMIT \(LinesLimits.appealPage)", [.id(customer)], in: tx)
}

/// The appeals against one hold, the oldest first.
public func appeals(against hold: HoldID, in tx: any Transaction) throws(Fault) -> [HoldAppeal] {
    try AppealStore.list("WHERE hold = $1 ORDER BY filed_at, id", [.id(hold)], in: tx)
}

/// One page of the appeals that wait, those due first at the top. Pages count from 0.
public func appealQueue(page: Int = 0, in tx: any Transaction) throws(Fault) -> (appeals: [HoldAppeal], total: Int) {
    let offset = max(0, min(page, LinesLimits.appealPages)) * LinesLimits.appealPage
    let waiting = try AppealStore.list(
        "WHERE state = 'filed' ORDER BY due_at, id LIMIT \(LinesLimits.appealPage) OFFSET $1", [.integer(Int64(offset))], in: tx)
    return (waiting, Int(try AppealStore.count("WHERE state = 'filed'", [], in: tx)))
}
