public import Basics

/// A store that runs work in transactions. One portable SQL for both engines: `$1` parameters, INTEGER (64 bits), TEXT and BLOB columns.
///
/// The work is a synchronous closure that runs on a thread of the engine, never on an event loop. It may run more than once (a
/// serialisation conflict is retried), so it must not have effects other than through its transaction. It runs in one commit with the
/// work of others where the engine groups commits; a work that throws is rolled back alone. Writes behave as if they ran one after
/// another on both engines.
public protocol Database: Sendable {
    /// Runs work that only reads, on a consistent snapshot.
    func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T
    /// Runs work that writes; returns once the commit is durable.
    @discardableResult
    func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T
    /// The engine, for the rare statement that one of them spells differently.
    var engine: Engine { get }
    /// Finishes the works that wait, then closes. Later works throw `storage.closed`.
    func close() async
}

/// The two engines.
public enum Engine: String, Sendable, CaseIterable {
    /// The embedded default.
    case sqlite
    /// The server.
    case postgresql
}

/// Statements inside one transaction. It must not leave the closure that received it.
///
/// After a statement has failed, every later statement of the work throws the same fault and nothing of the work is kept, on both
/// engines: a work cannot catch a constraint's fault and go on. Use `ON CONFLICT DO NOTHING` where a duplicate is expected.
public protocol Transaction {
    /// Runs a statement; returns the number of rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [Value]) throws(Fault) -> Int
    /// Runs a statement whose count of rows nobody wants to know. PostgreSQL is sent it together with the next statement, in one round
    /// trip; its fault may only be thrown there, or fail the work at its end.
    func post(_ sql: String, _ arguments: [Value]) throws(Fault)
    /// Runs a query; rows are in the statement's order.
    func query(_ sql: String, _ arguments: [Value]) throws(Fault) -> [Row]
    /// The engine, for the rare statement that one of them spells differently.
    var engine: Engine { get }
}

extension Transaction {
    /// ` FOR UPDATE` where the engine locks rows, empty where writers are alone anyway: `"SELECT … WHERE id = $1\(tx.forUpdate)"`.
    public var forUpdate: String { engine == .postgresql ? " FOR UPDATE" : "" }

    /// At once, where the engine has nothing to gain from waiting.
    public func post(_ sql: String, _ arguments: [Value]) throws(Fault) { try execute(sql, arguments) }

    /// Runs a statement without parameters.
    @discardableResult
    public func execute(_ sql: String) throws(Fault) -> Int { try execute(sql, []) }

    /// Runs a query without parameters.
    public func query(_ sql: String) throws(Fault) -> [Row] { try query(sql, []) }

    /// The first row of a query, nil where there is none.
    public func first(_ sql: String, _ arguments: [Value] = []) throws(Fault) -> Row? { try query(sql, arguments).first }
}

/// A value that both engines store alike.
public enum Value: Hashable, Sendable {
    /// SQL NULL.
    case null
    /// A 64-bit integer; booleans are 0 and 1.
    case integer(Int64)
    /// UTF-8 text without NUL.
    case text(String)
    /// Bytes.
    case blob([UInt8])
}

extension Value {
    /// An integer, or NULL for nil.
    public static func optional(_ value: Int64?) -> Value { value.map(Value.integer) ?? .null }
    /// Text, or NULL for nil.
    public static func optional(_ value: String?) -> Value { value.map(Value.text) ?? .null }
    /// An amount, as micro-yuan.
    public static func money(_ value: Money) -> Value { .integer(value.micros) }
    /// An instant, as milliseconds.
    public static func time(_ value: Timestamp) -> Value { .integer(value.milliseconds) }
    /// An instant or NULL.
    public static func optional(_ value: Timestamp?) -> Value { optional(value?.milliseconds) }
    /// A typed id, as text.
    public static func id<Owner>(_ value: Identifier<Owner>) -> Value { .text(value.rawValue) }
    /// A typed id or NULL.
    public static func optional<Owner>(_ value: Identifier<Owner>?) -> Value { optional(value?.rawValue) }
    /// A boolean, as 0 or 1.
    public static func boolean(_ value: Bool) -> Value { .integer(value ? 1 : 0) }
}
