import ArgumentParser
import Basics
import Billing
import Charging
import Foundation
import Lines
import Orders
import Storage

/// `jianmian bill`: a month's invoices by hand. The running service makes them by itself; whoever comes first makes each of them, once.
struct BillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bill", abstract: "Invoice a month over all accounts, preview one account's invoice, verify invoices.",
        subcommands: [BillRunCommand.self, BillPreviewCommand.self, BillVerifyCommand.self])
}

/// `jianmian bill run`.
struct BillRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Invoice a month that is over: every account once, however often this is called.",
        discussion:
            "Progress is on standard error. Exit code 0 when every account has been looked at, 3 when some wait because a call is still running or a charge was refused; call it again then. It may be stopped at any time and goes on where it was."
    )

    @OptionGroup var flags: SettingFlags
    @Option(help: "The month, as in 2026-11; without it the last one that is over.") var month: String?

    func run() async throws {
        let run = try await withBooks(flags) { books in
            let month = try books.month(month)
            var run = try await step(month, books)
            while !run.isFinished {
                Self.show(run)
                run = try await step(month, books)
            }
            return try await placeThoseThatWait(run, books)
        }
        Self.show(run)
        print("\(run.month): \(run.done) accounts, \(run.invoices) invoices, \(run.amount.formatted), \(run.waiting) waiting")
        if run.waiting > 0 { throw ExitCode(3) }
    }

    /// One look at each of those that wait: the calls that they waited for may be over.
    private func placeThoseThatWait(_ run: BillRun, _ books: Books) async throws -> BillRun {
        var run = run
        for _ in stride(from: 0, to: run.waiting, by: BillingLimits.accountsPerStep) where run.waiting > 0 {
            run = try await step(run.month, books)
        }
        return run
    }

    private func step(_ month: BusinessMonth, _ books: Books) async throws(Fault) -> BillRun {
        let (now, zone) = (books.clock.now(), books.zone)
        return try await books.database.write { tx throws(Fault) in try advanceBillRun(month, in: tx, at: now, zone: zone) }
    }

    private static func show(_ run: BillRun) {
        let share = run.total == 0 ? 100 : min(run.done * 100 / run.total, 100)
        tell("\(run.month): \(share) %, \(run.done) of \(run.total) accounts, \(run.invoices) invoices, \(run.waiting) waiting")
    }
}

/// `jianmian bill preview`.
struct BillPreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Show an account's invoice of a month as it would be now; nothing is written.",
        discussion: "Exit code 0 with the lines on standard output, 4 when there is nothing to ask for.")

    @OptionGroup var flags: SettingFlags
    @Option(help: "The account's id.") var account: String?
    @Option(help: "Instead of it, a number that the account pays for.") var number: String?
    @Option(help: "The month, as in 2026-11; without it the last one that is over.") var month: String?

    func run() async throws {
        let invoice = try await withBooks(flags) { books in
            let month = try books.month(month)
            let (now, zone) = (books.clock.now(), books.zone)
            let (account, number) = (account, number)
            return try await books.database.read { tx throws(Fault) in
                try previewInvoice(of: Self.account(account, number, in: tx), month: month, in: tx, at: now, zone: zone)
            }
        }
        guard let invoice else {
            tell("there is nothing to ask for")
            throw ExitCode(4)
        }
        for line in invoice.lines { print(Self.text(line)) }
        let name = invoice.number.isEmpty ? "preview" : invoice.number
        print("\(name)\tnet \(invoice.net.formatted)\ttax \(invoice.tax.formatted)\ttotal \(invoice.total.formatted)")
        print("to pay with what else is owed\t\(invoice.statement.toPay.formatted)\tdue \(invoice.due)")
    }

    private static func account(_ account: String?, _ number: String?, in tx: any Transaction) throws(Fault) -> AccountID {
        switch (account.flatMap { AccountID($0) }, number.flatMap { PhoneNumber($0) }) {
        case (let account?, nil): return account
        case (nil, let number?):
            guard let line = try line(numbered: number, in: tx) else { throw Fault(.setting, "nobody has the number \(number)") }
            return AccountID(trusted: line.account)
        default: throw Fault(.setting, "give either --account ID or --number NUMBER")
        }
    }

    private static func text(_ line: InvoiceLine) -> String {
        let name =
            switch line.subject {
            case .usage(let kind): "\(kind.rawValue) calls"
            case .charge(let kind): line.name?.english ?? kind.rawValue
            }
        return "\(name)\t\(line.from) to \(line.through)\t\(line.quantity)\t\(line.total.formatted)"
    }
}

/// `jianmian bill verify`.
struct BillVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute the books and show what the run of a month made; exit code 2 when they are not right.")

    @OptionGroup var flags: SettingFlags
    @Option(help: "The month, as in 2026-11; without it the last one that is over.") var month: String?

    func run() async throws {
        let report = try await withBooks(flags) { books in
            let month = try books.month(month)
            let (run, report) = try await books.database.read { tx throws(Fault) in
                (try billRun(month, in: tx), try verifyLedger(in: tx))
            }
            if let run {
                let state = run.isFinished ? "finished" : "not finished"
                print(
                    "\(month): \(state), \(run.done) of \(run.total) accounts, \(run.invoices) invoices, \(run.amount.formatted)")
            } else {
                print("\(month): not begun")
            }
            return report
        }
        print("\(report.transactions) transactions with \(report.entries) entries.")
        for finding in report.findings { print("WRONG: \(finding)") }
        if !report.isClean { throw ExitCode(2) }
    }
}

/// What a command needs to work on the books.
private struct Books: Sendable {
    let database: any Database
    let clock: any ServiceClock
    let zone: BusinessZone

    /// The month that was asked for, or the last one that is over.
    func month(_ text: String?) throws(Fault) -> BusinessMonth {
        guard let text else { return zone.month(of: clock.now()).previous }
        guard let month = BusinessMonth(text) else { throw Fault(.setting, "\(text) is not a month like 2026-11") }
        return month
    }
}

/// Opens the books that the settings name, with the clock that they were written by.
private func withBooks<T: Sendable>(_ flags: SettingFlags, _ work: @escaping @Sendable (Books) async throws -> T) async throws
    -> T
{
    var outcome: T?
    try await withExistingDatabase(flags) { database in
        let settings = try await Settings.read(flags)
        let clock: any ServiceClock = settings.demo ? try await DemoProvider.clock(over: database) : SystemClock()
        outcome = try await work(Books(database: database, clock: clock, zone: settings.zone))
    }
    guard let outcome else { throw ExitCode.failure }
    return outcome
}

private func tell(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
