import Agreement
import ArgumentParser
import Basics
import Billing
import Foundation
import Storage

/// `jianmian verify`: recomputes what must not have been touched.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Recompute the journal's hash chain, the books or a case file; exit code 0 when all is right, 2 when not.",
        subcommands: [VerifyJournal.self, VerifyLedger.self, VerifyCase.self])
}

/// `jianmian verify journal`.
struct VerifyJournal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Recompute the hash chain and name the first broken entry.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await withExistingDatabase(flags) { database in
            let report = try await verifyJournal(in: database)
            print("\(report.sealed) sealed entries are right, \(report.unsealed) wait to be sealed.")
            print("Head: \(hexadecimal(report.head))")
            guard let broken = report.broken else { return }
            let place = broken.position.map { "position \($0)" } ?? "no position"
            print("BROKEN: entry \(broken.entry.map(String.init) ?? "gone"), \(place): \(broken.kind.rawValue)")
            throw ExitCode(2)
        }
    }
}

/// `jianmian verify ledger`.
struct VerifyLedger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Recompute the books: sums, references, and every settled call's cost.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await withExistingDatabase(flags) { database in
            let report = try await database.read { tx throws(Fault) in try verifyLedger(in: tx) }
            print("\(report.transactions) transactions with \(report.entries) entries.")
            for finding in report.findings { print("WRONG: \(finding)") }
            if !report.isClean { throw ExitCode(2) }
        }
    }
}

/// `jianmian verify case FILE`.
struct VerifyCase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "Check a case file (clause 16) without a database and name the first byte that does not fit.")

    @Argument(help: "The case, as the console exports it.") var file: String

    func run() async throws {
        try await orExplain {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Fault(.programFile, "\(file) cannot be read")
            }
            let report = verifyCaseFile(Array(data))
            if let about = report.about { print("Agreement \(about.agreement), made by \(about.madeBy).") }
            print("\(report.files) files and \(report.journalEntries) journal entries are right.")
            if let seal = report.seal { print("Signed by the key \(seal).") }
            guard let misfit = report.misfit else { return print("Everything fits.") }
            print("WRONG: \(misfit.isExact ? "byte" : "somewhere from byte") \(misfit.offset) on, in \(misfit.part)")
            throw ExitCode(2)
        }
    }
}

/// Opens the database that the settings name, as it is: nothing is made or migrated.
func withExistingDatabase(_ flags: SettingFlags, _ work: (any Database) async throws -> Void) async throws {
    try await orExplain {
        let settings = try await Settings.read(flags)
        if let file = settings.sqliteFile, !file.exists {
            throw Fault(.programFile, "there is no database at \(file.path); name another with --data or --database")
        }
        let database = try await openDatabase(url: settings.databaseURL)
        do {
            try await work(database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}
