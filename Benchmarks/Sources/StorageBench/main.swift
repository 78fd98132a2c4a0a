// Durable writes per second: a work inserts one charge, adds it to its account and returns when both are on the disk. One writer and 64
// writers that each wait for their answer, on accounts of their own or all on one; grouped commits beside one commit for
// each write, on SQLite and on PostgreSQL.
// The limit of the machine is printed beside them: appending 4 KiB and syncing it, again and again, from one thread.
// Rounds alternate between the plans; printed is the median of each. Usage: FOLDER POSTGRESQL-URL JSON-FILE [SECONDS [ROUNDS]]

import Basics
import Foundation
import Storage

guard CommandLine.arguments.count >= 4 else {
    emit("usage: StorageBench FOLDER POSTGRESQL-URL JSON-FILE [SECONDS [ROUNDS]]")
    exit(64)
}
let folder = CommandLine.arguments[1]
let url = CommandLine.arguments[2]
let seconds = CommandLine.arguments.dropFirst(4).first.flatMap(Double.init) ?? 2
let rounds = CommandLine.arguments.dropFirst(5).first.flatMap(Int.init) ?? 3

struct Plan: Sendable {
    let name: String
    let open: @Sendable (_ round: Int) async throws -> any Database
}

let plans = [
    Plan(name: "SQLite, one commit per write") { round in
        try SQLiteDatabase(path: "\(folder)/single\(round).sqlite", commits: .single)
    },
    Plan(name: "SQLite, grouped commits") { round in try SQLiteDatabase(path: "\(folder)/grouped\(round).sqlite") },
    Plan(name: "PostgreSQL, one commit per write, 1 connection") { _ in PostgreSQLDatabase(url: url, writers: 1, commits: .single)
    },
    Plan(name: "PostgreSQL, one commit per write, 8 connections") { _ in
        PostgreSQLDatabase(url: url, writers: 8, commits: .single)
    },
    Plan(name: "PostgreSQL, grouped commits") { _ in PostgreSQLDatabase(url: url) },
]
/// How many write at once, and whether all of them also add to the same row, as charges to one company's account do.
struct Load: Sendable {
    let name: String
    let writers: Int
    let sharesRow: Bool
}

let loads = [
    Load(name: "1", writers: 1, sharesRow: false), Load(name: "64", writers: 64, sharesRow: false),
    Load(name: "64 on one row", writers: 64, sharesRow: true),
]

var figures: [String: [Figure]] = [:]
var syncs: [Double] = []
for round in 1...rounds {
    syncs.append(try syncsPerSecond())
    for plan in plans {
        for load in loads {
            let database = try await plan.open(round)
            try await migrate(database, [chargesTable])
            let figure = try await measure(database, load)
            await database.close()
            figures["\(plan.name)|\(load.name)", default: []].append(figure)
            emit("round \(round)  \(plan.name), writers \(load.name): \(Int(figure.writesPerSecond)) writes/s")
        }
    }
}
try report(figures, syncs: syncs)

// MARK: One measurement

struct Figure: Codable {
    var writesPerSecond: Double
    var p50Milliseconds: Double
    var p99Milliseconds: Double
}

var chargesTable: Migration {
    Migration(
        room: "bench", number: 1,
        statements: [
            "CREATE TABLE charges (id TEXT PRIMARY KEY, account TEXT NOT NULL, amount BIGINT NOT NULL, at BIGINT NOT NULL, note TEXT)",
            "CREATE TABLE accounts (id TEXT PRIMARY KEY, used BIGINT NOT NULL)",
        ])
}

func measure(_ database: any Database, _ load: Load) async throws -> Figure {
    let clock = ContinuousClock()
    let start = clock.now
    let end = start + .seconds(seconds)
    let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
        for writer in 0..<load.writers {
            group.addTask {
                var own: [Double] = []
                while clock.now < end {
                    let began = clock.now
                    try await chargeUntilTaken(account: load.sharesRow ? "shared" : "account-\(writer)", in: database)
                    own.append(milliseconds(clock.now - began))
                }
                return own
            }
        }
        return try await group.reduce(into: []) { $0 += $1 }.sorted()
    }
    let taken = milliseconds(clock.now - start) / 1000
    return Figure(
        writesPerSecond: Double(latencies.count) / taken, p50Milliseconds: latencies[latencies.count / 2],
        p99Milliseconds: latencies[latencies.count * 99 / 100])
}

/// Repeats a charge that was refused for meeting other writers too often, as a caller would; the time until it is taken counts.
func chargeUntilTaken(account: String, in database: any Database) async throws {
    while true {
        do { return try await charge(account: account, in: database) } catch let fault as Fault where fault.code == .busy {}
    }
}

func charge(account: String, in database: any Database) async throws {
    let id = Identifier<Figure>.random().rawValue
    try await database.write { tx throws(Fault) in
        try tx.execute(
            "INSERT INTO charges (id, account, amount, at, note) VALUES ($1, $2, $3, $4, $5)",
            [.text(id), .text(account), .integer(2_500), .integer(1_780_000_000_000), .null])
        try tx.execute(
            "INSERT INTO accounts (id, used) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET used = accounts.used + excluded.used",
            [.text(account), .integer(2_500)])
    }
}

/// Appends of 4 KiB, each synced, per second.
func syncsPerSecond() throws -> Double {
    let path = "\(folder)/sync"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw Fault(.disk, "\(path) cannot be written") }
    defer { close(descriptor) }
    let page = [UInt8](repeating: 1, count: 4096)
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    while clock.now - start < .seconds(seconds) {
        guard write(descriptor, page, page.count) == page.count, fdatasync(descriptor) == 0 else {
            throw Fault(.disk, "\(path) cannot be synced")
        }
        count += 1
    }
    return Double(count) / (milliseconds(clock.now - start) / 1000)
}

func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
}

// MARK: Reporting

func report(_ figures: [String: [Figure]], syncs: [Double]) throws {
    struct Line: Codable {
        var plan: String
        var writers: String
        var median: Figure
        var rounds: [Figure]
    }
    struct Document: Codable {
        var seconds: Double
        var syncsPerSecond: Double
        var lines: [Line]
    }
    let limit = syncs.sorted()[syncs.count / 2]
    emit("\n| plan | writers | writes/s | p50 ms | p99 ms | writes per sync of the disk |\n|---|---|---|---|---|---|")
    var lines: [Line] = []
    for plan in plans {
        for load in loads {
            let all = (figures["\(plan.name)|\(load.name)"] ?? []).sorted { $0.writesPerSecond < $1.writesPerSecond }
            let median = all[all.count / 2]
            lines.append(Line(plan: plan.name, writers: load.name, median: median, rounds: all))
            let parts = [
                plan.name, load.name, "\(Int(median.writesPerSecond))", String(format: "%.2f", median.p50Milliseconds),
                String(format: "%.2f", median.p99Milliseconds), String(format: "%.2f", median.writesPerSecond / limit),
            ]
            emit("| " + parts.joined(separator: " | ") + " |")
        }
    }
    emit("\nThe disk alone: \(Int(limit)) appends of 4 KiB per second, each synced.")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let document = Document(seconds: seconds, syncsPerSecond: limit, lines: lines)
    try encoder.encode(document).write(to: URL(fileURLWithPath: CommandLine.arguments[3]))
}

func emit(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
