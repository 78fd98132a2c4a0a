public import Basics

/// A store that runs work in transactions. One portable SQL for both engines: `$1` parameters, INTEGER (64 bits), TEXT and BLOB columns.
///
/// The work is a synchronous closure that runs on a thread of the engine, never on an event loop. It may run more than once (a
/// serialisation conflict is retried), so it must not have effects other than through its transaction. It runs in one commit with the
/// work of others where the engine groups commits; a work that throws is rolled back alone.
public protocol Database: Sendable {
    /// Runs work that only reads, on a consistent snapshot.
    func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T
    /// Runs work that writes; returns once the commit is durable.
    func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T
    /// The engine, for the rare statement that one of them spells differently.
    var engine: Engine { get }
}

/// The two engines.
public enum Engine: String, Sendable {
    /// The embedded default.
    case sqlite
    /// The server.
    case postgresql
}

/// Statements inside one transaction. It must not leave the closure that received it.
public protocol Transaction {
    /// Runs a statement; returns the number of rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [Value]) throws(Fault) -> Int
    /// Runs a query; rows are in the statement's order.
    func query(_ sql: String, _ arguments: [Value]) throws(Fault) -> [Row]
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
