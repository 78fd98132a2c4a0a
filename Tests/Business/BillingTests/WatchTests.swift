import Access
import Basics
import Billing
import Charging
import Notices
import Storage
import Testing

/// A second costs ¥0.005; the account is open since 1 November 2026.
@Suite("What is watched, on both engines", .serialized)
struct WatchTests {
    /// November, December and January cost ¥9.20 together in 92 days: ¥0.10 an average day, ¥3.06666 an average month. On 10 February a call of
    /// ¥20 is above 5 × ¥0.10 and as high as the least that is abnormal; the month is not: ¥20 are below ¥50. On the 11th ¥30 more make both.
    @Test func aDayAndAMonthAboveFiveTimesTheAverage() async throws {
        try await Household.play { house in
            for (name, seconds, on): (String, Int64, String) in [
                ("nov", 600, "2026-11-10"), ("dec", 640, "2026-12-10"), ("jan", 600, "2027-01-10"), ("fine", 3_999, "2027-02-09"),
            ] { try await house.calls(name, seconds: seconds, on) }
            try await house.watch("2027-02-09")
            #expect(try await house.alarms().isEmpty, "¥19.995 are too little to be abnormal")
            try await house.calls("feb-1", seconds: 4_000, "2027-02-10")
            for _ in 0..<2 { try await house.watch("2027-02-10") }
            let first = try #require(try await house.alarms().first)
            #expect(
                first.kind == .day && first.on == day("2027-02-10") && first.amount == Money(yuan: 20) && first.average == fen(10)
            )
            #expect(try await house.alarms().count == 1)
            try await house.calls("feb-2", seconds: 6_000, "2027-02-11")
            try await house.watch("2027-02-11")
            let all = try await house.alarms()
            #expect(all.map(\.kind) == [.day, .day, .month])
            // 19.995 + 20 + 30.
            #expect(all.last?.amount == Money(micros: 69_995_000) && all.last?.average == Money(micros: 3_066_666))
            #expect(all.last?.on == day("2027-02-01"))
            let told = try await house.database.read { tx throws(Fault) in try listNotices(of: house.customer, in: tx) }
            #expect(told.count { $0.kind == .abnormalFee } == 3)
            // Somebody takes note of one; it leaves the list, and who was first stays named.
            for staff in ["s1", "s2"] {
                let noted = try await house.write("2027-02-12") { tx, now throws(Fault) in
                    try acknowledgeAbnormalFee(
                        first, by: StaffAct(staff: StaffID(trusted: staff), roles: [.billing], purpose: "called"), in: tx, at: now
                    )
                }
                #expect(noted.acknowledgedBy == "staff:s1")
            }
            #expect(try await house.alarms().count == 2)
            #expect(try await house.findings() == [])
        }
    }

    /// Opened on 1 November: in November there is no average; in December it is November's.
    @Test func aYoungAccountHasTheMonthsThatItHas() async throws {
        try await Household.play { house in
            try await house.calls("nov", seconds: 40_000, "2026-11-20")
            try await house.watch("2026-11-20")
            #expect(try await house.alarms().isEmpty, "¥200 in the first month: the credit limit protects")
            // ¥200 in 30 days are ¥6.666666 a day; five times that is ¥33.33333.
            try await house.calls("dec-1", seconds: 6_666, "2026-12-10")
            try await house.watch("2026-12-10")
            #expect(try await house.alarms().isEmpty)
            try await house.call("dec-2", seconds: 1, "2026-12-10")
            try await house.watch("2026-12-10")
            #expect(try await house.alarms().map(\.average) == [Money(micros: 6_666_666)])
        }
    }

    /// Calls that end ten seconds before midnight are looked at five seconds after it, on the day that they belong to.
    @Test func midnightHidesNothing() async throws {
        try await Household.play { house in
            try await house.call("nov", seconds: 600, "2026-11-20")
            let midnight = Household.zone.start(of: day("2026-12-11"))
            for name in ["one", "two"] {
                try await house.talk(
                    name, seconds: 2_500, from: midnight.adding(seconds: -2_510), to: midnight.adding(seconds: -10))
            }
            try await house.watch(at: midnight.adding(seconds: 5))
            #expect(try await house.alarms().map(\.on) == [day("2026-12-10")])
        }
    }

    /// Raised on 1 March, to be answered by the 16th: reminded on the 13th and on the 16th, once each, and not once it is answered.
    @Test func theStaffIsRemindedOfADispute() async throws {
        try await Household.play { house in
            let made = try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let invoice = try #require(made)
            for name in ["d1", "d2"] {
                try await house.write("2027-03-01") { tx, now throws(Fault) in
                    let request = DisputeRequest(
                        id: DisputeID(trusted: name), account: house.account, invoice: invoice.id,
                        subject: name == "d1" ? .line(0) : .penalty, text: "not mine")
                    _ = try raiseDispute(request, by: "customer:c", in: tx, at: now, zone: Household.zone)
                }
            }
            var seen: [String] = []
            for date in ["2027-03-12", "2027-03-13", "2027-03-14", "2027-03-16", "2027-03-17"] {
                for _ in 0..<2 { try await house.watch(date) }
                if date == "2027-03-14" {
                    try await house.write(date) { tx, now throws(Fault) in
                        _ = try decideDispute(
                            DisputeID(trusted: "d2"), .rejected, explanation: "It is right.", by: .clerk(), in: tx, at: now,
                            zone: Household.zone)
                    }
                }
                let reminders = try await house.database.read { tx throws(Fault) in try disputeReminders(in: tx) }
                seen += reminders.map { "\(date) \($0.dispute.id) \($0.daysLeft)" }
            }
            #expect(
                seen == [
                    "2027-03-13 d1 3", "2027-03-13 d2 3", "2027-03-14 d1 3", "2027-03-16 d1 0", "2027-03-17 d1 0",
                ])
        }
    }
}

extension Household {
    /// So many seconds in calls of an hour at most, all to noon of a day.
    func calls(_ name: String, seconds: Int64, _ on: String) async throws {
        var left = seconds
        while left > 0 {
            try await call("\(name)-\(left)", seconds: min(left, 3_600), on)
            left -= 3_600
        }
    }

    /// What the program does every few seconds.
    func watch(_ on: String) async throws(Fault) { try await watch(at: Self.noon(on)) }

    func watch(at now: Timestamp) async throws(Fault) {
        while try await database.write({ tx throws(Fault) in try advanceBilling(in: tx, at: now, zone: Self.zone) }) > 0 {}
    }

    func alarms() async throws(Fault) -> [AbnormalFee] {
        try await database.read { tx throws(Fault) in try abnormalFees(in: tx) }
    }
}
