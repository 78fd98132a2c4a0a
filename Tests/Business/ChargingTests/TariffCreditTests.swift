import Basics
import Charging
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

extension Database {
    /// Dials, reserves under a tariff and answers.
    func talk(
        _ call: String, under tariff: CallTariff, at now: Timestamp = noon, answered: Timestamp? = nil, slice: Int64 = 30
    ) async throws(Fault) {
        try await dial(call, at: now)
        _ = try await reserve(call, under: tariff, at: now, slice: slice)
        try await answer(call, at: answered ?? now)
    }

    func reserve(
        _ call: String, under tariff: CallTariff, at now: Timestamp = noon, slice: Int64 = 30
    ) async throws(Fault) -> CreditGrant {
        try await write { tx throws(Fault) in
            try reserveCredit(
                ReserveCreditRequest(
                    operation: OperationID(trusted: "\(call)-reserve"), call: CallID(trusted: call), account: account,
                    tariff: tariff, listPrice: tariff.listPrice(at: now, zone: zone), sliceSeconds: slice), in: tx, at: now,
                zone: zone)
        }
    }

    /// Free seconds: used in the month, and held back for open calls.
    func freeSeconds() async throws(Fault) -> [Int64] {
        try await read { tx throws(Fault) in
            let row = try tx.first("SELECT SUM(used) AS used, SUM(held) AS held FROM charging_allowances")
            return [try row?.optionalInteger("used") ?? 0, try row?.optionalInteger("held") ?? 0]
        }
    }
}

private let minutes = TariffRate(
    .video, perSecond: Money(micros: 5_000), connectFee: Money(micros: 100_000), firstSeconds: 60, nextSeconds: 60)
private let seconds = TariffRate(.video, perSecond: Money(micros: 5_000))

