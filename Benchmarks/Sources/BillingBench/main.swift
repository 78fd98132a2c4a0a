// A month of many accounts: rated, invoiced and looked at on the ladder. For each size: accounts with calls are seeded, the month's bill run is
// taken step by step until it is finished, then the ladder is swept on the day after the due date and on the day of the first notice.
// Time, memory of the process and the longest transaction are printed; small sizes are verified. Usage: FOLDER JSON-FILE [SIZES [CALLS [ROUNDS]]]

import Basics
import Billing
import Charging
import Foundation
import SeededBooks
import Storage

guard CommandLine.arguments.count >= 3 else {
    emit("usage: BillingBench FOLDER JSON-FILE [SIZES, comma between [CALLS EACH [ROUNDS]]]")
    exit(64)
}
let folder = CommandLine.arguments[1]
let optional = Array(CommandLine.arguments.dropFirst(3))
let sizes = (optional.first ?? "2000,10000").split(separator: ",").compactMap { Int($0) }
let callsEach = optional.dropFirst().first.flatMap { Int($0) } ?? 20
let rounds = optional.dropFirst(2).first.flatMap { Int($0) } ?? 1

/// Accounts after which a long measurement says how far it is.
let accountsPerReport = 50_000

struct Figure: Codable {
    var accounts: Int
    var calls: Int
    var ratedPerSecond: Double
    var seedSeconds: Double
    var runSeconds: Double
    var invoicesPerSecond: Double
    var invoicesPerProcessorSecond: Double
    var longestStepMilliseconds: Double
    var quietSweepSeconds: Double
    var noticeSweepSeconds: Double
    var residentMegabytes: Double
    var databaseMegabytes: Double
    var invoiced: String
    var verified: Bool?
}

var figures: [Figure] = []
// Sizes alternate, so that a machine that becomes slower is slower for all of them.
for round in 1...rounds {
    for size in sizes {
        let figure = try await measure(size, round)
        figures.append(figure)
        // Written after each, so that a measurement that is interrupted leaves those before.
        try write(figures)
        emit(
            """
            round \(round)  \(size) accounts: \(Int(figure.invoicesPerSecond)) invoices/s (\(Int(figure.invoicesPerProcessorSecond)) per CPU-second), run \(tenths(figure.runSeconds)) s, \
            seed \(tenths(figure.seedSeconds)) s, longest step \(tenths(figure.longestStepMilliseconds)) ms, \
            sweeps \(tenths(figure.quietSweepSeconds)) s and \(tenths(figure.noticeSweepSeconds)) s, \
            \(Int(figure.residentMegabytes)) MB\(figure.verified.map { $0 ? ", verified" : ", THE BOOKS ARE WRONG" } ?? "")
            """)
    }
}
report(figures)

// MARK: One measurement

func measure(_ size: Int, _ round: Int) async throws -> Figure {
    let path = "\(folder)/billing-\(size)-\(round).sqlite"
    let database = try SQLiteDatabase(path: path)
    let version = try await Provider.open(database)
    let clock = ContinuousClock()
    var began = clock.now
    var seeded = Seeded()
    for start in stride(from: 0, to: size, by: accountsPerReport) {
        let part = start..<min(start + accountsPerReport, size)
        let own = try await seedAccounts(part, callsEach: callsEach, version: version, in: database)
        seeded.calls += own.calls
        seeded.ratingSeconds += own.ratingSeconds
        progress("seeded", part.upperBound, of: size, since: began)
    }
    let seedSeconds = seconds(clock.now - began)

    let day = Provider.month.next.first
    let processorBefore = processorSeconds()
    let run = try await billAll(database, Provider.zone.start(of: day).adding(seconds: 7_200))
    let processor = processorSeconds() - processorBefore
    guard run.invoices == size else { throw Fault(.schema, "\(run.invoices) invoices for \(size) accounts") }

    began = clock.now
    try await sweep(database, day.adding(days: 16))
    let quiet = seconds(clock.now - began)
    progress("looked at, nothing due:", size, of: size, since: began)
    began = clock.now
    // Due on the 16th, suspended from the 17th of the next month: seven days earlier everybody gets a notice.
    try await sweep(database, day.adding(months: 1).adding(days: 9))
    let notices = seconds(clock.now - began)
    progress("looked at, a notice each:", size, of: size, since: began)

    var isVerified: Bool?
    if size <= 10_000 {
        isVerified = try await database.read { tx throws(Fault) in try verifyLedger(in: tx) }.isClean
    }
    await database.close()
    let bytes = ["", "-wal"].reduce(0.0) { sum, suffix in
        sum + (((try? FileManager.default.attributesOfItem(atPath: path + suffix))?[.size] as? Double) ?? 0)
    }
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    return Figure(
        accounts: size, calls: seeded.calls, ratedPerSecond: Double(seeded.calls) / seeded.ratingSeconds,
        seedSeconds: seedSeconds, runSeconds: run.seconds, invoicesPerSecond: Double(size) / run.seconds,
        invoicesPerProcessorSecond: Double(size) / processor,
        longestStepMilliseconds: run.longest * 1000, quietSweepSeconds: quiet, noticeSweepSeconds: notices,
        residentMegabytes: residentMegabytes(), databaseMegabytes: bytes / 1e6, invoiced: run.amount.formatted,
        verified: isVerified)
}

