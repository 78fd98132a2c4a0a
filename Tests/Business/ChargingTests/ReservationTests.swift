import Basics
import Charging
import Lines
import Storage
import StorageTestSupport
import Testing

@Suite("Reservations, on both engines", .serialized)
struct ReservationTests {
    @Test("Reserve, report and settle move the money as worked out by hand")
    func lifeOfAReservation() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))  // 1,000,000 micro-yuan = 200 s
            try await database.talk("c1")
            #expect(try await database.summary().reserved == Money(micros: 150_000))
            #expect(try await database.summary().available == Money(micros: 850_000))
            let grant = try await database.report("c1", 20, "c1-1")
            #expect(grant.grantedSeconds == 60)
            #expect(grant.charged == Money(micros: 100_000))
            #expect(grant.reserved == Money(micros: 200_000))  // seconds 20 to 60
            #expect(grant.available == Money(micros: 700_000))
            let settlement = try await database.settle("c1", 33)
            #expect(settlement.seconds == 33)
            #expect(settlement.cost == Money(micros: 165_000))
            let summary = try await database.summary()
            #expect(summary.used == Money(micros: 165_000))
            #expect(summary.reserved == .zero)
            #expect(summary.available == Money(micros: 835_000))
        }
    }

    @Test("Every operation is idempotent by its id, and an id has one meaning")
    func idempotent() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.dial("c1")
            let first = try await database.reserve("c1")
            #expect(try await database.reserve("c1") == first)
            try await database.answer("c1")
            let report = try await database.report("c1", 20, "op")
            #expect(try await database.report("c1", 20, "op") == report)
            #expect(try await database.summary().used == Money(micros: 100_000))
            await #expect(throws: Fault(.operationReused, "")) { try await database.reserve("c1", operation: "other") }
            await #expect(throws: Fault(.operationReused, "")) { try await database.reserve("c2", operation: "op") }
            let settled = try await database.settle("c1", 25)
            let again = try await database.settle("c1", 99, operation: "later")
            #expect(settled.isNew && !again.isNew)
            #expect(again.cost == settled.cost)
            await #expect(throws: Fault(.creditSettled, "")) { try await database.report("c1", 26, "op2") }
            #expect(try await database.summary().used == Money(micros: 125_000))
        }
    }

    @Test("The last slice is what is left, and nothing more follows until credit comes free")
    func finalSlice() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(micros: 200_000))  // 40 s
            try await database.talk("c1")
            let last = try await database.report("c1", 20, "1")
            #expect(last.grantedSeconds == 40 && last.isFinal)
            let none = try await database.report("c1", 35, "2")
            #expect(none.grantedSeconds == 40 && none.isFinal)
            // The call was cut late: what lies past the grant is not charged.
            #expect(try await database.settle("c1", 45).cost == Money(micros: 200_000))
            #expect(try await database.summary().available == .zero)
            await #expect(throws: Fault(.creditExhausted, "")) { try await database.reserve("c2") }
        }
    }

    @Test("A late report after a moved clock charges what was used, as far as credit goes")
    func lateReport() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.talk("c1")
            let grant = try await database.report("c1", 100, "1")
            #expect(grant.usedSeconds == 100 && grant.grantedSeconds == 130 && !grant.isFinal)
            let last = try await database.report("c1", 1000, "2")
            #expect(last.usedSeconds == 200 && last.grantedSeconds == 200 && last.isFinal)
            #expect(try await database.summary().used == Money(yuan: 1))
        }
    }

    @Test("Calls at once on one account never pass its limit together: 64 tasks race for the last yuan")
    func raceForTheLastYuan() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))  // 200 s: six slices of 30 s and a rest of 20 s
            let grants = await withTaskGroup(of: Int64.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        do throws(Fault) {
                            return try await database.reserve("c\(number)").grantedSeconds
                        } catch {
                            #expect(error == Fault(.creditExhausted, ""))
                            return 0
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(grants.reduce(0, +) == 200)
            #expect(grants.filter { $0 > 0 }.sorted() == [20, 30, 30, 30, 30, 30, 30])
            let summary = try await database.summary()
            #expect(summary.reserved == Money(yuan: 1) && summary.available == .zero)
        }
    }

    @Test("A clock set back across the month's end lends a call no credit of the old month")
    func clockSetBackAcrossTheMonth() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            let december = zone.start(of: zone.month(of: noon).next)
            try await database.open(limit: Money(micros: 200_000))  // 40 s
            try await database.talk("c1", at: december)
            // 20 s are charged to December and 10 s reserved, so 10 s are left: 40 s in all, whatever the clock says.
            let grant = try await database.report("c1", 20, "1", at: december.adding(seconds: -3_600))
            #expect(grant.grantedSeconds == 40 && grant.isFinal)
            #expect(grant.available == .zero)
        }
    }

    @Test("Seconds on both sides of midnight at the month's end are charged to their months")
    func monthBoundary() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            let december = zone.start(of: zone.month(of: noon).next)
            let answered = december.adding(seconds: -10)
            try await database.open(limit: Money(yuan: 1))
            try await database.talk("c1", at: answered)
            _ = try await database.report("c1", 20, "1", at: answered.adding(seconds: 20))
            #expect(try await database.summary(at: answered).used == price * 10)
            #expect(try await database.summary(at: december).used == price * 10)
            let settlement = try await database.settle("c1", 25, at: answered.adding(seconds: 25))
            #expect(settlement.months.map(\.seconds) == [10, 15])
            #expect(try await database.summary(at: december).used == price * 15)
        }
    }

    @Test("Each month keeps its charges, also those that come after a later month has begun")
    func chargesOfAMonthThatIsOver() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            let december = zone.start(of: zone.month(of: noon).next)
            let before = december.adding(seconds: -40)
            try await database.open(limit: Money(yuan: 1))
            // 10 s × 5,000 = 50,000 of November.
            try await database.talk("c0", at: before.adding(seconds: -60))
            _ = try await database.settle("c0", 10, at: before.adding(seconds: -50))
            try await database.talk("c1", at: before)
            // 10 s × 5,000 = 50,000 of December, then 20 s × 5,000 = 100,000 of November, then 20 s more of December.
            try await database.talk("c2", at: december)
            _ = try await database.report("c2", 10, "1", at: december.adding(seconds: 10))
            #expect(try await database.summary(at: before).used == Money(micros: 50_000))
            _ = try await database.settle("c1", 20, at: december.adding(seconds: 15))
            #expect(try await database.summary(at: december).used == Money(micros: 50_000))
            _ = try await database.report("c2", 30, "2", at: december.adding(seconds: 30))
            #expect(try await database.summary(at: before).used == Money(micros: 150_000))
            #expect(try await database.summary(at: december).used == Money(micros: 150_000))
            #expect(try await database.summary(at: zone.start(of: zone.month(of: december).next)).used == .zero)
        }
    }

    @Test("A call that nobody answered costs nothing; one whose end nobody saw costs its last confirmed second")
    func settlingUnseenEnds() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.dial("c1")
            _ = try await database.reserve("c1")
            #expect(try await database.settle("c1", 0).cost == .zero)
            try await database.talk("c2")
            _ = try await database.report("c2", 20, "1")
            let settlement = try await database.settle("c2", nil)
            #expect(settlement.seconds == 20 && settlement.cost == Money(micros: 100_000))
            #expect(try await database.summary().reserved == .zero)
        }
    }

    @Test("A lowered limit leaves nothing available, never a negative amount; a raised one is there at once")
    func changedLimit() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.talk("c1")
            try await database.write { tx throws(Fault) in
                _ = try changeCreditLimit(of: account, to: Money(micros: 100_000), by: "customer:cus-1", in: tx, at: noon)
            }
            #expect(try await database.summary().available == .zero)
            let grant = try await database.report("c1", 20, "1")
            #expect(grant.grantedSeconds == 30 && grant.isFinal)
            try await database.write { tx throws(Fault) in
                _ = try changeCreditLimit(of: account, to: Money(yuan: 1), by: "customer:cus-1", in: tx, at: noon)
            }
            #expect(try await database.report("c1", 25, "2").grantedSeconds == 60)
        }
    }

    @Test("Accounts and operations refuse what makes no sense")
    func refusals() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            await #expect(throws: Fault(.creditLimitOutOfRange, "")) { try await database.open(limit: Money(micros: -1)) }
            await #expect(throws: Fault(.noAccount, "")) { try await database.reserve("c1") }
            try await database.open(limit: Money(yuan: 1))
            try await database.open(limit: Money(yuan: 5))  // the same again changes nothing
            #expect(try await database.summary().creditLimit == Money(yuan: 1))
            await #expect(throws: Fault(.accountExists, "")) {
                try await database.open(limit: Money(yuan: 1), id: AccountID(trusted: "acc-2"))
            }
            await #expect(throws: Fault(.chargeOutOfRange, "")) { try await database.reserve("c1", slice: 0) }
            await #expect(throws: Fault(.noCreditSession, "")) { try await database.report("c1", 1, "1") }
            try await database.dial("c1")
            _ = try await database.reserve("c1")
            await #expect(throws: Fault(.chargeOutOfRange, "")) { try await database.report("c1", 1, "1") }
            await #expect(throws: Fault(.chargeOutOfRange, "")) { try await database.settle("c1", -1) }
        }
    }

    @Test("The record of operations cannot be changed")
    func appendOnly() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            _ = try await database.reserve("c1")
            await #expect(throws: Fault(.appendOnly, "")) {
                try await database.change { tx throws(Fault) in try tx.execute("UPDATE charging_operations SET charged = 0") }
            }
        }
    }
}
