/// Triggers that refuse to change or remove the rows of a table, for `engineStatements` of a migration.
///
/// They keep honest programs from mistakes; somebody with the rights of the owner can drop them, which is what the chain of the journal is for.
public enum AppendOnly {
    /// The statements for each engine. Changes throw `storage.append-only`.
    public static func statements(table: String) -> [Engine: [String]] {
        [
            .sqlite: ["UPDATE", "DELETE"].map { change in
                """
                CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
                BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
                """
            },
            .postgresql: [
                """
                CREATE FUNCTION \(table)_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
                BEGIN RAISE EXCEPTION '\(table) is append-only' USING ERRCODE = 'JM001'; END $body$
                """,
                """
                CREATE TRIGGER \(table)_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION \(table)_is_append_only()
                """,
            ],
        ]
    }
}
