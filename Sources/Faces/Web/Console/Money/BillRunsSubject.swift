import Access
import Basics
import Billing
import Charging
import Storage

/// The invoicing of each month over all accounts.
extension ConsoleSubject {
    static let billRuns = ConsoleSubject(
        key: "bill-runs", permission: .viewBooks, icon: "refresh",
        columns: ["month", "runState", "progress", "invoiceCount", "amount", "waiting", "startedAt", "finishedAt"].map {
            ConsoleColumn($0, isSortable: false)
        },
        isQueue: true, hasPersonalData: false,
        acts: { desk in
            [ConsoleOffer(BillRunActs.start, prefill: ["month": desk.today.month.previous.description])]
        },
        rows: { desk, _, tx throws(Fault) in
            ConsoleRows(try Billing.billRuns(in: tx).map { row($0, desk) }, paged: .init(next: nil))
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let month = BusinessMonth(id), let found = try Billing.billRuns(in: tx).first(where: { $0.run.month == month })
            else { throw Fault(.webNotFound, "no such run") }
            return try sheet(found, desk, tx)
        })

    private static func state(_ run: BillRun, _ desk: ConsoleDesk) -> ConsoleCell {
        if !run.isFinished { return desk.badge("runState", "running", .warn) }
        return run.waiting > 0 ? desk.badge("runState", "waiting", .warn) : desk.badge("runState", "finished", .good)
    }

    private static func row(_ one: ListedBillRun, _ desk: ConsoleDesk) -> ConsoleRow {
        let run = one.run
        return ConsoleRow(
            id: run.month.description, link: "/console/bill-runs/\(run.month)",
            cells: [
                desk.cell(run.month), state(run, desk),
                ConsoleCell("\(run.done) / \(max(run.total, run.done))", value: .integer(run.done), isFigure: true),
                desk.cell(Int(run.invoices)), desk.cell(run.amount), desk.cell(Int(run.waiting)), desk.cell(one.startedAt),
                desk.cell(one.finishedAt),
            ],
            waitsSince: run.waiting > 0 ? one.startedAt : nil,
            summary: desk.text("console.bill-runs.summary", ["month": desk.words(of: run.month), "count": "\(run.waiting)"]))
    }

    private static func sheet(_ one: ListedBillRun, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let run = one.run
        var rows: [ConsoleRow] = []
        for account in try waitingAccounts(of: run.month, in: tx) {
            rows.append(
                ConsoleRow(
                    id: account.account.rawValue,
                    cells: [
                        try desk.cell(account.account, of: account.customer, in: tx),
                        ConsoleCell(
                            desk.words.text("fault.\(account.code)", desk.language) ?? account.code, value: .text(account.code)),
                    ]))
        }
        var progress = ConsoleSection(
            key: "run",
            facts: [
                .init("invoiceCount", desk.cell(Int(run.invoices))), .init("amount", desk.cell(run.amount)),
                .init("waiting", desk.cell(Int(run.waiting))), .init("startedAt", desk.cell(one.startedAt)),
                .init("finishedAt", desk.cell(one.finishedAt)),
            ])
        progress.progress = .init(
            done: Int(run.done), total: Int(max(run.total, run.done)), words: desk.words(of: run),
            address: run.isFinished ? nil : "bill-runs/\(run.month)/progress")
        let month = desk.words(of: run.month)
        return ConsoleSheet(
            title: desk.text("console.bill-runs.heading", ["month": month]),
            lead: desk.words(of: run), badge: state(run, desk),
            acts: [ConsoleOffer(BillRunActs.again, id: run.month.description, parameters: ["month": month])],
            sections: [
                progress, ConsoleSection(key: "waitingAccounts", table: .init(columns: ["account", "reason"], rows: rows)),
            ])
    }
}

extension ConsoleDesk {
    /// How far a run has come.
    func words(of run: BillRun) -> String {
        text(
            run.isFinished ? "console.bill-runs.done" : "console.bill-runs.running",
            [
                "done": "\(run.done)", "total": "\(max(run.total, run.done))", "invoices": "\(run.invoices)",
                "amount": run.amount.formatted, "waiting": "\(run.waiting)",
            ])
    }
}

/// What staff do with runs. A run again makes nothing twice.
enum BillRunActs {
    static let all = [start, again]

    private static func month(_ text: String) throws(Fault) -> BusinessMonth {
        guard let month = BusinessMonth(text) else { throw Fault(.consoleMonth, "not a month", ["field": "month"]) }
        return month
    }

    static let start = ConsoleAct(
        key: "bill-runs.start", permission: .runBilling, path: "bill-runs", fields: [ActField("month", .line(7))],
        perform: { desk, act, values in
            let month = try month(values.text("month"))
            try await push(month, desk, act)
            return ["next": .text("/console/bill-runs/\(month)")]
        })

    static let again = ConsoleAct(
        key: "bill-runs.again", permission: .runBilling, path: "bill-runs/{id}/again",
        perform: { desk, act, values in
            let run = try await push(try month(values.id), desk, act)
            return ["done": .integer(run.done), "waiting": .integer(run.waiting)]
        })

    /// Small transactions, one after another, for as long as somebody would wait for an answer; what is left the clock or the next press does.
    @discardableResult
    private static func push(_ month: BusinessMonth, _ desk: ConsoleDesk, _ act: StaffAct) async throws -> BillRun {
        let (database, began) = (desk.services.database, ContinuousClock.now)
        var run = try await database.write { tx throws(Fault) in
            try pushBillRun(month, by: act, in: tx, at: desk.now, zone: desk.zone)
        }
        while !run.isFinished, ContinuousClock.now - began < ConsoleLimits.runPatience {
            run = try await database.write { tx throws(Fault) in
                try advanceBillRun(month, in: tx, at: desk.now, zone: desk.zone)
            }
        }
        return run
    }
}
