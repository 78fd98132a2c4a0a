import Basics
import Billing
import Charging
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

private let noon = Timestamp(milliseconds: 1_795_406_400_000)
private let zone = BusinessZone.shanghai
private let account = AccountID(trusted: "acc-1")
private let price = Money(micros: 5_000)
private let call = CallID(trusted: "c1")
private let migrations = ChargingSchema.migrations + BillingSchema.migrations

@Suite("The ledger, on both engines", .serialized)
struct LedgerTests {
    private func transaction(_ id: String, _ entries: [LedgerEntry]) -> LedgerTransaction {
        LedgerTransaction(id: LedgerTransactionID(id), kind: "test", subject: "test:1", effectiveAt: noon, entries: entries)
    }

    private func report(of database: any Database) async throws(Fault) -> LedgerReport {
        try await database.read { tx throws(Fault) in try verifyLedger(in: tx) }
    }

    /// One call from ten seconds before December on, 25 s long, as call control settles it: all in one transaction.
    private func settleACall(in database: any Database) async throws {
        let answered = zone.start(of: zone.month(of: noon).next).adding(seconds: -10)
        let ended = answered.adding(seconds: 25)
        try await database.write { tx throws(Fault) in
            try openAccount(
                OpenAccountRequest(id: account, customer: CustomerID(trusted: "cus-1"), creditLimit: Money(yuan: 1)), in: tx,
                at: noon)
            try recordDialledCall(
                DialledCall(
                    call: call, callerLine: LineID(trusted: "a"), callerNumber: PhoneNumber(trusted: "60000001"),
                    callerDevice: DeviceID(trusted: "d"), calleeLine: LineID(trusted: "b"),
                    calleeNumber: PhoneNumber(trusted: "60000002"), kind: .video, account: account, pricePerSecond: price,
                    dialledAt: answered), in: tx)
            _ = try reserveCredit(
                ReserveCreditRequest(operation: OperationID(trusted: "1"), call: call, account: account, pricePerSecond: price),
                in: tx, at: answered, zone: zone)
            try recordAnswer(of: call, by: DeviceID(trusted: "e"), rungAt: answered, in: tx, at: answered)
        }
        try await database.write { tx throws(Fault) in
            let settlement = try settleCredit(
                OperationID(trusted: "2"), call: call, usedSeconds: 25, in: tx, at: ended, zone: zone)
            try postUsage(settlement, kind: .video, endedAt: ended, in: tx, at: ended, zone: zone)
            try closeCallRecord(
                CallClosing(call: call, outcome: .hungUp, endedBy: .caller, endedAt: ended, seconds: 25, cost: settlement.cost),
                in: tx)
        }
    }

