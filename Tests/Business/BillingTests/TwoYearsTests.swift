import Access
import Basics
import Billing
import Charging
import Lines
import Storage
import Testing

/// Two years of one account, day by day. The rent is ¥106.00 with ¥6.00 of tax inside until June 2027, ¥127.20 with ¥7.20 afterwards, both to the day; a
/// call of 2,120 seconds costs ¥10.60 with ¥0.60 of tax inside. A month is invoiced on the second of the next, due fourteen days later; 3‰ a day.
///
/// `expected` is written by hand: what the books take in on each day on which something happens – kind of transaction, then its entries in fen, without
/// the account's own name. On every other day of the two years nothing may be booked at all.
@Suite("Two years of one account by hand, on both engines", .serialized)
struct TwoYearsTests {
    static let rents = [
        InvoiceableCharge.rent(
            id: "rent-a", name: ChargeName(chinese: "月租", english: "Rent"), monthly: Money(yuan: 106), from: day("2026-12-01"),
            through: day("2027-06-30")),
        InvoiceableCharge.rent(
            id: "rent-b", name: ChargeName(chinese: "新月租", english: "New rent"), monthly: fen(12_720), from: day("2027-07-01"),
            through: day("2028-10-15")),
    ]

    static let oldRent = "invoice: receivable 10600, revenue:rent -10000, tax:payable -600"
    static let newRent = "invoice: receivable 12720, revenue:rent -12000, tax:payable -720"
    static let call = "usage: receivable 1060, revenue:usage:video -1060"
    /// The call is in the books already; the invoice takes its tax out of the revenue.
    static let withCall = "invoice: receivable 10600, revenue:rent -10000, revenue:usage:video 60, tax:payable -660"

    static func paid(_ fen: Int64) -> String { "payment: cash \(fen), receivable -\(fen)" }

    static let expected: [String: [String]] = {
        var days: [String: [String]] = [
            // December: ¥106.00 and a call of ¥10.60; ¥116.60 paid in time.
            "2026-12-10": [call], "2027-01-02": [withCall], "2027-01-10": [paid(11_660)],
            // January, due 16 February. ¥50.00 on the 21st: five days of ¥0.318 are ¥1.59, ¥48.41 reach the debt, ¥57.59 stay. Eight days of ¥0.17277
            // later, on 1 March, all penalty is ¥2.97216, ¥2.97, of which ¥1.59 are paid: ¥1.38 and ¥57.59 are ¥58.97.
            "2027-02-02": [oldRent],
            "2027-02-21": ["payment: cash 5000, receivable -4841, revenue:penalty -159"],
            "2027-03-01": ["payment: cash 5897, receivable -5759, revenue:penalty -138"],
            // February, paid on the last day.
            "2027-03-02": [oldRent], "2027-03-16": [paid(10_600)],
            // March with a call that the customer denies: disputed on 5 April, nothing is booked; the rest is paid; upheld on the 18th.
            "2027-03-20": [call], "2027-04-02": [withCall], "2027-04-16": [paid(10_600)],
            "2027-04-18": ["credit-note: receivable -1060, revenue:usage:video 1000, tax:payable 60"],
            // April, due 16 May; a flood from 10 to 14 May makes it the 21st. Two days of ¥0.318 on the 23rd: ¥0.636, ¥0.64.
            "2027-05-02": [oldRent],
            "2027-05-23": ["payment: cash 10664, receivable -10600, revenue:penalty -64"],
            // May, due 16 June, is paid on the 10th and bounces on the 30th: 14 days of ¥0.318 are ¥4.452, in the books at once. On 1 July 15 days are
            // ¥4.77, ¥0.32 more.
            "2027-06-02": [oldRent], "2027-06-10": [paid(10_600)],
            "2027-06-30": [
                "payment-reversed: cash -10600, receivable 10600", "settlement: receivable 445, revenue:penalty -445",
            ],
            "2027-07-01": ["payment: cash 11077, receivable -11045, revenue:penalty -32"],
            // June, due 16 July, is not paid. July's invoice books what has accrued by then: 17 days of ¥0.318, ¥5.41.
            "2027-07-02": [oldRent],
            "2027-08-02": [newRent, "settlement: receivable 541, revenue:penalty -541"],
            // Suspended on 17 August. On the 25th: June 40 days, ¥12.72; July, due on the 16th, 9 days of ¥0.3816, ¥3.43. ¥10.74 are not booked yet:
            // 12.72 + 3.43 − 5.41. To pay 106.00 + 127.20 + 16.15 = ¥249.35.
            "2027-08-25": ["payment: cash 24935, receivable -23861, revenue:penalty -1074"],
            // August: ¥200.00 on the 10th of September, ¥72.80 are on deposit; September's invoice takes them.
            "2027-09-02": [newRent], "2027-09-10": ["payment: cash 20000, deposit -7280, receivable -12720"],
            "2027-10-02": [newRent, "settlement: deposit 7280, receivable -7280"], "2027-10-10": [paid(5_440)],
            // July 2028: a day of interruption, 127.20 ÷ 31 = ¥4.10, is credited under clause 13.
            "2028-08-05": ["credit: credits:clause-13 410, receivable -410"], "2028-08-10": [paid(12_310)],
            // October 2028, fifteen days: 127.20 × 15 ÷ 31 = ¥61.55 with ¥3.48 of tax; ¥70.00 are paid, ¥8.45 go back.
            "2028-11-02": ["invoice: receivable 6155, revenue:rent -5807, tax:payable -348"],
            "2028-11-05": ["payment: cash 7000, deposit -845, receivable -6155"],
            "2028-11-06": ["refund: cash -845, deposit 845"],
        ]
        // The year between: invoiced on the second, paid on the tenth.
        for month in BusinessMonth(of: day("2027-11-01")).monthNumber...BusinessMonth(of: day("2028-10-01")).monthNumber {
            let month = BusinessMonth(clamping: month)
            days["\(month)-02"] = [newRent]
            if days["\(month)-10"] == nil { days["\(month)-10"] = [paid(12_720)] }
        }
        return days
    }()

