// Durable report-and-reserve operations per second, through the product's own use case: each caller reports the used seconds of a running
// call, reserves the next slice and waits until both are on the disk. All calls on one account, or each on one of many accounts; on SQLite
// and on PostgreSQL. Beside them, in the same rounds, the engine's own rate: works of one inserted row each, committed the same way.
// Usage: FOLDER POSTGRESQL-URL JSON-FILE [SECONDS [ROUNDS [ACCOUNTS [CALLERS]]]]; a FOLDER or URL of - leaves that engine out.

import Basics
import Charging
import Foundation
import Lines
import SeededBooks
import Storage
import Synchronization

guard CommandLine.arguments.count >= 4 else {
    emit("usage: ChargingBench FOLDER POSTGRESQL-URL JSON-FILE [SECONDS [ROUNDS [ACCOUNTS [CALLERS]]]]")
    exit(64)
}
let folder = CommandLine.arguments[1]
let url = CommandLine.arguments[2]
let optional = Array(CommandLine.arguments.dropFirst(4))
let measured = optional.first.flatMap(Double.init) ?? 2
let rounds = optional.dropFirst(1).first.flatMap { Int($0) } ?? 3
let accounts = optional.dropFirst(2).first.flatMap { Int($0) } ?? 10_000
let callers = optional.dropFirst(3).first.flatMap { Int($0) } ?? 64

let probe = Migration(
    room: "bench", number: 1,
    statements: ["CREATE TABLE bench_rows (id TEXT NOT NULL PRIMARY KEY, amount BIGINT NOT NULL, at BIGINT NOT NULL)"])

var opened: [(name: String, database: any Database)] = []
if folder != "-" { opened.append(("SQLite", try SQLiteDatabase(path: "\(folder)/charging.sqlite"))) }
if url != "-" { opened.append(("PostgreSQL", PostgreSQLDatabase(url: url))) }
let engines = opened
let start = Provider.zone.start(of: Provider.month)
for engine in engines {
    try await migrate(engine.database, Provider.schema + [probe])
    let began = ContinuousClock().now
    // The first calls are all on one account, the others have one each.
    try await seedOpenCalls(callers, accounts: 1, from: 0, answered: start, in: engine.database)
    try await seedOpenCalls(accounts, accounts: accounts, from: callers, answered: start, in: engine.database)
    emit("\(engine.name): \(accounts) accounts seeded in \(tenths(seconds(ContinuousClock().now - began))) s")
}

struct Figure: Codable {
    var operationsPerSecond: Double
    var operationsPerProcessorSecond: Double
    var p50Milliseconds: Double
    var p99Milliseconds: Double
    var longestMilliseconds: Double
}

let loads = ["one inserted row", "1 hot account", "\(accounts) accounts"]
var figures: [String: [Figure]] = [:]
let meters = engines.map { _ in CallMeter(calls: callers + accounts) }
for round in 1...rounds {
    for (engine, meter) in zip(engines, meters) {
        for load in loads {
            let figure = try await measure(engine.database, load, meter)
            figures["\(engine.name)|\(load)", default: []].append(figure)
            emit(
                "round \(round)  \(engine.name), \(load): \(Int(figure.operationsPerSecond))/s, p99 \(tenths(figure.p99Milliseconds)) ms"
            )
        }
    }
}
for engine in engines { await engine.database.close() }
try report(figures)

// MARK: One measurement

/// The seconds that every call has used so far. Each reports as the switch does, ten seconds before its grant of 30 seconds more ends.
final class CallMeter: Sendable {
    private let used: Mutex<[Int64]>

    init(calls: Int) { used = Mutex(Array(repeating: -10, count: calls)) }

    func advance(_ call: Int) -> Int64 {
        used.withLock { seconds in
            seconds[call] += ChargingLimits.sliceSeconds
            return seconds[call]
        }
    }
}

