public import Basics

/// A column of sealed bytes, so that a new key can take over from the old one. A room lists its columns as `…Schema.sealed`.
public struct SealedColumn: Sendable {
    /// The table.
    public let table: String
    /// Its unique TEXT column.
    public let key: String
    /// The BLOB column with sealed bytes; rows where it is NULL are passed over.
    public let column: String
    /// The place that a row's bytes were sealed for.
    public let place: @Sendable (_ key: String) -> String

    /// Names a column. The names are the program's own, never text from outside.
    public init(table: String, key: String, column: String, place: @escaping @Sendable (_ key: String) -> String) {
        self.table = table
        self.key = key
        self.column = column
        self.place = place
    }
}

/// Seals a batch of rows anew with the current key; returns the last key looked at, nil once the column is done.
///
/// Rows under the current key are not touched, so the work may stop at any batch and begin again from the start at no cost but a scan.
public func reseal(
    _ column: SealedColumn, in tx: any Transaction, with vault: Vault, after last: String
) throws(Fault) -> String? {
    let rows = try tx.query(
        """
        SELECT \(column.key) AS row_key, \(column.column) AS sealed FROM \(column.table)
        WHERE \(column.key) > $1 AND substr(\(column.column), 1, \(Vault.headBytes)) <> $2 ORDER BY \(column.key)
        LIMIT \(StorageLimits.rowsPerReseal)
        """,
        [.text(last), .blob(vault.head(of: vault.keys.current))])
    for row in rows {
        let key = try row.text("row_key")
        let place = column.place(key)
        let fresh = try vault.seal(vault.open(row.blob("sealed"), for: place), for: place)
        try tx.execute(
            "UPDATE \(column.table) SET \(column.column) = $2 WHERE \(column.key) = $1", [.text(key), .blob(fresh)])
    }
    return try rows.last?.text("row_key")
}

/// Seals all rows of these columns with the current key, batch by batch; returns how many batches were written. When it returns, nothing
/// in these columns needs an older key.
@discardableResult
public func resealAll(_ columns: [SealedColumn], in database: any Database, with vault: Vault) async throws(Fault) -> Int {
    var batches = 0
    for column in columns {
        var last: String? = ""
        while let from = last {
            last = try await database.write { tx throws(Fault) in
                try reseal(column, in: tx, with: vault, after: from)
            }
            if last != nil { batches += 1 }
        }
    }
    return batches
}

/// How many rows of a column are still under another key than the current one.
public func rowsToReseal(_ column: SealedColumn, in tx: any Transaction, with vault: Vault) throws(Fault) -> Int64 {
    let row = try tx.first(
        """
        SELECT COUNT(*) AS total FROM \(column.table) WHERE substr(\(column.column), 1, \(Vault.headBytes)) <> $1
        """,
        [.blob(vault.head(of: vault.keys.current))])
    return try row?.integer("total") ?? 0
}
