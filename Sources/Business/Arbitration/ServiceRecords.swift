public import Agreement
public import Basics
internal import Billing
internal import Charging
public import Customers
internal import Lines
internal import Notices
internal import Orders
public import Storage

/// Everything that the service has written down about a customer beside the signed papers, as JSON: orders, calls with the evidence that was
/// measured, invoices, payments, disputes, notices, holds, appeals and reports of abuse. Both the customer's own export (个人信息保护法 art. 45)
/// and the case file (clause 16) hold these files, so that the two cannot differ. Amounts are in micro-yuan, instants in ISO 8601.
public func serviceRecords(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [CaseItem] {
    let lines = try lineHistory(of: customer, in: tx)
    let accounts = Set(lines.map(\.account)).sorted().map(AccountID.init(trusted:))
    var calls: [Record] = []
    var holds: [Record] = []
    for line in lines {
        calls += try callRecords(of: line, in: tx)
        holds += try holdHistory(of: line.id, in: tx).map(record)
    }
    var (invoiced, paid, disputed): ([Record], [Record], [Record]) = ([], [], [])
    for account in accounts {
        invoiced += try invoiceRecords(of: account, in: tx)
        paid += try paymentRecords(of: account, in: tx)
        disputed += try disputes(of: account, in: tx).map(record)
    }
    return [
        try jsonItem("service/orders.json", try orders(of: customer, in: tx).map(record)),
        try jsonItem("service/calls.json", calls), try jsonItem("service/invoices.json", invoiced),
        try jsonItem("service/payments.json", paid), try jsonItem("service/disputes.json", disputed),
        try jsonItem("service/notices.json", try noticeRecords(of: customer, in: tx)),
        try jsonItem("service/holds.json", holds),
        try jsonItem("service/appeals.json", try appeals(of: customer, in: tx).map(record)),
        try jsonItem("service/abuse-reports.json", try abuseReports(by: customer, in: tx).map(record)),
        try jsonItem("service/endings.json", try endings(of: customer, in: tx).map(record)),
    ]
}

private func callRecords(of line: Line, in tx: any Transaction) throws(Fault) -> [Record] {
    var records: [Record] = []
    var before: String?
    repeat {
        let page = try callHistory(of: line.id, before: before, limit: ChargingLimits.historyPage, in: tx)
        for call in page.calls {
            // What was measured of the call is kept as JSON of its own and handed on as it is.
            let media = try tx.first("SELECT media FROM call_records WHERE call = $1", [.id(call.call)])?.optionalText("media")
            records.append([
                "call": .text(call.call.rawValue), "line": .text(line.id.rawValue), "number": .text(line.number.digits),
                "direction": .text(call.direction.rawValue), "peer": .text(call.peer.digits), "kind": .text(call.kind.rawValue),
                "outcome": .text(call.outcome.rawValue), "dialledAt": .time(call.dialledAt), "answeredAt": .time(call.answeredAt),
                "endedAt": .time(call.endedAt), "seconds": .number(call.seconds), "cost": .money(call.cost),
                "endedByThisLine": .flag(call.endedByThisLine), "evidence": .text(media),
            ])
        }
        before = page.next
        guard records.count <= ArbitrationLimits.callsPerLine else { throw .tooManyCalls }
    } while before != nil
    return records
}

private func invoiceRecords(of account: AccountID, in tx: any Transaction) throws(Fault) -> [Record] {
    var records: [Record] = []
    var before: String?
    while true {
        let page = try invoices(of: account, before: before, limit: BillingLimits.invoicePage, in: tx)
        records += page.map(record)
        guard page.count == BillingLimits.invoicePage else { return records }
        before = page.last?.number
    }
}

/// Payments and credits with what each was counted towards; reversed ones stay, marked.
private func paymentRecords(of account: AccountID, in tx: any Transaction) throws(Fault) -> [Record] {
    let rows = try tx.query(
        """
        SELECT r.id AS id, r.kind AS kind, r.amount AS amount, r.at AS at, r.method AS method, r.reference AS reference,
            r.to_costs AS costs, r.to_penalty AS penalty, r.to_principal AS principal, r.to_deposit AS deposit,
            CASE WHEN v.receipt IS NULL THEN 0 ELSE 1 END AS reversed
        FROM billing_receipts r LEFT JOIN billing_reversals v ON v.receipt = r.id WHERE r.account = $1 ORDER BY r.at, r.id
        """, [.id(account)])
    var records: [Record] = []
    for row in rows {
        records.append([
            "payment": .text(try row.text("id")), "account": .text(account.rawValue), "kind": .text(try row.text("kind")),
            "amount": .money(try row.money("amount")), "at": .time(try row.time("at")), "method": .text(try row.text("method")),
            "reference": .text(try row.text("reference")), "toCosts": .money(try row.money("costs")),
            "toPenalty": .money(try row.money("penalty")), "toPrincipal": .money(try row.money("principal")),
            "toDeposit": .money(try row.money("deposit")), "isReversed": .flag(try row.boolean("reversed")),
        ])
    }
    return records
}

private func noticeRecords(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Record] {
    var records: [Record] = []
    var before: Int64?
    while true {
        let page = try listNotices(of: customer, before: before, limit: NoticesLimits.noticesPerPage, in: tx)
        records += page.map { notice in
            [
                "notice": .text(notice.id.rawValue), "kind": .text(notice.kind.rawValue), "at": .time(notice.at),
                "readAt": .time(notice.readAt), "clause": .number(notice.clause.map(Int64.init)),
                "parameters": .members(notice.parameters),
            ]
        }
        guard page.count == NoticesLimits.noticesPerPage else { return records }
        before = page.last?.position
    }
}

extension Fault {
    /// A case has an end.
    static var tooManyCalls: Fault {
        Fault(
            .caseTooLarge, "a case holds at most \(ArbitrationLimits.callsPerLine) calls of a line",
            ["files": "\(AgreementLimits.caseFiles)", "bytes": "\(AgreementLimits.caseBytes)"])
    }
}