func measure(_ database: any Database, _ load: String, _ meter: CallMeter) async throws -> Figure {
    let clock = ContinuousClock()
    let processorBefore = processorSeconds()
    let began = clock.now
    let end = began + .seconds(measured)
    let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
        for caller in 0..<callers {
            group.addTask {
                var own: [Double] = []
                while clock.now < end {
                    let start = clock.now
                    switch load {
                    case loads[0]: try await insertRow(database)
                    case loads[1]: try await report(caller, meter, in: database)
                    default: try await report(callers + Int.random(in: 0..<accounts), meter, in: database)
                    }
                    own.append(seconds(clock.now - start) * 1000)
                }
                return own
            }
        }
        return try await group.reduce(into: []) { $0 += $1 }.sorted()
    }
    let taken = seconds(clock.now - began)
    return Figure(
        operationsPerSecond: Double(latencies.count) / taken,
        operationsPerProcessorSecond: Double(latencies.count) / (processorSeconds() - processorBefore),
        p50Milliseconds: latencies[latencies.count / 2],
        p99Milliseconds: latencies[latencies.count * 99 / 100], longestMilliseconds: latencies.last ?? 0)
}

/// What the engine does at most: one small row for each work, committed in the same groups.
func insertRow(_ database: any Database) async throws {
    let id = Identifier<Figure>.random()
    try await repeating {
        try await database.write { tx throws(Fault) in
            _ = try tx.execute(
                "INSERT INTO bench_rows (id, amount, at) VALUES ($1, $2, $3)", [.id(id), .integer(1), .time(start)])
        }
    }
}

func report(_ call: Int, _ meter: CallMeter, in database: any Database) async throws {
    let used = meter.advance(call)
    let call = CallID(trusted: openCall(call))
    // The id that the switch gives; a call's used seconds number its operations here.
    let operation = OperationID.ofCall(call, number: Int(used), at: SystemClock().now())
    try await repeating {
        try await database.write { tx throws(Fault) in
            _ = try reportAndReserve(
                operation, call: call, usedSeconds: used, in: tx,
                at: start.adding(seconds: used), zone: Provider.zone)
        }
    }
}

/// Repeats a work that was refused for meeting other writers too often, as a caller would; the time until it is taken counts.
func repeating(_ work: () async throws -> Void) async throws {
    while true {
        do { return try await work() } catch let fault as Fault where fault.code == .busy {}
    }
}

// MARK: Reporting

func report(_ figures: [String: [Figure]]) throws {
    struct Line: Codable {
        var engine: String
        var load: String
        var median: Figure
        var shareOfEngine: Double
        var rounds: [Figure]
    }
    emit(
        "\n| engine | load, \(callers) callers | operations/s | per CPU-second here | p50 ms | p99 ms | of the engine's rate |\n|---|---|---|---|---|---|---|"
    )
    var lines: [Line] = []
    for engine in engines {
        let raw = median(figures["\(engine.name)|\(loads[0])"] ?? [])
        for load in loads {
            let key = "\(engine.name)|\(load)"
            let figure = median(figures[key] ?? [])
            let share = figure.operationsPerSecond / raw.operationsPerSecond
            lines.append(
                Line(engine: engine.name, load: load, median: figure, shareOfEngine: share, rounds: figures[key] ?? []))
            let parts = [
                engine.name, load, "\(Int(figure.operationsPerSecond))",
                "\(Int(figure.operationsPerProcessorSecond))", String(format: "%.2f", figure.p50Milliseconds),
                String(format: "%.2f", figure.p99Milliseconds), String(format: "%.2f", share),
            ]
            emit("| " + parts.joined(separator: " | ") + " |")
        }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(lines).write(to: URL(fileURLWithPath: CommandLine.arguments[3]))
}

func median(_ rounds: [Figure]) -> Figure {
    let all = rounds.sorted { $0.operationsPerSecond < $1.operationsPerSecond }
    return all[all.count / 2]
}

func tenths(_ value: Double) -> String { String(format: "%.1f", value) }

func emit(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
