import Access
import Basics
import Customers
import Orders
import Storage

/// Customers who stop (clause 11), by the day they wished.
extension ConsoleSubject {
    static let endings = ConsoleSubject(
        key: "endings", permission: .endAgreements, icon: "leave",
        columns: ["customer", "requestedAt", "wished", "owed", "state"].map { ConsoleColumn($0) },
        filters: [ConsoleFilter(key: "state", kind: "endingState", values: ["requested", "settling", "paid"])],
        isQueue: true,
        rows: { desk, _, tx throws(Fault) in
            var rows: [ConsoleRow] = []
            for ending in try endingQueue(in: tx, limit: ConsoleLimits.listRows) { rows.append(try row(ending, desk, tx)) }
            return ConsoleRows(rows)
        },
        sheet: { desk, id, tx throws(Fault) in
            let open = try endingQueue(in: tx, limit: ConsoleLimits.listRows)
            guard let ending = open.first(where: { $0.id.rawValue == id }) else {
                throw Fault(.webNotFound, "no ending of this id is under way")
            }
            return try sheet(ending, desk, tx)
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
                ConsoleCell(name), desk.cell(ending.requestedAt), desk.cell(ending.wished),
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
        return ConsoleSheet(
            title: who.name.text,
            lead: desk.text("console.endings.lead", ["day": PlainWords.day(ending.wished, desk.language)]),
            badge: desk.badge("endingState", ending.state.rawValue, tone(ending.state)),
            sections: [
                ConsoleSection(
                    key: "ending",
                    facts: [
                        .init("customer", desk.link(to: who.id, named: who.name.text)),
                        .init("requestedAt", desk.cell(ending.requestedAt)), .init("wished", desk.cell(ending.wished)),
                        .init("lastDay", desk.cell(ending.lastDay)), .init("owed", ending.owed.map { desk.cell($0) } ?? .empty),
                        .init("settlingAt", desk.cell(ending.settlingAt)), .init("paidAt", desk.cell(ending.paidAt)),
                    ],
                    notices: [ConsoleNotice(tone: .plain, words: desk.value("endingNext", ending.state.rawValue))]),
                try desk.timeline(of: ["customer:\(ending.customer)"], in: tx),
            ])
    }
}
