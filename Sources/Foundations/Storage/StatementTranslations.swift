internal import Basics
internal import Synchronization

/// Statements as an engine wants them, kept by their portable text.
final class StatementTranslations: Sendable {
    private struct Translation {
        var text: String
        var parameterCount: Int
    }

    private let known = Mutex<[String: Translation]>([:])
    private let engine: Engine

    init(engine: Engine) { self.engine = engine }

    /// The engine's text of a statement; throws for one that would take the transaction out of the engine's hands, and when the number of
    /// values is not that of its parameters (PostgreSQL would take superfluous ones without a word).
    func translate(_ sql: String, valueCount: Int) throws(Fault) -> String {
        let translation = if let found = known.withLock({ $0[sql] }) { found } else { try translation(of: sql) }
        guard translation.parameterCount == valueCount else {
            throw Fault(.statement, "\(sql): takes \(translation.parameterCount) values, was given \(valueCount)")
        }
        return translation.text
    }

    private func translation(of sql: String) throws(Fault) -> Translation {
        let word = PortableSQL.firstWord(sql)
        guard !Self.refusedWords.contains(word) else {
            throw Fault(.statement, "\(word) is the engine's business; a work only runs statements inside its transaction")
        }
        let text = engine == .sqlite ? PortableSQL.sqliteParameters(sql) : sql
        let translation = Translation(text: text, parameterCount: PortableSQL.parameterCount(sql))
        known.withLock { if $0.count < StorageLimits.translatedStatements { $0[sql] = translation } }
        return translation
    }

    private static let refusedWords: Set<String> = [
        "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "START", "ABORT", "PREPARE", "ATTACH", "DETACH", "PRAGMA",
        "VACUUM",
    ]
}
