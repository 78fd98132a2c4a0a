public import Basics

/// One row of a query, read by column name. A missing column or another type is our own defect and throws `storage.schema`.
public struct Row: Sendable {
    package let columns: [String: Value]

    package init(columns: [String: Value]) { self.columns = columns }

    /// An integer that is not null.
    public func integer(_ name: String) throws(Fault) -> Int64 {
        guard case .integer(let value) = columns[name] else { throw mismatch(name, "an integer") }
        return value
    }

    /// An integer or null.
    public func optionalInteger(_ name: String) throws(Fault) -> Int64? {
        columns[name] == .null ? nil : try integer(name)
    }

    /// Text that is not null.
    public func text(_ name: String) throws(Fault) -> String {
        guard case .text(let value) = columns[name] else { throw mismatch(name, "text") }
        return value
    }

    /// Text or null.
    public func optionalText(_ name: String) throws(Fault) -> String? {
        columns[name] == .null ? nil : try text(name)
    }

    /// Bytes that are not null.
    public func blob(_ name: String) throws(Fault) -> [UInt8] {
        guard case .blob(let value) = columns[name] else { throw mismatch(name, "bytes") }
        return value
    }

    private func mismatch(_ name: String, _ wanted: String) -> Fault {
        Fault(.schema, "column \(name) is not \(wanted) in this row")
    }
}

extension Fault.Code {
    /// A row does not have the column or the type that the program expects.
    public static let schema = Fault.Code("storage.schema", .defect)
}
