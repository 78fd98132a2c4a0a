import Customers
import Foundation
import Mustache

/// The texts of the pages: flat keys such as `phone.hang-up`, one table per language.
struct Words: Sendable {
    private let tables: [Language: [String: String]]

    init(tables: [Language: [String: String]]) { self.tables = tables }

    /// Reads `zh.json` and `en.json` of a folder; a missing or broken file is an empty table.
    init(folder: URL) {
        tables = Dictionary(
            uniqueKeysWithValues: Language.allCases.map { language in
                let data = try? Data(contentsOf: folder.appending(path: "\(language.rawValue).json"))
                return (language, data.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) } ?? [:])
            })
    }

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
