import Foundation

/// Our own media server in a process of its own, told what to do by lines on its standard input.
final class Jianmian: ServerUnderTest {
    let name = "jianmian"
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var rest = Data()

    init(executable: URL, arguments: [String] = []) throws {
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    var processID: Int32 { process.processIdentifier }

    func waitUntilReady() async throws { _ = try ask("ready") }

    func open(leg: String, call: String, offer: String) async throws -> String {
        let answer = try ask("open \(leg) \(call) \(Data(offer.utf8).base64EncodedString())")
        guard let data = Data(base64Encoded: answer) else { throw BenchError("unreadable answer") }
        return String(decoding: data, as: UTF8.self)
    }

    func bridge(_ a: String, _ b: String) async throws { _ = try ask("bridge \(a) \(b)") }

    func close(leg: String) async throws { _ = try ask("close \(leg)") }

    /// Starts counting heap allocations of the worker threads.
    func countAllocations() throws { _ = try ask("count") }

    /// Allocations since ``countAllocations()``, packets forwarded meanwhile, and how many of 100 windows of 20 ms saw no allocation.
    func allocations() throws -> (allocations: Int, forwarded: Int, quietPercent: Int) {
        let words = try ask("counted").split(separator: " ").compactMap { Int($0) }
        guard words.count == 3 else { throw BenchError("unreadable count") }
        return (words[0], words[1], words[2])
    }

    /// The server's statistics as it prints them.
    func statistics() throws -> String { try ask("statistics") }

    func stop() async {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Sends a line and returns the line that answers it, without its leading `ok`.
    private func ask(_ line: String) throws -> String {
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let answer = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
                rest.removeSubrange(rest.startIndex...end)
                guard answer.hasPrefix("ok") else { throw BenchError("\(line.prefix(40)): \(answer)") }
                return String(answer.dropFirst(3))
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchError("the media server under test has ended") }
            rest.append(more)
        }
    }
}
