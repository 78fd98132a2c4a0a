import Foundation
import Testing

/// The style of the house as a test: what a reviewer would have to say every time, said by the machine.
@Suite struct StyleTests {
    @Test func `the walk finds the project`() {
        #expect(SourceFile.all.count > 50)
        #expect(SourceFile.all.contains { $0.path == "Sources/Foundations/Basics/Fault.swift" })
    }

    @Test func `swift-format has nothing to change`() throws {
        let format = Process()
        format.executableURL = URL(filePath: "/usr/bin/env")
        format.currentDirectoryURL = SourceFile.root
        format.arguments = [
            "swift", "format", "lint", "--strict", "--recursive", "--parallel", "Package.swift", "Sources", "Tests",
        ]
        let output = Pipe()
        format.standardError = output
        try format.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        format.waitUntilExit()
        #expect(format.terminationStatus == 0, "run `swift format -i -r Package.swift Sources Tests`:\n\(said.prefix(4000))")
    }

    @Test(arguments: Ban.all) func `banned words stay out`(ban: Ban) {
        for file in SourceFile.all where !ban.exempt(file) && !file.path.hasPrefix("Tests/Tidy/") {
            for (number, line) in file.lines.enumerated() where ban.matches(line) {
                Issue.record("\(file.path):\(number + 1): \(ban.word) – \(ban.why)")
            }
        }
    }

    @Test func `an unchecked promise to the compiler is proved on the line above`() {
        let promises = ["@unchecked Sendable", "nonisolated(unsafe)"]
        for file in SourceFile.all where !file.path.hasPrefix("Tests/Tidy/") {
            for (number, line) in file.lines.enumerated() where promises.contains(where: line.contains) && !line.isComment {
                let above = file.lines[..<number].reversed().prefix { $0.isComment || $0.trimmed.hasPrefix("@") }
                #expect(
                    above.contains { $0.contains("Proof:") },
                    "\(file.path):\(number + 1) needs a comment line `// Proof: …` above")
            }
        }
    }

    @Test func `files and functions stay short`() {
        for file in SourceFile.all {
            let cap = file.isTest ? 600 : 400
            #expect(file.lines.count <= cap, "\(file.path) has \(file.lines.count) lines, the cap is \(cap)")
            for function in file.functions where function.length > 70 {
                Issue.record("\(file.path):\(function.line): \(function.length) lines in one function, the cap is 70")
            }
        }
    }

    @Test func `every room says what it owns`() throws {
        for room in Plan.rooms.values {
            let text = try String(contentsOf: SourceFile.root.appending(path: "\(room.path)/README.md"), encoding: .utf8)
            #expect(text.count > 120, "\(room.path)/README.md should say what the room owns, does not own and calls")
        }
    }
}

/// A word that code may not contain, and why.
struct Ban: Sendable, CustomStringConvertible {
    let word: String
    let why: String
    var exempt: @Sendable (SourceFile) -> Bool = { _ in false }
    var description: String { word }

    func matches(_ line: String) -> Bool { !line.isComment && line.contains(word) }

    static let all: [Ban] = [
        Ban(word: "try!", why: "outside data must not end the process"),
        Ban(word: " as! ", why: "outside data must not end the process"),
        Ban(word: "fatalError(", why: "throw a Fault, or state an invariant with precondition"),
        Ban(word: "@testable", why: "tests run on release products; use package access"),
        Ban(word: "Task.detached", why: "structured concurrency keeps shutdown honest"),
        Ban(word: "TODO", why: "do it, or open an issue"),
        Ban(word: "FIXME", why: "do it, or open an issue"),
        Ban(
            word: " print(", why: "log through swift-log; only the program speaks to standard output",
            exempt: { $0.path.hasPrefix("Sources/Faces/jianmian/") || $0.path.hasPrefix("Benchmarks/") }),
    ]
}
