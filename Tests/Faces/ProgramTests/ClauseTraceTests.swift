import Foundation
import Testing
import jianmian

/// The trace from the agreement to the code says what is so: every clause is in it, everything that it names exists, and a clause that lacks
/// a rule, a use case, a page or a scenario says that it is not built yet.
@Suite struct ClauseTraceTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// All Swift text below a folder.
    private static func text(of folder: String) throws -> String {
        let base = root.appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: base.path).filter { $0.hasSuffix(".swift") }
        return try names.map { try String(contentsOf: base.appending(path: $0), encoding: .utf8) }.joined(separator: "\n")
    }

    @Test func everyClauseIsThereOnce() {
        #expect(ClauseTrace.clauses.map(\.number) == Array(0...18))
    }

    @Test func aClauseLacksNothingOrSaysSo() {
        for clause in ClauseTrace.clauses where clause.missing == nil {
            for (what, items) in [
                ("rule", clause.rules), ("use case", clause.useCases), ("page", clause.pages), ("scenario", clause.scenarios),
            ] {
                #expect(!items.isEmpty, "clause \(clause.number) has no \(what)")
            }
        }
    }

    @Test func everyRuleAndUseCaseExists() throws {
        let sources = try Self.text(of: "Sources/Business") + Self.text(of: "Sources/Calling/Calls")
        for clause in ClauseTrace.clauses {
            for name in clause.rules + clause.useCases {
                #expect(sources.contains("func \(name)("), "clause \(clause.number) names \(name), which does not exist")
            }
        }
    }

    @Test func everyPageHasItsRoute() throws {
        let sources = try Self.text(of: "Sources/Faces/Web")
        for clause in ClauseTrace.clauses {
            for page in clause.pages {
                // Routes are written with and without the leading slash, a part that varies as {name}.
                let bare = String(page.dropFirst())
                // The console's subjects are one word each.
                let subject = page.hasPrefix("/console/") ? String(page.dropFirst("/console/".count)) : bare
                let isThere = ["/" + bare, bare, subject].contains { sources.contains("\"\($0)\"") }
                #expect(isThere, "clause \(clause.number) names the page \(page), which has no route")
            }
        }
    }

    @Test func everyScenarioExistsAndEveryFileOfScenariosIsNamed() throws {
        let folder = Self.root.appending(path: "Tests/Clauses")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        let named = Set(ClauseTrace.clauses.flatMap(\.scenarios))
        #expect(named.subtracting(files).sorted() == [])
        #expect(Set(files).subtracting(named).sorted() == [], "a scenario file is in no clause of the trace")
    }

    @Test func thePageIsTheProgramsOwn() throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/clauses.md"), encoding: .utf8)
        #expect(page == ClauseTrace.markdown, "put the output of `jianmian clauses` into docs/clauses.md")
    }
}