func billAll(
    _ database: any Database, _ now: Timestamp
) async throws -> (seconds: Double, longest: Double, invoices: Int64, amount: Money) {
    let clock = ContinuousClock()
    let began = clock.now
    var longest = 0.0
    var told: Int64 = 0
    while true {
        let start = clock.now
        // The service's clock goes on, too.
        let now = now.adding(milliseconds: Int64(seconds(start - began) * 1000))
        let run = try await database.write { tx throws(Fault) in
            try advanceBillRun(Provider.month, in: tx, at: now, zone: Provider.zone)
        }
        longest = max(longest, seconds(clock.now - start))
        if run.done / Int64(accountsPerReport) > told {
            told = run.done / Int64(accountsPerReport)
            progress("invoiced", Int(run.done), of: Int(run.total), since: began)
        }
        if run.isFinished { return (seconds(clock.now - began), longest, run.invoices, run.amount) }
    }
}

func sweep(_ database: any Database, _ day: BusinessDate) async throws {
    let now = Provider.zone.start(of: day).adding(seconds: 36_000)
    var isFinished = false
    while !isFinished {
        isFinished = try await database.write { tx throws(Fault) in
            try sweepLadder(in: tx, at: now, zone: Provider.zone).isFinished
        }
    }
}

/// Memory that the process holds, as the system counts it.
func residentMegabytes() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (Double(line.split(separator: " ").dropFirst().first ?? "0") ?? 0) / 1024
}

// MARK: Reporting

func report(_ figures: [Figure]) {
    emit(
        "\n| accounts | calls | rated/s | invoices/s | per CPU-second | run s | longest step ms | quiet sweep s | notice sweep s | memory MB |"
    )
    emit("|---|---|---|---|---|---|---|---|---|---|")
    for size in sizes {
        let all = figures.filter { $0.accounts == size }.sorted { $0.invoicesPerSecond < $1.invoicesPerSecond }
        let figure = all[all.count / 2]
        let parts = [
            "\(size)", "\(figure.calls)", "\(Int(figure.ratedPerSecond))", "\(Int(figure.invoicesPerSecond))",
            "\(Int(figure.invoicesPerProcessorSecond))",
            tenths(figure.runSeconds), tenths(figure.longestStepMilliseconds), tenths(figure.quietSweepSeconds),
            tenths(figure.noticeSweepSeconds), "\(Int(figure.residentMegabytes))",
        ]
        emit("| " + parts.joined(separator: " | ") + " |")
    }
}

func write(_ figures: [Figure]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(figures).write(to: URL(fileURLWithPath: CommandLine.arguments[2]), options: .atomic)
}

func tenths(_ value: Double) -> String { String(format: "%.1f", value) }

/// How far a long measurement has come.
func progress(_ what: String, _ done: Int, of all: Int, since began: ContinuousClock.Instant) {
    guard all > accountsPerReport else { return }
    emit("  \(what) \(done) of \(all) accounts in \(tenths(seconds(ContinuousClock().now - began))) s")
}

func emit(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
