internal import Agreement
public import Basics
public import Customers
public import Lines
public import Storage

/// Opens the line of an application as soon as its conditions hold: the identity is checked, the order confirmed, the agreement in force.
/// Called after each of those steps, by whoever took it, in the same transaction; a repeat returns the line that is open.
public func activate(
    _ customer: CustomerID, pool: NumberPool = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Activation {
    guard let application = try ApplicationStore.locked(of: customer, in: tx), application.state != .lapsed else {
        throw Fault(.unknownApplication, "the customer has no application")
    }
    if let opened = application.line {
        return .open(try line(opened, in: tx), account: application.account, isNew: false)
    }
    let progress = try progress(of: application, in: tx)
    guard progress.missing.isEmpty, let order = progress.order, order.state != .held,
        try isInForce(customer, at: now, in: tx)
    else { return .waiting(progress.missing) }
    let opened = try openOrderedLine(
        order, account: application.account, reservation: application.reservation, pool: pool, in: tx, at: now, zone: zone)
    try ApplicationStore.set(.activated, line: opened.line.id, of: customer, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "application.activated", subject: "customer:\(customer)", clause: 17,
            before: journalState(["state": .text(application.state.rawValue)]),
            after: journalState(["line": .text(opened.line.id.rawValue), "order": .text(order.id.rawValue)])),
        in: tx)
    return .open(opened.line, account: application.account, isNew: true)
}

/// What is done of a customer's application and what is missing.
public func applicationProgress(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> ApplicationProgress {
    guard let application = try ApplicationStore.find(of: customer, in: tx) else {
        throw Fault(.unknownApplication, "the customer has no application")
    }
    return try progress(of: application, in: tx)
}

/// A customer's application; nil where they were taken in without one.
public func application(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Application? {
    try ApplicationStore.find(of: customer, in: tx)
}

func progress(of application: Application, in tx: any Transaction) throws(Fault) -> ApplicationProgress {
    let customer = application.customer
    let signed = try signatures(of: customer, in: tx)
    return ApplicationProgress(
        application: application, identity: try verificationState(of: customer, in: tx),
        order: try OrderStore.applicationOrder(of: customer, in: tx), signature: signed.customer, provider: signed.provider,
        line: try application.line.map { id throws(Fault) in try line(id, in: tx) })
}