    @Test("What does not sum to zero is refused and leaves no trace")
    func unbalancedIsRefused() async throws {
        try await withDatabases(migrations) { database in
            let receivable = LedgerAccount.receivable(account)
            let bad: [[LedgerEntry]] = [
                [], [.debit(receivable, price)], [.debit(receivable, price), .credit(.usageRevenue(.video), price + price)],
                [.debit(receivable, .zero), .credit(.usageRevenue(.video), .zero)],
                [
                    .debit(receivable, Money(micros: .max)), .debit(receivable, Money(micros: .max)),
                    .debit(receivable, Money(micros: 2)),
                ],
            ]
            for (index, entries) in bad.enumerated() {
                let transaction = transaction("t\(index)", entries)
                await #expect(throws: Fault(.unbalanced, "")) {
                    try await database.write { tx throws(Fault) in _ = try postTransaction(transaction, in: tx, at: noon) }
                }
            }
            let report = try await report(of: database)
            #expect(report.isClean && report.transactions == 0 && report.entries == 0)
        }
    }

    @Test("The same posting again changes nothing; another one under its id is refused")
    func repeats() async throws {
        try await withDatabases(migrations) { database in
            let first = transaction("t", [.debit(.receivable(account), price), .credit(.usageRevenue(.audio), price)])
            let other = transaction("t", [.debit(.receivable(account), price), .credit(.usageRevenue(.video), price)])
            let posted = try await database.write { tx throws(Fault) in
                [try postTransaction(first, in: tx, at: noon), try postTransaction(first, in: tx, at: noon)]
            }
            #expect(posted == [true, false])
            await #expect(throws: Fault(.postingReused, "")) {
                try await database.write { tx throws(Fault) in _ = try postTransaction(other, in: tx, at: noon) }
            }
            let owed = try await database.read { tx throws(Fault) in try balance(of: .receivable(account), in: tx) }
            #expect(owed == price)
        }
    }

    @Test("A call across the month's end is booked in both months, and the books verify to the micro-yuan")
    func usageIsBooked() async throws {
        try await withDatabases(migrations) { database in
            try await settleACall(in: database)
            let books = try await database.read { tx throws(Fault) in
                [
                    try balance(of: .receivable(account), in: tx), try balance(of: .usageRevenue(.video), in: tx),
                    try entries(of: LedgerTransactionID("usage:c1:2026-11"), in: tx)[0].amount,
                    try entries(of: LedgerTransactionID("usage:c1:2026-12"), in: tx)[0].amount,
                ]
            }
            // 25 s × 5,000 = 125,000; ten seconds begin in November, fifteen in December.
            #expect(books.map(\.micros) == [125_000, -125_000, 50_000, 75_000])
            let report = try await report(of: database)
            #expect(report.isClean && report.transactions == 2 && report.entries == 4)
        }
    }

    @Test("Verification names a falsified cost, charge and reservation")
    func verificationFinds() async throws {
        try await withDatabases(migrations) { database in
            try await settleACall(in: database)
            for sql in [
                "UPDATE call_records SET cost = cost + 1",
                "UPDATE charging_accounts SET charged = charged - 1 WHERE charged_month = '2026-12'",
                "UPDATE charging_accounts SET reserved = 7",
            ] {
                try await database.write { tx throws(Fault) in _ = try tx.execute(sql) }
            }
            let findings = try await report(of: database).findings
            #expect(
                findings == [
                    "cost and booked usage differ for call c1: 125001 and 125000",
                    "charges and booked plus running usage differ for account acc-1: 124999 and 125000",
                    "held back and open reservations differ for account acc-1: 7 and 0",
                ])
        }
    }

    @Test("Verification names a kept sum that is not that of the booked calls, in amount or in number")
    func verificationFindsAFalseSum() async throws {
        // 15 s × 5,000 = 75,000 count in December; 10 s, 50,000, in November.
        for (sql, left) in [("amount = amount + 1", 75_001), ("calls = calls + 1", 75_000)] {
            try await withDatabases(migrations) { database in
                try await settleACall(in: database)
                try await database.write { tx throws(Fault) in
                    _ = try tx.execute("UPDATE billing_usage_sums SET \(sql) WHERE month = '2026-12'")
                }
                let findings = try await report(of: database).findings
                #expect(
                    findings == [
                        "the sum that is kept and the booked calls differ for account, month and kind acc-1 2026-12 video: \(left) and 75000"
                    ])
            }
        }
    }

    @Test("Migrations 7 and 8 on a database with calls: the sums are those of its calls")
    func sumsOfOldCalls() async throws {
        let older = migrations.filter { $0.room != "billing" || $0.number < 7 }
        try await withDatabases(older) { database in
            // Two calls as the older program booked them: one across the month's end, one of another kind and account.
            try await database.write { tx throws(Fault) in
                for (call, month, account, kind, amount) in [
                    ("c1", "2026-11", "acc-1", "video", 50_000), ("c1", "2026-12", "acc-1", "video", 75_000),
                    ("c2", "2026-12", "acc-1", "video", 5_000), ("c3", "2026-12", "acc-2", "audio", 700),
                ] {
                    let id = Value.text("usage:\(call):\(month)")
                    try tx.execute(
                        "INSERT INTO ledger_transactions (id, kind, subject, effective_at, recorded_at) VALUES ($1, 'usage', $2, 1, 1)",
                        [id, .text("call:\(call)")])
                    for (position, code, sum) in [(0, "receivable:\(account)", amount), (1, "revenue:usage:\(kind)", -amount)] {
                        try tx.execute(
                            "INSERT INTO ledger_entries (transaction_id, position, account, amount) VALUES ($1, $2, $3, $4)",
                            [id, .integer(Int64(position)), .text(code), .integer(Int64(sum))])
                    }
                }
            }
            try await migrate(database, StorageSchema.migrations + migrations)
            let sums = try await database.read { tx throws(Fault) in
                var sums: [String] = []
                for row in try tx.query("SELECT * FROM billing_usage_sums ORDER BY account, month") {
                    sums.append(
                        "\(try row.text("account")) \(try row.text("counted")) \(try row.text("month")) \(try row.text("kind")) "
                            + "\(try row.integer("calls")) \(try row.integer("amount"))")
                }
                return sums
            }
            #expect(
                sums == [
                    "acc-1 2026-11 2026-11 video 1 50000", "acc-1 2026-12 2026-12 video 2 80000",
                    "acc-2 2026-12 2026-12 audio 1 700",
                ])
            let findings = try await report(of: database).findings.filter {
                $0.hasPrefix("the sum that is kept") || $0.hasPrefix("kept sum")
            }
            #expect(findings == [])
            // 50,000 + 75,000 + 5,000 are video, 700 audio; all of it is owed.
            let balances = try await database.read { tx throws(Fault) in try trialBalance(in: tx, zone: zone) }
            #expect(
                balances.map { "\($0.code) \($0.debit.micros) \($0.credit.micros)" } == [
                    "receivable 130700 0", "revenue:usage:audio 0 700", "revenue:usage:video 0 130000",
                ])
        }
    }

    @Test("The trial balance is the same before and after its sums are brought up to date, and a falsified sum is named")
    func keptSums() async throws {
        try await withDatabases(StorageSchema.migrations + migrations) { database in
            try await settleACall(in: database)
            let december = zone.start(of: zone.month(of: noon).next)
            func balances(through day: BusinessDate?) async throws(Fault) -> [String] {
                try await database.read { tx throws(Fault) in
                    try trialBalance(through: day, in: tx, zone: zone).map { "\($0.code) \($0.debit.micros) \($0.credit.micros)" }
                }
            }
            // 10 s × 5,000 in November, 15 s × 5,000 in December.
            let (all, november) = (
                ["receivable 125000 0", "revenue:usage:video 0 125000"], ["receivable 50000 0", "revenue:usage:video 0 50000"]
            )
            let last = zone.date(of: december.adding(seconds: -1))
            #expect(try await balances(through: nil) == all)
            #expect(try await balances(through: last) == november)
            let summed = try await database.write { tx throws(Fault) in [try sumLedger(in: tx), try sumLedger(in: tx)] }
            #expect(summed == [2, 0])
            let waiting = try await database.read { tx throws(Fault) in
                try tx.first("SELECT COUNT(*) AS number FROM ledger_unsummed")?.integer("number")
            }
            #expect(waiting == 0)
            #expect(try await balances(through: nil) == all)
            #expect(try await balances(through: last) == november)
            #expect(try await report(of: database).isClean)
            try await database.write { tx throws(Fault) in
                _ = try tx.execute("UPDATE ledger_balances SET debit = debit + 1 WHERE code = 'receivable'")
            }
            #expect(
                try await report(of: database).findings
                    == ["kept sum and entries differ for ledger account receivable debit: 125001 and 125000"])
        }
    }

    @Test("The books cannot be changed")
    func appendOnly() async throws {
        try await withDatabases(migrations) { database in
            try await settleACall(in: database)
            for table in ["ledger_entries", "ledger_transactions"] {
                await #expect(throws: Fault(.appendOnly, "")) {
                    try await database.write { tx throws(Fault) in _ = try tx.execute("DELETE FROM \(table)") }
                }
            }
        }
    }
}
