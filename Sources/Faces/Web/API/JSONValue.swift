import Basics
import Foundation

/// Any JSON value, for messages whose shape depends on their `type`.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// An object without the members that are nil.
    package static func members(_ members: [String: JSONValue?]) -> JSONValue { .object(members.compactMapValues { $0 }) }

    /// One line of JSON with sorted keys.
    package var rendered: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Proof that this cannot fail: no case holds a number that JSON lacks.
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}

extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value.isFinite ? value : 0)
        case .text(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

/// Reads the members of a JSON object one by one; what is missing, of another type, too long or unknown is told by name.
struct JSONReader {
    private var members: [String: JSONValue]

    /// Parses one object.
    init(parsing data: Data) throws(Fault) {
        do {
            let value = try JSONDecoder().decode(JSONValue.self, from: data)
            guard case .object(let members) = value else { throw Fault(.webJSON, "the body is not a JSON object") }
            self.members = members
        } catch {
            throw Fault(.webJSON, "the body is not a JSON object")
        }
    }

    init(members: [String: JSONValue]) { self.members = members }

    /// Takes a member out; nil when it is absent or null.
    mutating func value(_ name: String) -> JSONValue? {
        let value = members.removeValue(forKey: name)
        return value == .null ? nil : value
    }

    mutating func text(_ name: String, atMost bytes: Int = 1024) throws(Fault) -> String {
        guard let text = try optionalText(name, atMost: bytes) else { throw .field(name, "is missing") }
        return text
    }

    mutating func optionalText(_ name: String, atMost bytes: Int = 1024) throws(Fault) -> String? {
        guard let value = value(name) else { return nil }
        guard case .text(let text) = value else { throw .field(name, "is not text") }
        guard text.utf8.count <= bytes else { throw .field(name, "has more than \(bytes) bytes") }
        // PostgreSQL cannot store it, and no honest text has it.
        guard !text.utf8.contains(0) else { throw .field(name, "has a NUL character") }
        return text
    }

    mutating func integer(_ name: String) throws(Fault) -> Int64 {
        guard let integer = try optionalInteger(name) else { throw .field(name, "is missing") }
        return integer
    }

    mutating func optionalInteger(_ name: String) throws(Fault) -> Int64? {
        guard let value = value(name) else { return nil }
        guard case .integer(let integer) = value else { throw .field(name, "is not an integer") }
        return integer
    }

    mutating func optionalObject(_ name: String) throws(Fault) -> JSONReader? {
        guard let value = value(name) else { return nil }
        guard case .object(let members) = value else { throw .field(name, "is not an object") }
        return JSONReader(members: members)
    }

    mutating func identifier<Owner>(_ name: String, of: Owner.Type = Owner.self) throws(Fault) -> Identifier<Owner> {
        guard let id = Identifier<Owner>(try text(name, atMost: 64)) else { throw .field(name, "is not an id") }
        return id
    }

    mutating func optionalIdentifier<Owner>(
        _ name: String, of: Owner.Type = Owner.self
    ) throws(Fault) -> Identifier<Owner>? {
        guard let text = try optionalText(name, atMost: 64) else { return nil }
        guard let id = Identifier<Owner>(text) else { throw .field(name, "is not an id") }
        return id
    }

    mutating func optionalBool(_ name: String) throws(Fault) -> Bool? {
        guard let value = value(name) else { return nil }
        guard case .bool(let bool) = value else { throw .field(name, "is neither true nor false") }
        return bool
    }

    mutating func optionalTexts(_ name: String, atMost count: Int) throws(Fault) -> [String] {
        guard let value = value(name) else { return [] }
        guard case .array(let values) = value, values.count <= count else {
            throw .field(name, "is not a list of at most \(count) texts")
        }
        var texts: [String] = []
        for case .text(let text) in values where text.utf8.count <= 64 && !text.utf8.contains(0) { texts.append(text) }
        guard texts.count == values.count else { throw .field(name, "is not a list of short texts") }
        return texts
    }

    /// Refuses members that nobody has asked for, so that a typing error is not silently ignored.
    func finish() throws(Fault) {
        guard let name = members.keys.min() else { return }
        throw .field(String(name.prefix(40)), "is not known here")
    }
}

extension Fault {
    static func field(_ name: String, _ what: String) -> Fault {
        Fault(.webField, "field \(name) \(what)", ["field": name])
    }
}
