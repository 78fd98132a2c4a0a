public import Access
public import Agreement
public import Basics
internal import Charging
public import Customers
internal import Lines
internal import Orders
public import Storage

/// Gathers everything between the provider and one customer into a case file (clause 16): the agreement and its annexes as they were signed,
/// the versions, orders, holds, calls with their evidence, invoices, payments, disputes, notices, the books of the account, and the journal with its links. Whoever does it says what for; the customer can
/// see that it was done.
public func gatherCase(
    of customer: CustomerID, by act: StaffAct, seal: ProviderSeal, vault: Vault, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> [UInt8] {
    try act.require(.exportCases)
    guard let agreement = try agreement(of: customer, in: tx) else {
        throw Fault(.unknownAgreement, "customer \(customer) has no agreement")
    }
    let lines = try lineHistory(of: customer, in: tx)
    var items = try agreementItems(agreement, vault: vault, in: tx)
    items += try orderItems(of: customer, in: tx)
    items += try lineItems(lines, in: tx)
    for line in lines { items.append(try callItem(of: line, in: tx)) }
    items += try serviceRecords(of: customer, in: tx)
    items += try bookItems(of: Set(lines.map(\.account)), in: tx)
    // Everything that is written so far gets its link first.
    while try sealJournal(in: tx) == StorageLimits.entriesPerSeal {}
    let slice = try journalSlice(about: try subjects(of: customer, agreement, lines, in: tx), in: tx)
    items.append(try CaseJournal.item(slice))
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "case.exported", subject: "customer:\(customer)", clause: 16,
            after: journalState([
                "agreement": .text(agreement.number), "files": .number(Int64(items.count)), "purpose": .text(act.purpose),
            ])),
        in: tx)
    let subject = CaseSubject(agreement: agreement.number, customer: customer.rawValue, madeAt: now, madeBy: act.actor)
    return try caseFile(items, about: subject, sealedBy: seal)
}

/// What the journal calls the things of a case.
private func subjects(
    of customer: CustomerID, _ agreement: Agreement, _ lines: [Line], in tx: any Transaction
) throws(Fault) -> [String] {
    var subjects = ["customer:\(customer)", "agreement:\(agreement.id)"]
    subjects += lines.map { "line:\($0.id)" } + lines.map { "account:\($0.account)" }
    for order in try orders(of: customer, in: tx) { subjects.append("order:\(order.id)") }
    for ending in try endings(of: customer, in: tx) { subjects.append("ending:\(ending.id)") }
    return subjects
}
