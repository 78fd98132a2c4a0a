import Access
import Basics

extension ConsoleAct {
    /// What a request asks: the purpose and the values, or every field that is wrong.
    struct Asked: Sendable {
        var purpose: String
        var values: ActValues
    }

    /// Reads the body field by field. All that is wrong is told at once, so that a form need not be sent again for each.
    /// A preview needs neither the purpose nor the words yet, only what decides about amounts.
    func read(_ body: JSONReader, id: String, part: String, isPreview: Bool = false) throws -> Asked {
        var body = body
        var wrong: [FieldError] = []
        var values: [String: JSONValue] = [:]
        let purpose: String
        do {
            purpose = try body.text("purpose", atMost: AccessLimits.purposeBytes)
        } catch {
            purpose = isPreview ? "preview" : ""
            if !isPreview { wrong.append(FieldError(field: "purpose", fault: Fault(.purposeMissing, "say what this is for"))) }
        }
        for field in fields {
            do throws(Fault) {
                if let value = try field.read(&body) { values[field.name] = value }
            } catch {
                if isPreview, field.isWords, error == Fault(.consoleMissing, "") {
                    values[field.name] = .text("preview")
                } else {
                    wrong.append(FieldError(field: field.name, fault: error))
                }
            }
        }
        do throws(Fault) { try body.finish() } catch { wrong.append(FieldError(field: "", fault: error)) }
        guard wrong.isEmpty else { throw FieldErrors(errors: wrong) }
        return Asked(purpose: purpose, values: ActValues(id: id, part: part, values: values))
    }
}

/// A field that is wrong, and why.
struct FieldError: Sendable {
    var field: String
    var fault: Fault
}

/// All fields that are wrong.
struct FieldErrors: Error, Sendable {
    var errors: [FieldError]
}

extension ActField {
    /// Whether it is free text, which decides about no amount.
    var isWords: Bool {
        switch kind {
        case .line, .text: true
        default: false
        }
    }

    /// Its value in a body; nil where it is absent and may be.
    func read(_ body: inout JSONReader) throws(Fault) -> JSONValue? {
        switch kind {
        case .line(let bytes), .text(let bytes): try text(&body, atMost: bytes)
        case .secret: try text(&body, atMost: AccessLimits.passwordBytes)
        case .once: try text(&body, atMost: 64)
        case .hidden: try text(&body, atMost: ConsoleLimits.textBytes)
        case .choice(_, let values): try choice(&body, values)
        case .several(_, let values): try several(&body, values)
        case .date: try date(&body)
        case .integer(let range): try integer(&body, range)
        case .money: try integer(&body, 0...Money.limit.micros)
        case .flag: try flag(&body)
        // It does not come in JSON.
        case .file: nil
        }
    }

    private func text(_ body: inout JSONReader, atMost bytes: Int) throws(Fault) -> JSONValue? {
        guard let text = try body.optionalText(name, atMost: bytes), !text.allSatisfy(\.isWhitespace) else { return try absent() }
        return .text(text)
    }

    private func choice(_ body: inout JSONReader, _ values: [String]) throws(Fault) -> JSONValue? {
        guard let value = try body.optionalText(name, atMost: 200), !value.isEmpty else { return try absent() }
        guard values.contains(value) else { throw .field(name, "is none of \(values.joined(separator: ", "))") }
        return .text(value)
    }

    private func several(_ body: inout JSONReader, _ values: [String]) throws(Fault) -> JSONValue? {
        guard let value = body.value(name) else { return try absent() }
        guard case .array(let items) = value, items.count <= values.count else { throw .field(name, "is not a list") }
        for item in items {
            guard case .text(let text) = item, values.contains(text) else {
                throw .field(name, "has something that is none of \(values.joined(separator: ", "))")
            }
        }
        return items.isEmpty ? try absent() : value
    }

    private func date(_ body: inout JSONReader) throws(Fault) -> JSONValue? {
        guard let text = try body.optionalText(name, atMost: 10), !text.isEmpty else { return try absent() }
        guard let date = BusinessDate(text) else { throw Fault(.consoleDate, "not a date", ["field": name]) }
        return .text(date.description)
    }

    private func integer(_ body: inout JSONReader, _ range: ClosedRange<Int64>) throws(Fault) -> JSONValue? {
        guard let number = try body.optionalInteger(name) else { return try absent() }
        guard range.contains(number) else {
            throw Fault(
                .consoleRange, "\(name) is outside of its range",
                ["field": name, "minimum": "\(range.lowerBound)", "maximum": "\(range.upperBound)"])
        }
        return .integer(number)
    }

    private func flag(_ body: inout JSONReader) throws(Fault) -> JSONValue? {
        guard let value = body.value(name) else { return .bool(false) }
        guard case .bool = value else { throw .field(name, "is neither true nor false") }
        return value
    }

    private func absent() throws(Fault) -> JSONValue? {
        guard isOptional else { throw Fault(.consoleMissing, "\(name) is missing", ["field": name]) }
        return nil
    }
}
