import Access
import Basics
import Billing
import Charging
import Storage

/// What customers were about to pay through payment providers, the newest first.
extension ConsoleSubject {
    static let paymentIntents = ConsoleSubject(
        key: "payment-intents", permission: .viewAccounts, icon: "wait",
        columns: ["at", "account", "amount", "provider", "payUntil", "state", "payment"].map {
            ConsoleColumn($0, isSortable: false)
        },
        filters: [ConsoleFilter(key: "state", kind: "intentState", values: PaymentIntent.State.allCases.map(\.rawValue))],
        rows: { desk, query, tx throws(Fault) in
            let page = try browsePaymentIntents(
                state: query.filters["state"].flatMap { PaymentIntent.State(rawValue: $0) }, text: query.text,
                after: query.after, in: tx)
            var rows: [ConsoleRow] = []
            for one in page.intents { rows.append(try row(one, desk, tx)) }
            return ConsoleRows(rows, paged: .init(next: page.next))
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = PaymentIntentID(id), let found = try listedPaymentIntent(id, in: tx) else {
                throw Fault(.webNotFound, "no such intent")
            }
            return try sheet(found, desk, tx)
        })

    static func badge(_ intent: PaymentIntent, _ desk: ConsoleDesk) -> ConsoleCell {
        let tone: ConsoleCell.Tone =
            switch intent.state {
            case .requested: .warn
            case .paid: .good
            case .failed: .bad
            case .expired: .plain
            }
        return desk.badge("intentState", intent.state.rawValue, tone)
    }

    private static func payment(_ one: ListedPaymentIntent, _ desk: ConsoleDesk) -> ConsoleCell {
        guard let payment = one.payment else { return .empty }
        return ConsoleCell(
            desk.text("console.payments.see"), value: .text(payment.rawValue), link: "/console/payments/\(payment)")
    }

    private static func row(
        _ one: ListedPaymentIntent, _ desk: ConsoleDesk, _ tx: any Transaction
    ) throws(Fault) -> ConsoleRow {
        let intent = one.intent
        var at = desk.cell(intent.createdAt)
        at.link = "/console/payment-intents/\(intent.id)"
        return ConsoleRow(
            id: intent.id.rawValue, link: at.link,
            cells: [
                at, try desk.owner(of: intent.account, in: tx), desk.cell(intent.amount), ConsoleCell(intent.provider),
                desk.cell(intent.expiresAt), badge(intent, desk), payment(one, desk),
            ])
    }

    private static func sheet(
        _ one: ListedPaymentIntent, _ desk: ConsoleDesk, _ tx: any Transaction
    ) throws(Fault) -> ConsoleSheet {
        let intent = one.intent
        var sections = [
            ConsoleSection(
                key: "paymentIntent",
                facts: [
                    .init("account", try desk.owner(of: intent.account, in: tx)), .init("amount", desk.cell(intent.amount)),
                    .init("provider", intent.provider), .init("reference", intent.id.rawValue),
                    .init("payUntil", desk.cell(intent.expiresAt)), .init("payment", payment(one, desk)),
                ])
        ]
        if desk.may(.viewBooks) {
            let events = try browsePaymentEvents(text: intent.id.rawValue, in: tx).events.filter { $0.intent == intent }
            var rows: [ConsoleRow] = []
            for event in events { rows.append(try eventRow(event, desk, tx)) }
            sections.append(ConsoleSection(key: "providerEvents", table: .init(columns: eventColumns, rows: rows)))
        }
        return ConsoleSheet(
            title: desk.text("console.intents.heading", ["amount": intent.amount.formatted]),
            lead: desk.text(
                "console.intents.lead.\(intent.state.rawValue)",
                ["asked": desk.moment(intent.createdAt), "until": desk.moment(intent.expiresAt), "provider": intent.provider]),
            badge: badge(intent, desk), sections: sections)
    }
}

/// What payment providers have said, signed, and what became of it, the newest first.
extension ConsoleSubject {
    static let eventColumns = ["at", "provider", "providerSays", "amount", "result", "account", "reference", "eventID"]

    static let paymentEvents = ConsoleSubject(
        key: "payment-events", permission: .viewBooks, icon: "bell",
        columns: eventColumns.map { ConsoleColumn($0, isSortable: false) },
        filters: [
            ConsoleFilter(key: "result", kind: "eventResult", values: PaymentEventOutcome.Result.allCases.map(\.rawValue))
        ],
        rows: { desk, query, tx throws(Fault) in
            let page = try browsePaymentEvents(
                result: query.filters["result"].flatMap { PaymentEventOutcome.Result(rawValue: $0) }, text: query.text,
                after: query.after, in: tx)
            var rows: [ConsoleRow] = []
            for one in page.events { rows.append(try eventRow(one, desk, tx)) }
            return ConsoleRows(rows, paged: .init(next: page.next))
        })

    static func eventRow(_ one: ListedPaymentEvent, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleRow {
        let event = one.event
        let account = one.line?.state == .matched ? one.line?.account : one.intent?.account
        var reference = ConsoleCell.name(event.reference)
        if let intent = one.intent { reference.link = "/console/payment-intents/\(intent.id)" }
        return ConsoleRow(
            id: "\(event.provider)/\(event.id)",
            cells: [
                desk.cell(one.at), ConsoleCell(event.provider),
                ConsoleCell(desk.value("providerSays", event.kind.rawValue), value: .text(event.kind.rawValue)),
                desk.cell(event.amount), result(one, desk),
                try account.map { id throws(Fault) in try desk.owner(of: id, in: tx) } ?? .empty, reference, .name(event.id),
            ])
    }

    /// What became of it leads to where it is now: the payment, or the line that waits or was placed since.
    private static func result(_ one: ListedPaymentEvent, _ desk: ConsoleDesk) -> ConsoleCell {
        let tone: ConsoleCell.Tone =
            switch one.result {
            case .recorded: .good
            case .unmatched: one.line?.state == .unmatched ? .warn : .plain
            case .failed: .plain
            case .reversed: .bad
            }
        var cell = desk.badge("eventResult", one.result.rawValue, tone)
        if let line = one.line {
            // Money that waited has been placed or set aside since: the line's own state says so.
            if line.state != .unmatched { cell.text = desk.value("bankState", line.state.rawValue) }
            cell.link = "/console/bank/\(line.id)"
        } else if let payment = one.payment {
            cell.link = "/console/payments/\(payment)"
        }
        return cell
    }
}
