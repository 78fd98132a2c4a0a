import Basics
import Charging
import Storage
import StorageTestSupport
import Testing

@Suite struct ChargingSchemaTests {
    @Test("What was charged and paid ahead before the tables were changed is there after it, in each month")
    func migratedData() async throws {
        try await withDatabases(Array(ChargingSchema.migrations.prefix(2))) { database in
            try await database.write { tx throws(Fault) in
                for sql in [
                    "INSERT INTO charging_accounts (id, customer, credit_limit, reserved, opened_at) VALUES ('acc-1', 'cus-1', 9000, 20, 0)",
                    "INSERT INTO charging_accounts (id, customer, credit_limit, reserved, opened_at) VALUES ('acc-2', 'cus-2', 9000, 0, 0)",
                    "INSERT INTO charging_accounts (id, customer, credit_limit, reserved, opened_at) VALUES ('acc-3', 'cus-3', 9000, 0, 0)",
                    "INSERT INTO charging_usage (account, month, charged, paid_ahead) VALUES ('acc-1', '2026-09', 3, 500)",
                    "INSERT INTO charging_usage (account, month, charged, paid_ahead) VALUES ('acc-1', '2026-10', 5, 100)",
                    "INSERT INTO charging_usage (account, month, charged, paid_ahead) VALUES ('acc-1', '2026-11', 28, 0)",
                    "INSERT INTO charging_usage (account, month, charged, paid_ahead) VALUES ('acc-2', '2026-08', 4, 0)",
                    """
                    INSERT INTO charging_sessions (call, account, price, slice, answered_at, granted, confirmed, reserved, expires_at)
                    VALUES ('c1', 'acc-1', 2, 10, 1795406400000, 20, 10, 20, 1795406500000)
                    """,
                ] { try tx.execute(sql) }
            }
            try await migrate(database, ChargingSchema.migrations)
            let charged = try await database.read { tx throws(Fault) in
                try tx.query("SELECT account, month, charged FROM charging_usage ORDER BY account, month").map {
                    row throws(Fault) in
                    "\(try row.text("account")) \(try row.text("month")) \(try row.integer("charged"))"
                }
            }
            #expect(charged == ["acc-1 2026-09 3", "acc-1 2026-10 5", "acc-1 2026-11 28", "acc-2 2026-08 4"])
            let past = try await database.read { tx throws(Fault) in
                try tx.first("SELECT COUNT(*) AS rows FROM charging_past_usage")?.integer("rows")
            }
            #expect(past == 2)
            // 100 were paid ahead from October on, of which October has used 5; so 95 more than the limit count in November.
            let before = try await database.summary()
            #expect(before.used.micros == 28 && before.paidAhead.micros == 95 && before.reserved.micros == 20)
            // The call goes on: 10 s had been charged 2 each; 5 more of the 20 granted are charged, the rest returned.
            let settlement = try await database.settle("c1", 15, at: noon.adding(seconds: 15))
            #expect(settlement.cost.micros == 30)
            let after = try await database.summary()
            #expect(after.used.micros == 38 && after.reserved == .zero)
        }
    }
}
