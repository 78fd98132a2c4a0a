/// One numbered change of the schema, owned by a room. Never edited once it has landed; a correction is the next number.
public struct Migration: Sendable {
    /// The room that owns the tables, such as `lines`.
    public let room: String
    /// 1, 2, 3 … within the room.
    public let number: Int
    /// Statements of the portable SQL, run in order in one transaction.
    public let statements: [String]

    /// Declares a migration.
    public init(room: String, number: Int, statements: [String]) {
        self.room = room
        self.number = number
        self.statements = statements
    }
}