    @Test func everyDay() async throws {
        try await Household.play { house in
            var (date, transactions) = (day("2026-12-01"), Int64(0))
            while date <= day("2028-11-06") {
                try await live(date, house)
                try await house.sweep("\(date)")
                let wanted = Self.expected["\(date)"] ?? []
                let count = try await house.transactions()
                if count != transactions || !wanted.isEmpty {
                    #expect(try await house.booked(on: date) == wanted.sorted(), "\(date)")
                    #expect(try await house.findings() == [], "\(date)")
                }
                transactions = count
                date = date.adding(days: 1)
            }
            try await end(house)
        }
    }

    /// What happens on a day, besides the look at the ladder.
    private func live(_ date: BusinessDate, _ house: Household) async throws {
        let text = "\(date)"
        if date.day == 2, date > day("2027-01-01") {
            try await house.bill("\(date.month.previous)", on: text, charges: Self.rents)
        }
        switch text {
        case "2026-12-10", "2027-03-20": try await house.call("c-\(text)", seconds: 2_120, text)
        case "2027-04-05":
            let march = try #require(try await house.latest())
            try await house.dispute("d1", march, .line(0), nil, text)
        case "2027-04-18": try await house.decide("d1", .upheld, text)
        case "2027-05-10":
            try await house.write(text) { tx, now throws(Fault) in
                try declareStillDays(
                    PaymentID(trusted: "flood"), for: house.account, days: days("2027-05-10", "2027-05-14"), evidence: "event:1",
                    by: .clerk(), in: tx, at: now, zone: Household.zone)
            }
        case "2027-06-30": _ = try await house.reverse("p-2027-06-10", text)
        case "2027-08-16": #expect(try await house.holds() == [])
        case "2027-08-18", "2027-08-24": #expect(try await house.holds() == [.arrears])
        case "2027-08-25": #expect(try await house.owes(text).total == fen(24_935))
        case "2028-08-05":
            try await house.write(text) { tx, now throws(Fault) in
                _ = try grantCredit(
                    PaymentID(trusted: "incident-1"), to: house.account, amount: fen(410), clause: 13, evidence: "incident:1",
                    in: tx, at: now, zone: Household.zone)
            }
        case "2028-11-06": _ = try await house.payBack("back", fen(845), text)
        default: break
        }
        guard let cash = Self.cash(on: text) else { return }
        let outcome = try await house.pay("p-\(text)", cash, text)
        #expect(outcome.lifted.map(\.kind) == (text == "2027-08-25" ? [.arrears] : []))
    }

