/// One numbered change of the schema, owned by a room. Never edited once it has landed; a correction is the next number.
///
/// Statements are of the portable SQL. Tables are made of `BIGINT`, `TEXT` and `BLOB` columns only; a table that numbers its rows itself says
/// `id BIGSERIAL PRIMARY KEY`. See ``PortableSQL`` for what each engine is told.
public struct Migration: Sendable {
    /// The room that owns the tables, such as `lines`.
    public let room: String
    /// 1, 2, 3 … within the room.
    public let number: Int
    /// Statements of the portable SQL, run in order in one transaction.
    public let statements: [String]
    /// Statements that only one engine runs, after the portable ones: triggers, for instance.
    public let engineStatements: [Engine: [String]]

    /// Declares a migration.
    public init(room: String, number: Int, statements: [String], engineStatements: [Engine: [String]] = [:]) {
        self.room = room
        self.number = number
        self.statements = statements
        self.engineStatements = engineStatements
    }
}
