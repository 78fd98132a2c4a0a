public import Basics

/// One row of a query, read by column name. A missing column or another type is our own defect and throws `storage.schema`.
public struct Row: Sendable {
    /// The columns' names, shared by all rows of an answer.
    package let names: [String]
    package let values: [Value]

    package init(names: [String], values: [Value]) {
        self.names = names
        self.values = values
    }

    /// An integer that is not null.
    public func integer(_ name: String) throws(Fault) -> Int64 {
        guard case .integer(let value) = value(name) else { throw mismatch(name, "an integer") }
        return value
    }

    /// An integer or null.
    public func optionalInteger(_ name: String) throws(Fault) -> Int64? {
        value(name) == .null ? nil : try integer(name)
    }

    /// Text that is not null.
    public func text(_ name: String) throws(Fault) -> String {
        guard case .text(let value) = value(name) else { throw mismatch(name, "text") }
        return value
    }

    /// Text or null.
    public func optionalText(_ name: String) throws(Fault) -> String? {
        value(name) == .null ? nil : try text(name)
    }

    /// Bytes that are not null.
    public func blob(_ name: String) throws(Fault) -> [UInt8] {
        guard case .blob(let value) = value(name) else { throw mismatch(name, "bytes") }
        return value
    }

    /// Bytes or null.
    public func optionalBlob(_ name: String) throws(Fault) -> [UInt8]? {
        value(name) == .null ? nil : try blob(name)
    }

    /// An amount stored as micro-yuan.
    public func money(_ name: String) throws(Fault) -> Money { Money(micros: try integer(name)) }

    /// An instant stored as milliseconds.
    public func time(_ name: String) throws(Fault) -> Timestamp { Timestamp(milliseconds: try integer(name)) }

    /// An instant or null.
    public func optionalTime(_ name: String) throws(Fault) -> Timestamp? {
        try optionalInteger(name).map(Timestamp.init(milliseconds:))
    }

    /// A typed id that this program stored.
    public func id<Owner>(_ name: String, of owner: Owner.Type = Owner.self) throws(Fault) -> Identifier<Owner> {
        Identifier(trusted: try text(name))
    }

    /// A typed id or null.
    public func optionalID<Owner>(_ name: String, of owner: Owner.Type = Owner.self) throws(Fault) -> Identifier<Owner>? {
        try optionalText(name).map(Identifier.init(trusted:))
    }

    /// A boolean stored as 0 or 1.
    public func boolean(_ name: String) throws(Fault) -> Bool { try integer(name) != 0 }

    /// The value under a name. PostgreSQL answers with lower-case names, so capitals do not count.
    private func value(_ name: String) -> Value? {
        if let index = names.firstIndex(of: name) { return values[index] }
        let folded = name.lowercased()
        return names.firstIndex { $0.lowercased() == folded }.map { values[$0] }
    }

    private func mismatch(_ name: String, _ wanted: String) -> Fault {
        Fault(.schema, "column \(name) is not \(wanted) in this row")
    }
}
