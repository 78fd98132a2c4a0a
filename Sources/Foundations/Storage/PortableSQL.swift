/// The one SQL of the house and what each engine is told of it.
///
/// | written | SQLite | PostgreSQL |
/// |---|---|---|
/// | `$1` in a statement | `?1` | `$1` |
/// | `BIGSERIAL PRIMARY KEY` in a migration | `INTEGER PRIMARY KEY AUTOINCREMENT` | `BIGSERIAL PRIMARY KEY` |
/// | `BIGINT`, `INTEGER` in a migration | `INTEGER` | `BIGINT` |
/// | `BLOB` in a migration | `BLOB` | `BYTEA` |
/// | `CREATE TABLE … (…)` in a migration | `… STRICT` | as written |
///
/// Text in quotes and comments is never touched.
package enum PortableSQL {
    /// A statement as SQLite wants it: `$1` becomes `?1`.
    package static func sqliteParameters(_ sql: String) -> String {
        guard sql.utf8.contains(UInt8(ascii: "$")) else { return sql }
        return rewritingPlain(sql) { bytes in
            var result: [UInt8] = []
            for (index, byte) in bytes.enumerated() {
                let next = index + 1 < bytes.count ? bytes[index + 1] : 0
                result.append(byte == UInt8(ascii: "$") && isDigit(next) ? UInt8(ascii: "?") : byte)
            }
            return result
        }
    }

    /// How many parameters a statement takes: the largest *n* of `$n` outside quotes and comments.
    package static func parameterCount(_ sql: String) -> Int {
        guard sql.utf8.contains(UInt8(ascii: "$")) else { return 0 }
        var largest = 0
        _ = rewritingPlain(sql) { bytes in
            for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "$") {
                let number = bytes[(index + 1)...].prefix(6).prefix(while: isDigit)
                largest = max(largest, Int(String(decoding: number, as: UTF8.self)) ?? 0)
            }
            return bytes
        }
        return largest
    }

    /// A statement of a migration as the engine wants it.
    package static func schema(_ sql: String, for engine: Engine) -> String {
        var words = [("INTEGER", "BIGINT"), ("BLOB", "BYTEA")]
        if engine == .sqlite { words = [("BIGSERIAL PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT"), ("BIGINT", "INTEGER")] }
        let translated = rewritingPlain(sql) { bytes in words.reduce(bytes) { replaceWord($1.0, by: $1.1, in: $0) } }
        let trimmed = String(decoding: trimEnd(Array(translated.utf8)), as: UTF8.self)
        let makesTable = firstWord(trimmed) == "CREATE" && trimmed.uppercased().hasPrefix("CREATE TABLE")
        return engine == .sqlite && makesTable && trimmed.hasSuffix(")") ? trimmed + " STRICT" : trimmed
    }

    /// The first word of a statement in capitals.
    package static func firstWord(_ sql: String) -> String {
        let start = sql.utf8.drop { isSpace($0) || $0 == UInt8(ascii: "(") }
        return String(decoding: start.prefix { isLetter($0) }, as: UTF8.self).uppercased()
    }

    /// Applies a change to the stretches outside quotes and comments.
    private static func rewritingPlain(_ sql: String, _ change: ([UInt8]) -> [UInt8]) -> String {
        let bytes = Array(sql.utf8)
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let end = quotedEnd(bytes, position)
            if end > position {
                result += bytes[position..<end]
                position = end
                continue
            }
            let start = position
            while position < bytes.count, quotedEnd(bytes, position) == position { position += 1 }
            result += change(Array(bytes[start..<position]))
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Where the quoted text or comment that begins here ends; `start` itself when none begins. An unclosed one ends with the text.
    private static func quotedEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        let next = start + 1 < bytes.count ? bytes[start + 1] : 0
        switch (bytes[start], next) {
        case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _):
            // A doubled quote inside is two adjoining quoted texts to this scan, with the same outcome.
            return (bytes[(start + 1)...].firstIndex(of: bytes[start]) ?? bytes.count - 1) + 1
        case (UInt8(ascii: "-"), UInt8(ascii: "-")):
            return bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        case (UInt8(ascii: "/"), UInt8(ascii: "*")):
            var index = start + 2
            while index + 1 < bytes.count, !(bytes[index] == UInt8(ascii: "*") && bytes[index + 1] == UInt8(ascii: "/")) {
                index += 1
            }
            return min(index + 2, bytes.count)
        default: return start
        }
    }

    private static func replaceWord(_ word: String, by other: String, in bytes: [UInt8]) -> [UInt8] {
        let wanted = Array(word.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let end = index + wanted.count
            let before = index == 0 ? 0 : bytes[index - 1]
            let after = end < bytes.count ? bytes[end] : 0
            if end <= bytes.count, !isNamePart(before), !isNamePart(after),
                zip(bytes[index..<end], wanted).allSatisfy({ upper($0) == $1 })
            {
                result += other.utf8
                index = end
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func trimEnd(_ bytes: [UInt8]) -> [UInt8] {
        let last = bytes.lastIndex { !isSpace($0) && $0 != UInt8(ascii: ";") }
        return last.map { Array(bytes[...$0]) } ?? []
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(upper(byte)) }
    private static func isNamePart(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }
    private static func upper(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
    }
}
