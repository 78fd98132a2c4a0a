// ./bench media: the same two-way calls through our media server and through Janus, in alternating rounds.
//
// Each server runs in a process of its own; the devices are our load generator in this process (real ICE, DTLS and SRTP over loopback).
// A figure per round: packets that came through per CPU-second of the server process (its user and system time from /proc), the delay
// from one device's send call to the other device's receive call, packets lost, and resident memory per call.

import Foundation
import Media

struct Options {
    var calls = 50
    var seconds = 5.0
    var rounds = 3
    var servers = ["jianmian", "janus"]
    var json: String?

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw BenchError("\(name) wants a value; see Benchmarks/media.sh --help") }
            switch name {
            case "--calls": calls = Int(value) ?? calls
            case "--seconds": seconds = Double(value) ?? seconds
            case "--rounds": rounds = Int(value) ?? rounds
            case "--servers": servers = value.split(separator: ",").map(String.init)
            case "--json": json = value
            default: throw BenchError("unknown option \(name)")
            }
        }
    }
}

/// What one round on one server gave.
struct Round: Codable {
    let server: String
    let packetsPerCPUSecond: Double
    let cpuPercent: Double
    let forwardedPerSecond: Double
    let delayMicrosecondsP50: Int64
    let delayMicrosecondsP99: Int64
    let lostPerMillion: Double
    let kilobytesPerCall: Double
    let generatorCPUPercent: Double
    let allocationsPerPacket: Double?
    let windowsWithoutAllocationPercent: Int?
}

func emit(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(1, bytes, bytes.count)
}

func makeServer(_ name: String) throws -> any ServerUnderTest {
    // `jianmian:gather=0:pin=0` is our server with switches, to compare it with itself.
    let words = name.split(separator: ":").map(String.init)
    switch words.first {
    case "janus": return try Janus()
    case "jianmian":
        let here = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let switches = words.dropFirst().flatMap { "--\($0)".split(separator: "=").map(String.init) }
        return try Jianmian(executable: here.appending(path: "MediaServerUnderTest"), arguments: switches)
    default: throw BenchError("no server \(name)")
    }
}

func measure(_ name: String, _ options: Options) async throws -> Round {
    let server = try makeServer(name)
    do {
        try await server.waitUntilReady()
        let idle = try ProcessUsage(of: server.processID)
        let plan = LoadPlan(calls: options.calls, seconds: options.seconds)
        let run = try await LoadGenerator.start(plan, against: Target(server: server))
        try await run.warmUp()
        try (server as? Jianmian)?.countAllocations()
        let (report, before, after) = try await run.measure { try ProcessUsage(of: server.processID) }
        let counted = try (server as? Jianmian)?.allocations()
        await run.stop()
        await server.stop()
        let cpu = after.cpuSeconds - before.cpuSeconds
        return Round(
            server: name, packetsPerCPUSecond: Double(report.received) / cpu, cpuPercent: 100 * cpu / report.seconds,
            forwardedPerSecond: Double(report.received) / report.seconds, delayMicrosecondsP50: report.delays.percentile(0.5),
            delayMicrosecondsP99: report.delays.percentile(0.99),
            lostPerMillion: 1_000_000 * Double(report.lost) / Double(max(1, report.sent)),
            kilobytesPerCall: Double(after.residentBytes - idle.residentBytes) / 1024 / Double(options.calls),
            generatorCPUPercent: Double(report.generatorCPUMicroseconds) / 10_000 / report.seconds,
            allocationsPerPacket: counted.map { Double($0.allocations) / Double(max(1, $0.forwarded)) },
            windowsWithoutAllocationPercent: counted?.quietPercent)
    } catch {
        await server.stop()
        throw error
    }
}

// Proof: the load generator calls its target from one task, one call after the other.
struct Target: LoadTarget, @unchecked Sendable {
    let server: any ServerUnderTest
    func open(leg: String, call: String, offer: String) async throws -> String {
        try await server.open(leg: leg, call: call, offer: offer)
    }
    func bridge(_ a: String, _ b: String) async throws { try await server.bridge(a, b) }
    func close(leg: String) async throws { try await server.close(leg: leg) }
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func table(_ rounds: [Round], _ options: Options) -> [String] {
    var lines = [
        "| server | packets per CPU-second | CPU | delay p50 | delay p99 | lost per million | memory per call | allocations per packet | 20 ms without allocation |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for server in options.servers {
        let own = rounds.filter { $0.server == server }
        guard !own.isEmpty else { continue }
        let middle = { (figure: (Round) -> Double) in median(own.map(figure)) }
        let allocations = own.compactMap(\.allocationsPerPacket).min().map { String(format: "%.5f", $0) } ?? "not counted"
        let quiet = own.compactMap(\.windowsWithoutAllocationPercent).max().map { "\($0) %" } ?? "not counted"
        lines.append(
            String(
                format: "| %@ | %.0f | %.1f %% | %.2f ms | %.2f ms | %.0f | %.0f kB | %@ | %@ |", server as NSString,
                middle(\.packetsPerCPUSecond), middle(\.cpuPercent), middle { Double($0.delayMicrosecondsP50) } / 1000,
                middle { Double($0.delayMicrosecondsP99) } / 1000, middle(\.lostPerMillion), middle(\.kilobytesPerCall),
                allocations as NSString, quiet as NSString))
    }
    return lines
}

let options = try Options(Array(CommandLine.arguments.dropFirst()))
var rounds: [Round] = []
for number in 1...options.rounds {
    for name in options.servers {
        let round = try await measure(name, options)
        rounds.append(round)
        emit(
            String(
                format:
                    "round %d  %@: %.0f packets per CPU-second, CPU %.1f %%, %.0f packets/s, p50 %.2f ms, p99 %.2f ms, lost %.0f ppm",
                number, name as NSString, round.packetsPerCPUSecond, round.cpuPercent, round.forwardedPerSecond,
                Double(round.delayMicrosecondsP50) / 1000, Double(round.delayMicrosecondsP99) / 1000, round.lostPerMillion))
    }
}
emit("")
emit("\(options.calls) two-way calls, medians of \(options.rounds) alternating rounds of \(options.seconds) s")
table(rounds, options).forEach(emit)
if let path = options.json {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(rounds).write(to: URL(fileURLWithPath: path))
    emit("\nwritten to \(path)")
}