@Suite("Reservations under a tariff, on both engines", .serialized)
struct TariffCreditTests {
    /// Limit ¥1 = 1,000,000. The first slice of 30 s is a minute: 100,000 + 60 × 5,000 = 400,000 held. At 50 s the minute is charged and another
    /// one held (300,000). 1,000,000 − 400,000 − 300,000 = 300,000: one more minute. 65 s cost two minutes: 700,000.
    @Test func minutesAndConnectFee() async throws {
        let tariff = try callTariff([version([minutes])])
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.dial("c1")
            let first = try await database.reserve("c1", under: tariff)
            #expect(first.grantedSeconds == 60)
            #expect(first.reserved == Money(micros: 400_000))
            #expect(try await database.reserve("c1", under: tariff) == first)
            try await database.answer("c1")
            let grant = try await database.report("c1", 50, "op")
            #expect(grant.usedSeconds == 60 && grant.grantedSeconds == 120)
            #expect(grant.charged == Money(micros: 400_000))
            #expect(grant.reserved == Money(micros: 300_000))
            #expect(grant.available == Money(micros: 300_000))
            #expect(try await database.report("c1", 50, "op") == grant)
            let settlement = try await database.settle("c1", 65)
            #expect(settlement.seconds == 120)
            #expect(settlement.cost == Money(micros: 700_000))
            #expect(settlement.parts.map(\.kind) == [.connectFee, .seconds])
            #expect(settlement.months.map(\.cost) == [Money(micros: 700_000)])
            let again = try await database.settle("c1", 65, operation: "other")
            #expect(!again.isNew && again.cost == settlement.cost && again.parts == settlement.parts)
            let summary = try await database.summary()
            #expect(summary.used == Money(micros: 700_000) && summary.reserved == .zero)
            let parts = try await database.read { tx throws(Fault) in
                try ratedParts(of: CallID(trusted: "c1"), in: tx, zone: zone)
            }
            #expect(parts == settlement.parts)
        }
    }

    /// Two calls share 50 free seconds on a limit of ¥0.05 (10 s): the first holds 30 free, the second 20 free and 10 paid, a third nothing.
    /// The first uses 5 s and gives 25 back; a fourth has them.
    @Test func callsAtOnceShareTheAllowance() async throws {
        let tariff = try callTariff([version([seconds], free: 50)])
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(micros: 50_000))
            try await database.talk("c1", under: tariff)
            #expect(try await database.freeSeconds() == [0, 30])
            try await database.talk("c2", under: tariff)
            #expect(try await database.freeSeconds() == [0, 50])
            #expect(try await database.summary().reserved == Money(micros: 50_000))
            await #expect(throws: Fault(.creditExhausted, "")) { try await database.reserve("c3", under: tariff) }
            #expect(try await database.settle("c1", 5).cost == .zero)
            #expect(try await database.freeSeconds() == [5, 20])
            let fourth = try await database.reserve("c4", under: tariff)
            #expect(fourth.grantedSeconds == 25 && fourth.isFinal)
            let second = try await database.settle("c2", 30)
            #expect(second.cost == Money(micros: 50_000))
            #expect(second.parts.map(\.seconds) == [20, 10])
            _ = try await database.settle("c4", nil)
            #expect(try await database.freeSeconds() == [25, 0])
            #expect(try await database.summary().allowances.map(\.usedSeconds) == [25])
        }
    }

    /// Dialled at 21:59:50 at 1,000 a second with ¥0.03 = 30 s; answered at 22:00:05 when a second costs 5,000: only 6 s are granted then,
    /// and 30 s of talk cost no more than the limit.
    @Test func theAnswerRatesAnew() async throws {
        let evening = TariffWindow(weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 1320)
        let tariff = try callTariff([
            version([
                TariffRate(.video, perSecond: Money(micros: 1_000)),
                TariffRate(.video, window: evening, perSecond: Money(micros: 5_000)),
            ])
        ])
        let dialled = try shanghai("2026-11-23", 21, 59, 50)
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(micros: 30_000))
            // Ten seconds at 1,000 and four at 5,000 are 30,000.
            try await database.talk("c1", under: tariff, at: dialled, answered: dialled.adding(seconds: 15))
            let settlement = try await database.settle("c1", 14, at: dialled.adding(seconds: 29))
            #expect(settlement.seconds == 6)
            #expect(settlement.cost == Money(micros: 30_000))
            #expect(try await database.summary(at: dialled).reserved == .zero)
        }
    }

    /// Minutes begun before midnight: 23:59:30 on the last of November, 40 s of talk. The minute has 30 s in November and 30 s in December.
    @Test func aBlockAcrossTheMonthIsSplit() async throws {
        let tariff = try callTariff([
            version([TariffRate(.video, perSecond: Money(micros: 5_000), firstSeconds: 60, nextSeconds: 60)])
        ])
        let answered = zone.end(of: zone.month(of: noon)).adding(seconds: -30)
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.talk("c1", under: tariff, at: answered)
            let settlement = try await database.settle("c1", 20, at: answered.adding(seconds: 20))
            #expect(settlement.months.map(\.cost) == [Money(micros: 150_000), Money(micros: 150_000)])
            #expect(try await database.summary(at: answered).used == Money(micros: 150_000))
            #expect(try await database.summary(at: answered.adding(seconds: 40)).used == Money(micros: 150_000))
        }
    }

    /// A clock that jumps back: the report is of fewer seconds than are charged; nothing is charged twice and nothing returns.
    @Test func aClockThatJumpsBackChargesNothingTwice() async throws {
        let tariff = try callTariff([version([minutes])])
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 10))
            try await database.talk("c1", under: tariff)
            _ = try await database.report("c1", 70, "a")
            let back = try await database.report("c1", 10, "b", at: noon.adding(seconds: -500))
            #expect(back.charged == .zero && back.usedSeconds == 120)
            await #expect(throws: Fault(.chargeOutOfRange, "")) { try await database.report("c1", -1, "c", at: noon) }
            await #expect(throws: Fault(.chargeOutOfRange, "")) { try await database.report("c1", .max, "d", at: noon) }
            #expect(try await database.settle("c1", 3, at: noon.adding(seconds: -900)).seconds == 120)
        }
    }

    /// A prepaid account has no credit: ¥0.10 paid ahead are 20 s. What November leaves counts in December until Billing says otherwise.
    @Test func aPrepaidAccountUsesItsBalanceAndNoMore() async throws {
        let november = zone.month(of: noon)
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: .zero)
            await #expect(throws: Fault(.creditExhausted, "")) { try await database.reserve("c0") }
            try await database.change { tx throws(Fault) in
                try coverUsage(of: account, in: november, paidAhead: Money(micros: 100_000), in: tx)
            }
            try await database.talk("c1")
            #expect(try await database.summary().reserved == Money(micros: 100_000))
            #expect(try await database.settle("c1", 15).cost == Money(micros: 75_000))
            let december = try await database.summary(at: zone.start(of: november.next))
            #expect(december.available == Money(micros: 25_000))
            #expect(december.paidAhead == Money(micros: 25_000))
            try await database.change { tx throws(Fault) in
                try coverUsage(of: account, in: november.next, paidAhead: Money(yuan: 2), in: tx)
            }
            #expect(try await database.summary(at: zone.start(of: november.next)).available == Money(yuan: 2))
        }
    }

    /// 80 % of ¥1 are 160 s: the report at 159 s says nothing, the one at 160 s does, those after it do not; the journal has it once.
    @Test func theCustomerIsToldOnceAMonthThatTheLimitIsNear() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.talk("c1", slice: 300)
            #expect(try await !database.report("c1", 159, "a").isLimitNear)
            let near = try await database.report("c1", 160, "b")
            #expect(near.isLimitNear)
            #expect(try await database.report("c1", 160, "b") == near)
            #expect(try await !database.report("c1", 170, "c").isLimitNear)
            #expect(try await database.summary().isWarned)
            let told = try await database.read { tx throws(Fault) in
                try tx.query("SELECT subject FROM journal WHERE action = 'account.limit-near'").count
            }
            #expect(told == 1)
        }
    }

    /// 32 calls at once, each of up to 90 s, with 200 free seconds and ¥0.50 = 100 paid ones: together 200 free seconds and no more than ¥0.50.
    @Test func callsAtOnceNeverPassLimitOrAllowance() async throws {
        let tariff = try callTariff([
            version([TariffRate(.video, perSecond: Money(micros: 5_000), firstSeconds: 6, nextSeconds: 6)], free: 200)
        ])
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(micros: 500_000))
            let seconds = try await withThrowingTaskGroup(of: Int64.self) { group in
                for index in 0..<32 {
                    group.addTask {
                        let call = "c\(index)"
                        do throws(Fault) { try await database.talk(call, under: tariff, slice: 10) } catch {
                            guard error.code == .creditExhausted else { throw error }
                            return 0
                        }
                        for step in 1...3 { _ = try await database.report(call, Int64(step) * 30, "\(call)-\(step)") }
                        return try await database.settle(call, 90, at: noon.adding(seconds: 90)).seconds
                    }
                }
                return try await group.reduce(0, +)
            }
            let summary = try await database.summary()
            #expect(summary.used <= Money(micros: 500_000) && summary.reserved == .zero)
            let free = try await database.freeSeconds()
            #expect(free[0] <= 200 && free[1] == 0)
            #expect(summary.used == Money(micros: 5_000) * (seconds - free[0]))
        }
    }

    /// Calls of random tariffs that report and settle at random: together never above the limit, what is charged is what the parts say, and
    /// nothing stays held back.
    @Test(arguments: 0..<6)
    func randomCallsKeepTheLimit(seed: Int) async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            var dice = Dice(state: UInt64(seed) &* 31 &+ 5)
            let limit = Money(micros: Int64.random(in: 100_000...3_000_000, using: &dice))
            try await database.open(limit: limit)
            let tariff = try dice.tariff(around: noon, zone)
            var open: [String: Int64] = [:]
            for step in 0..<60 {
                let (call, now) = ("c\(step % 7)-\(step / 21)", noon.adding(seconds: Int64(step)))
                if let used = open[call] {
                    let more = used + Int64.random(in: 0...40, using: &dice)
                    if Bool.random(using: &dice) {
                        _ = try await database.report(call, more, "r\(step)", at: now)
                        open[call] = more
                    } else {
                        _ = try await database.settle(call, more, at: now)
                        open[call] = nil
                    }
                } else if (try? await database.talk(call, under: tariff, at: now)) != nil {
                    open[call] = 0
                }
                let summary = try await database.summary(at: now)
                #expect(summary.used + summary.reserved <= limit)
            }
            for call in open.keys { _ = try await database.settle(call, nil, at: noon.adding(seconds: 60)) }
            #expect(try await database.summary().reserved == .zero)
            #expect(try await database.freeSeconds()[1] == 0)
            let (charged, rated) = try await database.read { tx throws(Fault) in
                (
                    try tx.first("SELECT CAST(COALESCE(SUM(charged), 0) AS BIGINT) AS sum FROM charging_usage")?.integer("sum"),
                    try tx.first("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS sum FROM call_rates")?.integer("sum")
                )
            }
            #expect(charged == rated)
        }
    }
}

