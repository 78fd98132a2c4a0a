import Access
import Basics
import Billing
import Charging
import Customers
import Storage

/// Payments and granted credits of all accounts, the newest first.
extension ConsoleSubject {
    static let payments = ConsoleSubject(
        key: "payments", permission: .viewAccounts, icon: "in",
        columns: ["on", "account", "amount", "method", "reference", "toInvoices", "toDeposit", "state", "actor"].map {
            ConsoleColumn($0, isSortable: false)
        },
        filters: [ConsoleFilter(key: "method", kind: "method", values: Payment.Method.allCases.map(\.rawValue))],
        rows: { desk, query, tx throws(Fault) in
            let page = try browsePayments(
                method: query.filters["method"].flatMap { Payment.Method(rawValue: $0) }, reference: query.text,
                after: query.after, in: tx)
            let names = try StaffNames(of: page.payments.map(\.by), in: tx)
            var rows: [ConsoleRow] = []
            for one in page.payments { rows.append(try row(one, names, desk, tx)) }
            return ConsoleRows(rows, paged: .init(next: page.next))
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = PaymentID(id) else { throw Fault(.webNotFound, "no such payment") }
            return try sheet(try payment(id, in: tx), desk, tx)
        })

    private static func state(_ payment: Payment, _ desk: ConsoleDesk) -> ConsoleCell {
        desk.badge("paymentState", payment.isReversed ? "reversed" : "stands", payment.isReversed ? .bad : .good)
    }

    /// The bank's reference may name whoever paid; only those who keep the books see it.
    private static func reference(_ payment: Payment, _ desk: ConsoleDesk) -> ConsoleCell {
        guard !payment.reference.isEmpty else { return .empty }
        return desk.may(.viewBooks) ? ConsoleCell(payment.reference) : ConsoleCell("••••", value: .null)
    }

    private static func row(
        _ one: ListedPayment, _ names: StaffNames, _ desk: ConsoleDesk, _ tx: any Transaction
    ) throws(Fault) -> ConsoleRow {
        let payment = one.payment
        var on = desk.cell(payment.on)
        on.link = "/console/payments/\(payment.id)"
        return ConsoleRow(
            id: payment.id.rawValue, link: on.link,
            cells: [
                on, try desk.cell(payment.account, of: one.customer, in: tx), desk.cell(payment.amount),
                ConsoleCell(desk.value("method", payment.method.rawValue), value: .text(payment.method.rawValue)),
                reference(payment, desk), desk.cell(payment.toCosts + payment.toPenalty + payment.toPrincipal),
                desk.cell(payment.toDeposit), state(payment, desk), names.cell(one.by, desk),
            ])
    }

    private static func sheet(_ one: ListedPayment, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let payment = one.payment
        let names = try StaffNames(of: [one.by], in: tx)
        var sections = [
            ConsoleSection(
                key: "payment",
                facts: [
                    .init("account", try desk.cell(payment.account, of: one.customer, in: tx)),
                    .init("amount", desk.cell(payment.amount)), .init("on", desk.cell(payment.on)),
                    .init("method", desk.value("method", payment.method.rawValue)),
                    .init("reference", reference(payment, desk)), .init("recordedAt", desk.cell(one.at)),
                    .init("actor", names.cell(one.by, desk)), .init("reversedBecause", one.reversedBecause),
                ]),
            ConsoleSection(
                key: "wentTo",
                facts: [
                    .init("toCosts", desk.cell(payment.toCosts)), .init("toPenalty", desk.cell(payment.toPenalty)),
                    .init("toPrincipal", desk.cell(payment.toPrincipal)), .init("toDeposit", desk.cell(payment.toDeposit)),
                ]),
        ]
        if desk.may(.viewBooks) {
            var question = LedgerQuestion()
            question.transaction = LedgerTransactionID("payment:\(payment.id)")
            let page = try ledgerPage(question, in: tx, zone: desk.zone)
            sections.append(
                ConsoleSection(
                    key: "bookedAs", table: .init(columns: EntryRows.columns, rows: page.lines.map { EntryRows.row($0, desk) })))
        }
        let mayReverse = !payment.isReversed && payment.method != .credit
        return ConsoleSheet(
            title: desk.text("console.payments.heading", ["amount": payment.amount.formatted]),
            lead: desk.text(
                payment.isReversed ? "console.payments.reversed" : "console.payments.stands",
                ["day": PlainWords.day(payment.on, desk.language), "recorded": desk.moment(one.at)]),
            badge: state(payment, desk),
            acts: mayReverse
                ? [ConsoleOffer(PaymentActs.reverse, id: payment.id.rawValue, parameters: ["amount": payment.amount.formatted])]
                : [],
            sections: sections)
    }
}

/// What staff do to a payment.
enum PaymentActs {
    static let all = [reverse]

    /// A payment that bounced: as if it had never been.
    static let reverse = ConsoleAct.money(
        "payments.reverse", .recordPayments, path: "payments/{id}/reversal",
        fields: [ActField("reason", .line(BillingLimits.referenceBytes))], isDangerous: true,
        account: { values, tx throws(Fault) in try payment(values.identifier(), in: tx).payment.account }
    ) { desk, act, values, tx throws(Fault) in
        let owed = try reversePayment(
            try values.identifier(), reason: values.text("reason"), by: act, in: tx, at: desk.now, zone: desk.zone)
        return ["owed": .integer(owed.total.micros)]
    }
}
