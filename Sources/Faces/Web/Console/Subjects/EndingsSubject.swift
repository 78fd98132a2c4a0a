import Access
import Agreement
import Basics
import Billing
import Charging
import Customers
import Orders
import Storage

/// Customers who stop (clause 11), by the day they wished.
extension ConsoleSubject {
    static let endings = ConsoleSubject(
        key: "endings", permission: .endAgreements, icon: "leave",
        columns: ["customer", "endReason", "requestedAt", "wished", "owed", "state"].map { ConsoleColumn($0) },
        filters: [ConsoleFilter(key: "state", kind: "endingState", values: Ending.State.allCases.map(\.rawValue))],
        isQueue: true,
        rows: { desk, query, tx throws(Fault) in
            var rows: [ConsoleRow] = []
            let asked = query.filters["state"].flatMap(Ending.State.init(rawValue:))
            let isPast = asked == .ended || asked == .withdrawn
            let endings =
                isPast
                ? try pastEndings(in: tx, limit: ConsoleLimits.listRows) : try endingQueue(in: tx, limit: ConsoleLimits.listRows)
            for ending in endings { rows.append(try row(ending, desk, tx)) }
            return ConsoleRows(rows)
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = EndingID(id) else { throw Fault(.webNotFound, "no such ending") }
            return try sheet(try ending(id, in: tx), desk, tx)
        })

    static func tone(_ state: Ending.State) -> ConsoleCell.Tone {
        switch state {
        case .requested, .settling: .warn
        case .paid: .good
        case .ended, .withdrawn: .plain
        }
    }

    private static func row(_ ending: Ending, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleRow {
        let name = try customer(ending.customer, in: tx).name.text
        let last = desk.zone.end(of: ending.wished)
        return ConsoleRow(
            id: ending.id.rawValue, link: "/console/endings/\(ending.id)",
            cells: [
                ConsoleCell(name), reason(ending, desk), desk.cell(ending.requestedAt), desk.cell(ending.wished),
                ending.owed.map { desk.cell($0) } ?? .empty,
                desk.badge("endingState", ending.state.rawValue, tone(ending.state)),
            ],
            marks: ["state": ending.state.rawValue],
            // What is being settled waits for money; staff look after it.
            waitsSince: ending.state == .settling ? ending.settlingAt : nil, deadline: ending.state == .requested ? last : nil,
            summary: "\(name) · \(PlainWords.day(ending.wished, desk.language))")
    }

    private static func sheet(_ ending: Ending, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let who = try customer(ending.customer, in: tx)
        let mayWithdraw = (ending.state == .requested || ending.state == .settling) && ending.reason != .arrears
        let withdraw = ConsoleOffer(EndingActs.withdraw, id: ending.id.rawValue, parameters: ["name": who.name.text])
        let account = try Charging.account(of: ending.customer, in: tx).id
        return ConsoleSheet(
            title: who.name.text,
            lead: desk.text("console.endings.lead", ["day": PlainWords.day(ending.wished, desk.language)]),
            badge: desk.badge("endingState", ending.state.rawValue, tone(ending.state)), acts: mayWithdraw ? [withdraw] : [],
            sections: [
                ConsoleSection(
                    key: "ending",
                    facts: [
                        .init("customer", desk.link(to: who.id, named: who.name.text)),
                        .init("endReason", reason(ending, desk)), .init("requestedAt", desk.cell(ending.requestedAt)),
                        .init("wished", desk.cell(ending.wished)),
                        .init("lastDay", desk.cell(ending.lastDay)), .init("owed", ending.owed.map { desk.cell($0) } ?? .empty),
                        .init("settlingAt", desk.cell(ending.settlingAt)), .init("paidAt", desk.cell(ending.paidAt)),
                        .init("endedOn", desk.cell(ending.endedAt)), .init("withdrawnAt", desk.cell(ending.withdrawnAt)),
                    ],
                    notices: [ConsoleNotice(tone: .plain, words: desk.value("endingNext", ending.state.rawValue))]),
                try money(account, ending, desk, tx),
                try desk.timeline(of: ["customer:\(ending.customer)", "account:\(account)"], in: tx),
            ])
    }

    private static func reason(_ ending: Ending, _ desk: ConsoleDesk) -> ConsoleCell {
        desk.badge("endReason", ending.reason.rawValue, ending.reason == .arrears ? .bad : .plain)
    }

    /// What stands between the customer and the end.
    private static func money(
        _ account: AccountID, _ ending: Ending, _ desk: ConsoleDesk, _ tx: any Transaction
    ) throws(Fault) -> ConsoleSection {
        let open = try owed(by: account, on: desk.zone.date(of: desk.now), in: tx, at: desk.now, zone: desk.zone)
        let final = try Billing.invoices(of: account, in: tx).first { $0.kind == .final && $0.issuedOn >= ending.wished }
        let words = final.map { invoice in
            desk.text(
                "console.endings.finalInvoice",
                [
                    "number": invoice.number, "amount": invoice.total.formatted,
                    "day": PlainWords.day(invoice.due, desk.language),
                ])
        }
        return ConsoleSection(
            key: "endingMoney",
            facts: [
                .init("finalInvoice", words ?? desk.text("console.endings.noInvoice")),
                .init("principal", desk.cell(open.principal)), .init("penalty", desk.cell(open.penalty)),
                .init("deposit", desk.cell(open.deposit)), .init("owed", desk.cell(open.total)),
                .init(
                    "account",
                    ConsoleCell(account.rawValue, link: desk.may(.viewAccounts) ? "/console/accounts/\(account)" : nil)),
            ])
    }
}

/// What staff do about an ending.
enum EndingActs {
    static let all = [withdraw]

    /// The customer has said that they stay.
    static let withdraw = ConsoleAct(
        key: "endings.withdraw", permission: .endAgreements, path: "endings/{id}/withdraw", isDangerous: true,
        perform: { desk, act, values in
            let id: EndingID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in
                try withdrawEnding(id, by: act, in: tx, at: desk.now)
            }
            return [:]
        })
}
