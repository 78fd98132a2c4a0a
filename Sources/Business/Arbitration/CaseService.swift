internal import Agreement
internal import Basics
internal import Billing
internal import Charging
internal import Customers
internal import Lines
internal import Orders
internal import Storage

/// The orders in the order in which they were confirmed; their documents are annexes.
func orderItems(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [CaseItem] {
    let rows = try orders(of: customer, in: tx).map { order in
        [
            order.number, order.kind.rawValue, order.state.rawValue, iso(order.confirmedAt),
            order.effectiveOn?.description ?? "", String(order.oneOff.micros), String(order.monthly.micros), order.document.hex,
        ]
    }
    return [
        try csvItem(
            "orders.csv",
            ["number", "kind", "state", "confirmed_at", "effective_on", "one_off_micros", "monthly_micros", "document_sha256"],
            rows)
    ]
}

/// The lines, and every hold that they ever had.
func lineItems(_ lines: [Line], in tx: any Transaction) throws(Fault) -> [CaseItem] {
    let ends = lines.map { line in
        [line.id.rawValue, line.number.digits, line.account, iso(line.openedAt), line.endedAt.map(iso) ?? ""]
    }
    var holds: [[String]] = []
    for line in lines {
        for hold in try holdHistory(of: line.id, in: tx) {
            holds.append([
                hold.id.rawValue, line.id.rawValue, hold.kind.rawValue, hold.clause.map(String.init) ?? "", hold.reason,
                hold.effect.rawValue, hold.putBy, iso(hold.since), hold.liftedAt.map(iso) ?? "", hold.liftedBy ?? "",
            ])
        }
    }
    return [
        try csvItem("lines.csv", ["line", "number", "account", "opened_at", "ended_at"], ends),
        try csvItem(
            "holds.csv",
            ["hold", "line", "kind", "clause", "reason", "effect", "put_by", "since", "lifted_at", "lifted_by"], holds),
    ]
}

/// The calls of a line, newest first, as many as a case may hold.
func callItem(of line: Line, in tx: any Transaction) throws(Fault) -> CaseItem {
    var rows: [[String]] = []
    var before: String?
    repeat {
        let page = try callHistory(of: line.id, before: before, limit: ChargingLimits.historyPage, in: tx)
        rows += page.calls.map { call in
            [
                call.call.rawValue, call.direction.rawValue, call.peer.digits, call.kind.rawValue, call.outcome.rawValue,
                iso(call.dialledAt), call.answeredAt.map(iso) ?? "", iso(call.endedAt), String(call.seconds),
                call.cost.map { String($0.micros) } ?? "",
            ]
        }
        before = page.next
        guard rows.count <= ArbitrationLimits.callsPerLine else {
            throw .tooManyCalls
        }
    } while before != nil
    return try csvItem(
        "calls/\(line.id).csv",
        ["call", "direction", "peer", "kind", "outcome", "dialled_at", "answered_at", "ended_at", "seconds", "cost_micros"], rows)
}

/// Every entry of the books that touches the customer's accounts.
func bookItems(of accounts: Set<String>, in tx: any Transaction) throws(Fault) -> [CaseItem] {
    var items: [CaseItem] = []
    for account in accounts.sorted() {
        let rows = try tx.query(
            """
            SELECT t.id AS id, t.kind AS kind, t.subject AS subject, t.effective_at AS effective_at, t.recorded_at AS recorded_at,
                t.corrects AS corrects, e.account AS account, e.amount AS amount
            FROM ledger_entries mine JOIN ledger_transactions t ON t.id = mine.transaction_id
            JOIN ledger_entries e ON e.transaction_id = t.id
            WHERE mine.account = $1 ORDER BY t.recorded_at, t.id, e.position
            """, [.text(LedgerAccount.receivable(AccountID(trusted: account)).code)])
        var lines: [[String]] = []
        for row in rows {
            lines.append([
                try row.text("id"), try row.text("kind"), try row.text("subject"), iso(try row.time("effective_at")),
                iso(try row.time("recorded_at")), try row.optionalText("corrects") ?? "", try row.text("account"),
                String(try row.integer("amount")),
            ])
        }
        items.append(
            try csvItem(
                "books/\(account).csv",
                ["transaction", "kind", "subject", "effective_at", "recorded_at", "corrects", "account", "amount_micros"], lines))
    }
    return items
}