/// The page is told what a call costs between two reports: 4 s into the second minute it costs two minutes and the connect fee.
@Test("The watch of a call under a tariff tells whole blocks, and how long the credit lasts")
func watchUnderATariff() throws {
    let tariff = try callTariff([version([minutes])])
    let outlook = CreditOutlook(spent: .zero, months: [:], affordable: 180)
    var watch = CreditWatch(
        answeredAt: noon, tariff: tariff, zone: zone,
        grant: CreditGrant(
            call: CallID(trusted: "c"), grantedSeconds: 120, usedSeconds: 0, charged: .zero, reserved: .zero,
            available: Money(yuan: 1), isFinal: false, outlook: outlook))
    #expect(watch.cost(at: noon) == Money(micros: 400_000))
    #expect(watch.cost(at: noon.adding(seconds: 64)) == Money(micros: 700_000))
    #expect(watch.remainingSeconds(at: noon.adding(seconds: 64)) == 236)
    watch.granted(
        CreditGrant(
            call: CallID(trusted: "c"), grantedSeconds: 180, usedSeconds: 120, charged: Money(micros: 700_000), reserved: .zero,
            available: .zero, isFinal: true, outlook: CreditOutlook(spent: Money(micros: 700_000), months: [:], affordable: 0)),
        at: noon.adding(seconds: 110))
    #expect(watch.cost(at: noon.adding(seconds: 115)) == Money(micros: 700_000))
    #expect(watch.cost(at: noon.adding(seconds: 121)) == Money(micros: 1_000_000))
    #expect(watch.remainingSeconds(at: noon.adding(seconds: 170)) == 10)
    #expect(watch.wake(at: noon.adding(seconds: 180)) == [.cut(.credit)])
}
