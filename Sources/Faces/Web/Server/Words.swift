import Customers
import Foundation
import Mustache

/// The texts of the pages: flat keys such as `phone.hang-up`, one table per language.
struct Words: Sendable {
    private let tables: [Language: [String: String]]

    init(tables: [Language: [String: String]]) { self.tables = tables }

    /// Reads the files of `zh/` and `en/` in a folder, one per subject; a broken file adds nothing.
    init(folder: URL) {
        tables = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, Self.table($0, in: folder)) })
    }

    private static func table(_ language: Language, in folder: URL) -> [String: String] {
        let base = folder.appending(path: language.rawValue).resolvingSymlinksInPath().path
        var table: [String: String] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? [] where name.hasSuffix(".json") {
            let data = FileManager.default.contents(atPath: "\(base)/\(name)")
            let words = data.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) } ?? [:]
            table.merge(words) { first, _ in first }
        }
        return table
    }

    /// A language's whole table, as scripts get it.
    func json(_ language: Language) throws -> Data { try JSONBody.data(tables[language, default: [:]]) }

    /// The text of a key with `{name}` replaced by the parameters; nil when the key is unknown.
    func text(_ key: String, _ language: Language, _ parameters: [String: String] = [:]) -> String? {
        guard var text = tables[language]?[key] else { return nil }
        for (name, value) in parameters { text = text.replacingOccurrences(of: "{\(name)}", with: value) }
        return text
    }

    /// All keys of a language.
    func keys(_ language: Language) -> Set<String> { Set(tables[language, default: [:]].keys) }

    /// The table as templates use it: `{{w.phone.hangUp}}`.
    func tree(_ language: Language) -> WordTree { WordTree(table: tables[language] ?? [:], prefix: "") }
}

/// Resolves the dotted names of a template against the flat table; an unknown key shows itself, so that it is seen and mended.
struct WordTree: MustacheParent {
    let table: [String: String]
    let prefix: String

    func child(named name: String) -> Any? {
        let key = prefix + name
        if let text = table[key] { return text }
        let deeper = key + "."
        if table.keys.contains(where: { $0.hasPrefix(deeper) }) { return WordTree(table: table, prefix: deeper) }
        return prefix.isEmpty ? nil : "⟦\(key)⟧"
    }
}
