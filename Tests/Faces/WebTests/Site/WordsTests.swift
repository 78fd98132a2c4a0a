import Foundation
import Testing

/// The words of the pages are complete: both languages have the same keys, none is empty, every key is used and every used key is there.
@Suite struct WordsTests {
    static let web = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../Sources/Faces/Web")
        .standardized

    static func table(_ language: String) throws -> [String: String] {
        var table: [String: String] = [:]
        for text in try texts("Words/\(language)", ".json") {
            table.merge(try JSONDecoder().decode([String: String].self, from: Data(text.utf8))) { first, _ in
                Issue.record("a key is in two files: \(first)")
                return first
            }
        }
        return table
    }

    /// The files below a folder of the Web room, by ending.
    static func texts(_ folder: String, _ ending: String) throws -> [String] {
        let base = web.appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: base.path).filter { $0.hasSuffix(ending) }
        return try names.map { try String(contentsOf: base.appending(path: $0), encoding: .utf8) }
    }

    @Test func bothLanguagesHaveTheSameKeysAndNoneIsEmpty() throws {
        let (chinese, english) = (try Self.table("zh"), try Self.table("en"))
        #expect(Set(chinese.keys).symmetricDifference(english.keys).sorted() == [])
        for (key, text) in chinese { #expect(!text.trimmingCharacters(in: .whitespaces).isEmpty, "zh \(key)") }
        for (key, text) in english { #expect(!text.trimmingCharacters(in: .whitespaces).isEmpty, "en \(key)") }
    }

    @Test func bothLanguagesUseTheSameParameters() throws {
        let (chinese, english) = (try Self.table("zh"), try Self.table("en"))
        let parameter = /\{(\w+)\}/
        for (key, text) in chinese {
            let ours = Set(text.matches(of: parameter).map(\.1))
            let theirs = Set((english[key] ?? "").matches(of: parameter).map(\.1))
            #expect(ours == theirs, "\(key)")
        }
    }

    @Test func everyWordOfATemplateExists() throws {
        let keys = Set(try Self.table("zh").keys)
        for template in try Self.texts("Pages", ".mustache") {
            for match in template.matches(of: /\{\{w\.([^}]+)\}\}/) { #expect(keys.contains(String(match.1)), "\(match.1)") }
        }
    }

    @Test func everyWordOfAScriptExists() throws {
        let keys = Set(try Self.table("zh").keys)
        let groups = Set(keys.compactMap { $0.split(separator: ".").first.map(String.init) })
        for script in try Self.texts("Assets/js", ".js") {
            for match in script.matches(of: /"([a-z][A-Za-z]*)(\.[A-Za-z0-9.-]*[A-Za-z0-9])"/)
            where groups.contains(String(match.1)) {
                #expect(keys.contains("\(match.1)\(match.2)"), "\(match.1)\(match.2)")
            }
        }
    }

    @Test func everyKeyIsUsedSomewhere() throws {
        let pages = try Self.texts("Pages", ".mustache").joined()
        let scripts = try (Self.texts("Assets/js", ".js") + Self.texts(".", ".swift")).joined()
        // Keys that are put together while running: `reason.${reason}` in scripts, "problem.\(kind)" in Swift; faults, holds and notices by rooms.
        let prefixes =
            scripts.matches(of: /[`"]([a-z][A-Za-z]*\.(?:[A-Za-z.-]*\.)?)(?:\$\{|\\\()/).map { String($0.1) } + [
                "hold.", "notice.",
            ]
        for key in try Self.table("zh").keys {
            let isUsed =
                pages.contains("{{w.\(key)}}") || scripts.contains("\"\(key)\"") || prefixes.contains { key.hasPrefix($0) }
            #expect(isUsed, "\(key) is used nowhere")
        }
    }

    @Test func everyFaultThatAPageMayShowHasWords() throws {
        let keys = Set(try Self.table("zh").keys)
        let rooms = ["Foundations", "Business", "Calling", "Faces/Web"]
        let declared = try rooms.flatMap { try Self.texts("../../\($0)", ".swift") }.joined()
        for match in declared.matches(of: /Fault\.Code\("([a-z0-9.-]+)",/) {
            #expect(keys.contains("fault.\(match.1)"), "fault.\(match.1)")
        }
    }
}
