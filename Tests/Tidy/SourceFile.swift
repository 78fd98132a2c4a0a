import Foundation

/// One file of the project as the style rules see it.
struct SourceFile: Sendable, CustomStringConvertible {
    let path: String
    let lines: [String]

    var description: String { path }
    var isTest: Bool { path.hasPrefix("Tests/") }
    /// The room's name for files of `Sources/<wing>/<room>/…`.
    var room: String? {
        let parts = path.split(separator: "/")
        return parts.first == "Sources" && parts.count > 3 ? String(parts[2]) : nil
    }

    /// The modules it imports, with any access level.
    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count, !line.hasPrefix("//") else {
                return nil
            }
            return String(words[at + 1])
        }
    }

    /// The root of the checkout, found from this file's own place.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file of Sources and Tests, in order of path.
    static let all: [SourceFile] = ["Sources", "Tests", "Benchmarks"].flatMap(files(under:)).sorted { $0.path < $1.path }

    private static func files(under folder: String) -> [SourceFile] {
        let base = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(atPath: base.path()) else { return [] }
        return walk.compactMap { entry in
            guard let name = entry as? String, name.hasSuffix(".swift"), !name.contains(".build"),
                let text = try? String(contentsOf: base.appending(path: name), encoding: .utf8)
            else { return nil }
            return SourceFile(path: "\(folder)/\(name)", lines: text.components(separatedBy: "\n"))
        }
    }
}
