import Foundation
import StorageTestSupport
import Testing

/// The built program as a child process; the light parts only. The browser tests run `serve`.
@Suite struct ProgramTests {
    /// The root of the checkout, from this file's own place.
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The program lies beside the test bundle.
    private static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "jianmian")

    struct Outcome {
        let code: Int32
        let output: String
        let error: String
    }

    private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(arguments, environment: environment)
    }

    private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complained = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Outcome(code: process.terminationStatus, output: said, error: complained)
    }

    @Test func `help names every duty`() throws {
        let help = try run("--help")
        #expect(help.code == 0)
        for duty in ["serve", "doctor", "verify", "bill", "settings"] { #expect(help.output.contains("  \(duty) ")) }
        #expect(try run("--version").output == "0.1.0\n")
    }

    @Test func `the documented settings are the program's`() throws {
        let table = try run("settings").output
        let page = try String(contentsOf: Self.root.appending(path: "docs/operating.md"), encoding: .utf8)
        #expect(table.split(separator: "\n").count == 28)
        #expect(page.contains(table), "put the output of `jianmian settings` into docs/operating.md")
    }

    @Test func `doctor passes on a machine that has all, and says what to do where a port is taken`() async throws {
        try await withTemporaryFolder { folder in
            let well = try run("doctor", "--data", folder + "/new", "--port", "0")
            #expect(well.code == 0, "\(well.output)")
            #expect(well.output.contains("ok    UDP to 127.0.0.1 arrives"))
            let holder = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(holder) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    _ = bind(holder, address, length)
                    _ = listen(holder, 1)
                    _ = getsockname(holder, address, &length)
                }
            }
            let port = UInt16(bigEndian: address.sin_port)
            let ill = try run("doctor", "--data", folder + "/new", "--port", "\(port)")
            #expect(ill.code == 2)
            #expect(ill.output.contains("FAIL  TCP port \(port)"))
            #expect(ill.output.contains("--port"))
        }
    }

    @Test func `verify says that there is no database, and why a setting is refused`() throws {
        let missing = try run("verify", "journal", "--data", "/nonexistent/jianmian")
        #expect(missing.code == 1)
        #expect(missing.error.contains("there is no database at /nonexistent/jianmian/jianmian.sqlite"))
        let wrong = try run("verify", "ledger", environment: ["JIANMIAN_PORT": "many"])
        #expect(wrong.code == 1)
        #expect(wrong.error.contains("port (--port, JIANMIAN_PORT) is not a whole number"))
    }

    @Test func `the key that seals personal data is changed, and the old one goes when nothing needs it`() async throws {
        try await withTemporaryFolder { folder in
            let house = ["--data", folder]
            #expect(try run(["demo", "seed", "--customers", "3"] + house).code == 0)
            #expect(try run(["vault", "status"] + house).output.contains("0 older opens"))
            #expect(try run(["vault", "rotate"] + house).output.contains("seals from the next start on"))
            #expect(try run(["vault", "status"] + house).output.contains("customers_identities.sealed\t3 under an older key"))
            let early = try run(["vault", "retire"] + house)
            #expect(early.code == 1 && early.error.contains("first: jianmian vault reseal"))
            #expect(try run(["vault", "reseal"] + house).output.contains("customers_identities.sealed\t3 sealed anew"))
            #expect(try run(["vault", "retire"] + house).output.contains("is the only key now"))
            let after = try run(["vault", "status"] + house)
            #expect(after.output.contains("0 older opens") && after.output.contains("customers_identities.sealed\t0 under"))
        }
    }

    @Test func `flags outweigh the environment, which outweighs the file`() async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "/settings.json"
            try Data(#"{"data": "/nonexistent/file", "port": 1}"#.utf8).write(to: URL(filePath: file))
            let byFile = try run("verify", "journal", "--config", file)
            #expect(byFile.error.contains("/nonexistent/file/jianmian.sqlite"))
            let byVariable = try run(
                "verify", "journal", environment: ["JIANMIAN_CONFIG": file, "JIANMIAN_DATA": "/nonexistent/variable"])
            #expect(byVariable.error.contains("/nonexistent/variable/jianmian.sqlite"))
            let byFlag = try run(
                "verify", "journal", "--data", "/nonexistent/flag", environment: ["JIANMIAN_DATA": "/nonexistent/variable"])
            #expect(byFlag.error.contains("/nonexistent/flag/jianmian.sqlite"))
        }
    }
}
