import ArgumentParser

/// `jianmian clauses`: the agreement, clause by clause, with what in the code does it; the source of docs/clauses.md.
struct ClausesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clauses", abstract: "Print what the software does for each clause of the agreement, as Markdown.")

    func run() { print(ClauseTrace.markdown, terminator: "") }
}

extension ClauseTrace {
    /// The whole page.
    package static var markdown: String {
        let head = """
            # Clause trace

            What in the code does what the agreement says: made by `jianmian clauses`, checked by `Tests/Faces/ProgramTests/ClauseTraceTests.swift`.
            Rules are pure functions; use cases change something in one transaction with its journal entry; scenarios are files of `Tests/Clauses`.


            """
        return head + clauses.map(section).joined(separator: "\n")
    }

    private static func section(_ clause: TracedClause) -> String {
        let title = clause.number == 0 ? "Preamble" : "Clause \(clause.number)"
        var lines = ["## \(title): \(clause.subject.en) (\(clause.subject.zh))", ""]
        if let missing = clause.missing { lines += ["*Not built yet:* \(missing)", ""] }
        for (name, items) in [
            ("Rules", clause.rules), ("Use cases", clause.useCases), ("Pages", clause.pages), ("Scenarios", clause.scenarios),
        ] where !items.isEmpty {
            lines.append("- \(name): " + items.map { "`\($0)`" }.joined(separator: ", "))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
