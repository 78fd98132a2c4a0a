import Basics
import Storage
import StorageTestSupport
import Testing

@Suite("A new key takes over, on both engines")
struct ResealTests {
    private static let schema = [
        Migration(room: "sample", number: 1, statements: ["CREATE TABLE sample (id TEXT PRIMARY KEY, sealed BLOB)"])
    ]
    private static let column = SealedColumn(table: "sample", key: "id", column: "sealed") { "sample:\($0)" }

    /// 45 rows and one empty one: batches of 20, 20 and 5.
    @Test func everyRowMovesToTheNewKeyAndTheOldOneCanGo() async throws {
        try await withDatabases(Self.schema) { database in
            let old = Vault.ephemeral()
            try await fill(database, old)
            let new = Vault(keys: old.keys.rotated())
            #expect(try await left(database, new) == 45)
            #expect(try await resealAll([Self.column], in: database, with: new) == 3)
            #expect(try await left(database, new) == 0)
            #expect(try await resealAll([Self.column], in: database, with: new) == 0)
            let alone = Vault(keys: try new.keys.dropping(old.keys.current))
            #expect(try await read(database, alone) == (0..<45).map { "row \($0)" })
        }
    }

    @Test func stoppedHalfWayItGoesOnLater() async throws {
        try await withDatabases(Self.schema) { database in
            let old = Vault.ephemeral()
            try await fill(database, old)
            let new = Vault(keys: old.keys.rotated())
            let last = try await database.write { tx throws(Fault) in try reseal(Self.column, in: tx, with: new, after: "") }
            #expect(last == "019")
            #expect(try await left(database, new) == 25)
            // Both keys are there meanwhile, so everything can be read.
            #expect(try await read(database, new).count == 45)
            #expect(try await resealAll([Self.column], in: database, with: new) == 2)
            #expect(try await left(database, new) == 0)
        }
    }

    @Test func aRowThatDoesNotOpenStopsTheBatchAndNothingOfItIsLost() async throws {
        try await withDatabases(Self.schema) { database in
            let old = Vault.ephemeral()
            try await fill(database, old)
            try await database.write { tx throws(Fault) in
                _ = try tx.execute("UPDATE sample SET sealed = $1 WHERE id = '003'", [.blob([1, 2, 3])])
            }
            let new = Vault(keys: old.keys.rotated())
            await #expect(throws: Fault(.vaultDamaged, "")) { try await resealAll([Self.column], in: database, with: new) }
            #expect(try await left(database, new) == 45)
        }
    }

    private func fill(_ database: any Database, _ vault: Vault) async throws(Fault) {
        try await database.write { tx throws(Fault) in
            for number in 0..<45 {
                let id = "0" + (number < 10 ? "0" : "") + "\(number)"
                let sealed = try vault.seal(Array("row \(number)".utf8), for: "sample:\(id)")
                try tx.execute("INSERT INTO sample (id, sealed) VALUES ($1, $2)", [.text(id), .blob(sealed)])
            }
            try tx.execute("INSERT INTO sample (id, sealed) VALUES ('999', NULL)")
        }
    }

    private func left(_ database: any Database, _ vault: Vault) async throws(Fault) -> Int64 {
        try await database.read { tx throws(Fault) in try rowsToReseal(Self.column, in: tx, with: vault) }
    }

    private func read(_ database: any Database, _ vault: Vault) async throws(Fault) -> [String] {
        try await database.read { tx throws(Fault) in
            var texts: [String] = []
            for row in try tx.query("SELECT id, sealed FROM sample WHERE sealed IS NOT NULL ORDER BY id", []) {
                let plain = try vault.open(row.blob("sealed"), for: "sample:\(row.text("id"))")
                texts.append(String(decoding: plain, as: UTF8.self))
            }
            return texts
        }
    }
}
