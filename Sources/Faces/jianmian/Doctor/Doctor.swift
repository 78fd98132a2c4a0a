import ArgumentParser
import Basics
import Foundation

/// `jianmian doctor`: checks what the service needs on this machine and says what to do where something is missing.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Check ports, libraries, fonts, database, clock and UDP, and say what to do; exit code 0 when nothing is in the way.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await orExplain {
            let settings = try await Settings.read(flags)
            var findings = LibraryChecks.run()
            findings += [DataChecks.folder(settings.data), await DataChecks.database(settings)]
            findings += [PortChecks.tcp(settings.host, settings.port)]
            findings += PortChecks.media(settings.media)
            findings += [ClockChecks.clock(Date.now), ClockChecks.zone(settings.zone), LimitChecks.openFiles()]
            for finding in findings { print(finding.line) }
            let failed = findings.count { $0.state == .failed }
            print(failed == 0 ? "Nothing is in the way. 一切就绪。" : "\(failed) of \(findings.count) checks failed.")
            if failed > 0 { throw ExitCode(2) }
        }
    }
}

/// What one check found.
package struct Finding: Sendable {
    package enum State: String, Sendable {
        case fine = "ok  "
        case doubtful = "warn"
        case failed = "FAIL"
    }

    package let state: State
    package let what: String
    /// What to do, where something is to be done.
    package let remedy: String?

    package init(_ state: State, _ what: String, _ remedy: String? = nil) {
        self.state = state
        self.what = what
        self.remedy = remedy
    }

    package var line: String { "\(state.rawValue)  \(what)" + (remedy.map { "\n      → \($0)" } ?? "") }
}
