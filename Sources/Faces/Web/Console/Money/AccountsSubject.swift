import Access
import Basics
import Billing
import Charging
import Customers
import Foundation
import Lines
import Storage

/// What customers owe: accounts by their step on the ladder (clause 5), those who need work first.
extension ConsoleSubject {
    static let accounts = ConsoleSubject(
        key: "accounts", permission: .viewAccounts, icon: "money",
        columns: ["account", "step", "overdue", "overdueDays", "owed", "nextStep", "deposit", "stepSince"].map {
            ConsoleColumn($0, isSortable: false)
        },
        filters: [ConsoleFilter(key: "step", kind: "step", values: LadderStep.allCases.map(\.rawValue))],
        isSearch: true,
        rows: { desk, query, tx throws(Fault) in
            let step = query.filters["step"].flatMap { LadderStep(rawValue: $0) }
            var rows = try found(step, query, desk, tx)
            let counts = try accountsByStep(in: tx)
            rows.lead = lead(counts, desk)
            rows.figures = [LadderStep.suspended, .overdue, .terminated, .inTime].map { one in
                ConsoleFigure(
                    key: "step.\(one.rawValue)",
                    cell: ConsoleCell(
                        "\(counts[one] ?? 0)", value: .integer(counts[one] ?? 0), link: "/console/accounts?step=\(one.rawValue)",
                        tone: one.tone),
                    isHere: step == one)
            }
            return rows
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = AccountID(id) else { throw Fault(.webNotFound, "no such account") }
            return try AccountSheet(
                desk: desk, listed: try listedAccount(id, in: tx, at: desk.now, zone: desk.zone)
            ).sheet(in: tx)
        })

    /// How many need work.
    private static func lead(_ counts: [LadderStep: Int64], _ desk: ConsoleDesk) -> String {
        let (suspended, overdue) = (counts[.suspended] ?? 0, counts[.overdue] ?? 0)
        guard suspended + overdue > 0 else { return desk.text("console.accounts.allInTime") }
        return desk.text("console.accounts.late", ["suspended": "\(suspended)", "overdue": "\(overdue)"])
    }

    /// By a customer's name, number or phone, by the number of an invoice or credit note, else all.
    private static func found(
        _ step: LadderStep?, _ query: ListQuery, _ desk: ConsoleDesk, _ tx: any Transaction
    ) throws(Fault) -> ConsoleRows {
        guard !query.text.isEmpty else {
            let page = try listAccounts(on: step, after: query.after, in: tx, at: desk.now, zone: desk.zone)
            return try rows(page.accounts, desk, tx, next: page.next)
        }
        let text = query.text.uppercased()
        if text.hasPrefix("ZD-") || text.hasPrefix("HZ-") {
            let one = try accountOfPaper(numbered: text, in: tx, at: desk.now, zone: desk.zone)
            return try rows(one.map { [$0] } ?? [], desk, tx, next: nil)
        }
        let page = query.after.flatMap { Int($0) } ?? 0
        let customers = try searchCustomers(text: query.text, page: page, with: desk.services.vault, in: tx)
        let listed = try Billing.accounts(
            of: customers.items.map(\.customer.id), in: tx, at: desk.now, zone: desk.zone
        ).filter { step == nil || $0.owed.position.step == step }
        return try rows(listed, desk, tx, next: customers.hasMore ? "\(page + 1)" : nil)
    }

    private static func rows(
        _ accounts: [ListedAccount], _ desk: ConsoleDesk, _ tx: any Transaction, next: String?
    ) throws(Fault) -> ConsoleRows {
        var rows: [ConsoleRow] = []
        for one in accounts { rows.append(try row(one, desk, tx)) }
        return ConsoleRows(rows, paged: .init(next: next))
    }

    private static func row(_ one: ListedAccount, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleRow {
        let standing = one.owed.standing
        let days = standing.overdueSince.map { standing.on.days(since: $0) }
        return ConsoleRow(
            id: one.account.rawValue, link: "/console/accounts/\(one.account)",
            cells: [
                try desk.cell(one.account, of: one.customer, in: tx), desk.badge(one.owed.position.step),
                desk.overdue(standing.overdue), days.map { desk.cell(Int($0)) } ?? .empty, desk.cell(one.owed.total),
                desk.next(one.owed.position), desk.cell(one.owed.deposit), desk.cell(one.owed.position.since),
            ],
            marks: ["step": one.owed.position.step.rawValue])
    }
}
