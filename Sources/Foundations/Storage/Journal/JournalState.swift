/// A value in the state before or after a journaled change.
public enum JournalValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    /// Text, escaped as JSON wants it.
    case text(String)
    /// A number: an amount in micro-yuan, an instant in milliseconds, a count.
    case number(Int64)
    /// Yes or no.
    case flag(Bool)
    /// Nothing.
    case none

    /// Text as it is written.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A number as it is written.
    public init(integerLiteral value: Int64) { self = .number(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .flag(value) }

    /// Text that may be missing.
    public static func optional(_ text: String?) -> JournalValue { text.map(JournalValue.text) ?? .none }
}

/// A state as one line of JSON in the order given, for ``JournalEntry/before`` and ``JournalEntry/after``. Text from outside is safe here.
public func journalState(_ pairs: KeyValuePairs<String, JournalValue>) -> String {
    "{" + pairs.map { "\(quoted($0.key)):\(written($0.value))" }.joined(separator: ",") + "}"
}

private func written(_ value: JournalValue) -> String {
    switch value {
    case .text(let text): quoted(text)
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .none: "null"
    }
}

/// A JSON string (RFC 8259, section 7).
private func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": json += "\\\""
        case "\\": json += "\\\\"
        case _ where scalar.value < 0x20:
            let hex = String(scalar.value, radix: 16)
            json += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: json.unicodeScalars.append(scalar)
        }
    }
    return json + "\""
}
