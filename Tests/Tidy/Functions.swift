/// A function found in a file: where it starts and how many lines it has.
struct FunctionSpan {
    let line: Int
    let length: Int
}

extension String {
    var trimmed: Substring { drop { $0 == " " } }
    var isComment: Bool { trimmed.hasPrefix("//") }
}

extension SourceFile {
    /// Functions and initialisers by indentation: swift-format puts a declaration's closing brace at the column of its first line.
    var functions: [FunctionSpan] {
        lines.indices.compactMap { start in
            guard lines[start].startsFunction, !lines[start].hasSuffix("}") else { return nil }
            let indent = lines[start].prefix { $0 == " " }
            guard let end = lines[(start + 1)...].firstIndex(where: { $0 == indent + "}" }) else { return nil }
            return FunctionSpan(line: start + 1, length: end - start + 1)
        }
    }
}

extension String {
    fileprivate var startsFunction: Bool {
        !isComment && (contains("func ") || trimmed.hasPrefix("init(") || contains(" init(")) && !contains("\"func ")
    }
}
