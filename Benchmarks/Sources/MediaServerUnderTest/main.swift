// Our media server in a process of its own, for MediaBench: reads commands from standard input, one a line, and answers each with a
// line. It ends when its input ends.

import Basics
import Foundation
import Logging
import MallocCount
import Media
import Synchronization

let arguments = CommandLine.arguments
func option(_ name: String, _ fallback: Int) -> Int {
    arguments.firstIndex(of: "--\(name)").flatMap { arguments.indices.contains($0 + 1) ? Int(arguments[$0 + 1]) : nil }
        ?? fallback
}

let server = try MediaServer(
    MediaConfiguration(
        workers: option("workers", 1), bind: "127.0.0.1", pinsThreads: option("pin", 1) == 1,
        gatherMicroseconds: Int64(option("gather", 200)),
        segmentsBursts: option("segment", 1) == 1),
    logger: Logger(label: "media", factory: { _ in SwiftLogNoOpLogHandler() }))

// Nobody reads the events; their stream drops the oldest.
var forwardedAtStart: UInt64 = 0

/// Looks every 20 ms whether the worker threads have allocated anything since. STUN and DTLS may allocate, once in some seconds and leg;
/// forwarding may not, so nearly all windows must be quiet, however many packets pass in each.
final class Windows: Sendable {
    private struct State {
        var isRunning = false
        var count = 0
        var quiet = 0
    }
    private let state = Mutex(State())

    func start() {
        state.withLock { $0 = State(isRunning: true) }
        Thread.detachNewThread { [self] in
            var before = MCAllocations()
            while true {
                usleep(20_000)
                let now = MCAllocations()
                let goesOn = state.withLock { state in
                    state.count += 1
                    if now == before { state.quiet += 1 }
                    return state.isRunning
                }
                before = now
                if !goesOn { return }
            }
        }
    }

    func stop() { state.withLock { $0.isRunning = false } }

    var quietPercent: Int { state.withLock { $0.quiet * 100 / max(1, $0.count) } }
}

let windows = Windows()

@MainActor func answer(_ words: [String]) async -> String {
    do {
        switch (words.first, words.count) {
        case ("ready", 1): return "ok"
        case ("open", 4):
            guard let offer = Data(base64Encoded: words[3]) else { return "bad base64" }
            let answer = try await server.openLeg(
                LegID(trusted: words[1]), in: MediaCallID(trusted: words[2]), offer: String(decoding: offer, as: UTF8.self))
            return "ok " + Data(answer.utf8).base64EncodedString()
        case ("bridge", 3): return "ok \(try await server.bridge(LegID(trusted: words[1]), LegID(trusted: words[2])))"
        case ("close", 2):
            _ = await server.closeLeg(LegID(trusted: words[1]))
            return "ok"
        case ("count", 1):
            forwardedAtStart = await server.statistics().forwarded
            MCReset()
            MCCountThreads("media-")
            windows.start()
            return "ok"
        case ("counted", 1):
            windows.stop()
            MCCountThreads(nil)
            return "ok \(MCAllocations()) \(await server.statistics().forwarded - forwardedAtStart) \(windows.quietPercent)"
        case ("statistics", 1): return "ok \(await server.statistics())"
        default: return "what?"
        }
    } catch { return "failed: \(error)" }
}

while let line = readLine() {
    let reply = await answer(line.split(separator: " ").map(String.init)) + "\n"
    try FileHandle.standardOutput.write(contentsOf: Data(reply.utf8))
}
await server.shutDown()