    /// What the customer pays on a day, from the expected books.
    private static func cash(on date: String) -> Money? {
        expected[date]?.first { $0.hasPrefix("payment: ") }.flatMap { text in
            text.split(separator: " ").dropFirst(2).first.flatMap { Int64($0.dropLast()) }.map { fen($0) }
        }
    }

    /// At the end nothing is owed, nothing is kept, and what came in less what went out is what was earned with its tax.
    private func end(_ house: Household) async throws {
        let last = "2028-11-06"
        let bill = try await house.write(last) { tx, now throws(Fault) in
            try makeFinalInvoice(
                of: house.account, ending: "e1", lastDay: day("2028-10-15"), in: tx, at: now, zone: Household.zone)
        }
        #expect(bill.invoice == nil && bill.owed == .zero)
        let owed = try await house.owes(last)
        #expect(owed.total == .zero && owed.deposit == .zero && owed.position.step == .inTime)
        // Rents: 7 × 106.00 + 15 × 127.20 + 61.55 = 2,711.55; one call of two stands, 10.60; penalties 2.97 + 0.64 + 4.77 + 16.15 = 24.53; credit 4.10.
        #expect(try await house.booked(.cash) == fen(271_155 + 1_060 + 2_453 - 410))
        #expect(try await house.booked(.receivable(house.account)) == .zero)
        #expect(try await house.booked(.penaltyIncome(house.account)) == fen(-2_453))
        #expect(try await house.booked(.credits(clause: 13)) == fen(410))
        // Tax: 7 × 6.00 + 15 × 7.20 + 3.48 + 0.60.
        #expect(try await house.booked(.tax) == fen(-15_408))
        let made = try await house.database.read { tx throws(Fault) in try invoices(of: house.account, limit: 100, in: tx) }
        #expect(made.count == 23)
        let numbers = made.map(\.number).sorted()
        #expect(numbers.first == "ZD-2027-000001" && numbers.last == "ZD-2028-000011")
        let june = try #require(made.first { "\($0.month)" == "2027-06" })
        #expect(june.lines.map(\.charge) == ["rent-a"] && june.lines.map(\.quantity) == [30] && june.due == day("2027-07-16"))
        let march = try #require(made.first { "\($0.month)" == "2027-03" })
        #expect(march.lines.map(\.total) == [fen(1_060), fen(10_600)] && march.total == fen(11_660))
        #expect(march.lines.map(\.amount.tax) == [fen(60), fen(600)] && march.lines.map(\.exact) == [fen(1_060), .zero])
        let october = try #require(made.first)
        #expect(october.lines.map(\.through) == [day("2028-10-15")] && october.lines.map(\.quantity) == [15])
        #expect(october.net == fen(5_807) && october.tax == fen(348) && october.total == fen(6_155))
    }
}

extension Household {
    func transactions() async throws(Fault) -> Int64 {
        try await database.read { tx throws(Fault) in
            try tx.first("SELECT COUNT(*) AS number FROM ledger_transactions")?.integer("number") ?? 0
        }
    }

    func latest() async throws(Fault) -> Invoice? {
        try await database.read { tx throws(Fault) in try invoices(of: account, limit: 1, in: tx).first }
    }

    /// What was booked on a day: one text for each transaction, its entries by code, in fen.
    func booked(on date: BusinessDate) async throws -> [String] {
        let (from, until) = (Self.zone.start(of: date), Self.zone.start(of: date.adding(days: 1)))
        return try await database.read { tx throws(Fault) in
            var found: [String: (kind: String, entries: [String])] = [:]
            for row in try tx.query(
                """
                SELECT t.id, t.kind, e.account, e.amount FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
                WHERE t.recorded_at >= $1 AND t.recorded_at < $2
                """, [.time(from), .time(until)])
            {
                let (id, kind) = (try row.text("id"), try row.text("kind"))
                let code = try row.text("account").replacing(":\(account)", with: "")
                found[id, default: (kind, [])].entries.append("\(code) \(try row.money("amount").fen)")
            }
            return found.values.map { "\($0.kind): \($0.entries.sorted().joined(separator: ", "))" }.sorted()
        }
    }
}
