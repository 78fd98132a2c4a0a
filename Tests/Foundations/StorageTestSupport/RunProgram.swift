internal import Foundation
internal import Testing

/// What a program beside the test bundle wrote until it ended or was killed.
public struct ProgramRun: Sendable {
    /// Its standard output; the last line may be cut.
    public let output: String
    /// Whether it was killed before it came to its end.
    public let wasKilled: Bool
}

/// A program that is not over by then is killed, so that no test waits for ever and nothing is left running.
private let longestRun: DispatchTimeInterval = .seconds(120)

/// Runs a program that lies beside the test bundle; kills it with SIGKILL so many milliseconds after it has written its first bytes.
public func runProgram(
    _ name: String, _ arguments: [String], killedAfter milliseconds: Int? = nil
) async throws -> ProgramRun {
    let process = Process()
    process.executableURL = try program(name)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let id = process.processIdentifier
    let deadline = DispatchWorkItem { kill(id, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + longestRun, execute: deadline)
    defer { deadline.cancel() }
    let text = await withCheckedContinuation { (caller: CheckedContinuation<String, Never>) in
        Thread.detachNewThread {
            var bytes = output.fileHandleForReading.availableData
            if let milliseconds {
                Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
                kill(process.processIdentifier, SIGKILL)
            }
            bytes.append(output.fileHandleForReading.readDataToEndOfFile())
            process.waitUntilExit()
            caller.resume(returning: String(decoding: bytes, as: UTF8.self))
        }
    }
    return ProgramRun(output: text, wasKilled: process.terminationReason == .uncaughtSignal)
}

private func program(_ name: String) throws -> URL {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let program = own.deletingLastPathComponent().appendingPathComponent(name)
    try #require(FileManager.default.isExecutableFile(atPath: program.path), "build \(name) first: \(program.path)")
    return program
}
