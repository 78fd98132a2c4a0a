import Basics
import Billing
import Charging
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Invoices, on both engines", .serialized)
struct InvoiceTests {
    /// 62 s and 100 s of video in December at 5,000 micro-yuan are ¥0.81: net 0.76, tax 0.05 (0.81 × 60 ÷ 1060 = 0.0458…). The rent of ¥100 from the
    /// 10th on is 100 × 22 ÷ 31 = 70.967… = ¥70.97. Due 14 days after 2 January.
    @Test func aMonthFromItsCallsAndRents() async throws {
        try await Household.play { house in
            try await house.call("c1", seconds: 62, "2026-12-05")
            try await house.call("c2", seconds: 100, "2026-12-31")
            try await house.call("c3", seconds: 50, "2027-01-01")
            let rent = InvoiceableCharge.rent(
                id: "r", name: ChargeName(chinese: "月租", english: "Rent"), monthly: Money(yuan: 100), from: day("2026-12-10"))
            let invoice = try #require(try await house.bill("2026-12", on: "2027-01-02", charges: [rent]))
            #expect(invoice.number == "ZD-2027-000001")
            #expect(invoice.due == day("2027-01-16") && invoice.issuedOn == day("2027-01-02"))
            #expect(invoice.lines.map(\.subject) == [.usage(.video), .charge(.rent)])
            #expect(invoice.lines.map(\.quantity) == [2, 22])
            #expect(
                invoice.lines.map(\.amount) == [
                    TaxedAmount(net: fen(76), tax: fen(5)), TaxedAmount(net: fen(6_695), tax: fen(402)),
                ])
            #expect(invoice.total == fen(7_178))
            #expect(invoice.statement.toPay == fen(7_178))
            #expect(
                try await house.booked(.receivable(house.account)) == fen(7_178) + fen(25), "the call of January is not invoiced")
            #expect(try await house.booked(.tax) == fen(-407))
            #expect(try await house.booked(.usageRevenue(.video)) == fen(-76 - 25))
            #expect(try await house.findings() == [])
        }
    }

    /// 5,005 micro-yuan … a call of 1 s costs half a fen: three of them are 1.5 fen, an invoice line of 2, and half a fen of rounding.
    @Test func aLineRoundsOnce() async throws {
        try await Household.play { house in
            for index in 1...3 { try await house.call("c\(index)", seconds: 1, "2026-12-0\(index)") }
            let invoice = try #require(try await house.bill("2026-12", on: "2027-01-02"))
            #expect(invoice.lines.map(\.exact) == [Money(micros: 15_000)] && invoice.total == fen(2))
            #expect(try await house.booked(.rounding) == Money(micros: -5_000))
            #expect(try await house.booked(.receivable(house.account)) == fen(2))
            #expect(try await house.findings() == [])
        }
    }

    @Test func theSameMonthAgainIsTheSameInvoice() async throws {
        try await Household.play { house in
            let first = try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let second = try await house.bill("2026-12", on: "2027-01-09", charges: [Household.rent])
            #expect(first == second && first != nil)
            #expect(try await house.booked(.receivable(house.account)) == Money(yuan: 100))
            let next = try await house.bill("2027-01", on: "2027-02-02", charges: [Household.rent])
            #expect(next?.number == "ZD-2027-000002")
            #expect(next?.statement.broughtForward == Money(yuan: 100))
            #expect(try await house.findings() == [])
        }
    }

    /// 23:59:58 to 00:00:03 over New Year: two seconds in December, three in January; while the call runs December cannot be invoiced.
    @Test func aCallAcrossTheMonthsIsOnBothInvoices() async throws {
        try await Household.play { house in
            let answered = Household.zone.start(of: day("2027-01-01")).adding(seconds: -2)
            try await house.talk("c", seconds: 600, from: answered, to: nil)
            await #expect(throws: Fault(.callsRunning, "")) { try await house.bill("2026-12", on: "2027-01-01") }
            try await house.end("c", seconds: 5, at: answered.adding(seconds: 5))
            let december = try await house.bill("2026-12", on: "2027-01-02")
            let january = try await house.bill("2027-01", on: "2027-02-02")
            #expect(december?.lines.map(\.exact) == [Money(micros: 10_000)])
            #expect(january?.lines.map(\.exact) == [Money(micros: 15_000)])
            #expect(try await house.findings() == [])
        }
    }

    /// A month that was left out is on the next invoice, in a line of its own.
    @Test func aForgottenMonthIsOnTheNextInvoice() async throws {
        try await Household.play { house in
            try await house.call("c1", seconds: 100, "2026-11-20")
            try await house.call("c2", seconds: 200, "2026-12-20")
            let invoice = try #require(try await house.bill("2026-12", on: "2027-01-02"))
            #expect(invoice.lines.map(\.month.description) == ["2026-11", "2026-12"])
            #expect(invoice.lines.map(\.exact) == [fen(50), Money(yuan: 1)])
        }
    }

    @Test func whatIsChargedOnceIsInvoicedOnce() async throws {
        try await Household.play { house in
            let sale = InvoiceableCharge.once(
                id: "order-7", kind: .sale, name: ChargeName(chinese: "终端", english: "Terminal"), amount: Money(yuan: 1_000),
                tax: .goods, on: day("2026-12-20"))
            let first = try await house.bill("2026-12", on: "2027-01-02", charges: [sale, sale])
            #expect(first?.total == Money(yuan: 1_000) && first?.tax == fen(11_504))
            #expect(try await house.bill("2027-01", on: "2027-02-02", charges: [sale]) == nil, "nothing to ask for, no invoice")
            #expect(try await house.booked(.revenue(.sale)) == fen(-88_496))
        }
    }

    /// Rent a month ahead: on the invoice of December stands January's, earned only when January is over.
    @Test func rentAheadIsEarnedInItsMonth() async throws {
        try await Household.play { house in
            let rent = InvoiceableCharge.rent(
                id: "r", name: ChargeName(chinese: "月租", english: "Rent"), monthly: Money(yuan: 31), tax: .none,
                from: day("2027-01-01"), monthsAhead: 1)
            let invoice = try await house.bill("2026-12", on: "2027-01-02", charges: [rent])
            #expect(invoice?.lines.map(\.month.description) == ["2027-01"])
            #expect(try await house.booked(.unearnedRent(house.account)) == Money(yuan: -31))
            #expect(try await house.booked(.revenue(.rent)) == .zero)
            try await house.bill("2027-01", on: "2027-02-02", charges: [rent])
            #expect(try await house.booked(.revenue(.rent)) == Money(yuan: -31))
            #expect(try await house.booked(.unearnedRent(house.account)) == Money(yuan: -31), "February's")
            #expect(try await house.findings() == [])
        }
    }

    @Test func whatCannotBeInvoicedIsRefusedAndNothingIsBooked() async throws {
        try await Household.play { house in
            await #expect(throws: Fault(.monthNotOver, "")) { try await house.bill("2026-12", on: "2026-12-31") }
            let negative = InvoiceableCharge.once(
                id: "x", kind: .service, name: ChargeName(chinese: "安装", english: "Installation"), amount: fen(-1), tax: .none,
                on: day("2026-12-01"))
            await #expect(throws: Fault(.chargeRefused, "")) {
                try await house.bill("2026-12", on: "2027-01-02", charges: [negative])
            }
            let many = Array(repeating: Household.rent, count: BillingLimits.chargesPerInvoice + 1)
            await #expect(throws: Fault(.chargeRefused, "")) { try await house.bill("2026-12", on: "2027-01-02", charges: many) }
            let nobody = BillRequest(account: AccountID(trusted: "nobody"), month: BusinessMonth(of: day("2026-12-01")))
            await #expect(throws: Fault(.noAccount, "")) {
                try await house.write("2027-01-02") { tx, now throws(Fault) in
                    try billMonth(nobody, in: tx, at: now, zone: Household.zone)
                }
            }
            let owed = try await house.booked(.receivable(house.account))
            #expect(owed == .zero)
            // A number that was not used was never taken.
            #expect(try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])?.number == "ZD-2027-000001")
        }
    }

    @Test func verificationNamesAFalsifiedInvoice() async throws {
        try await withLooseInvoices { house in
            try await house.call("c", seconds: 100, "2026-12-05")
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await house.database.write { tx throws(Fault) in
                _ = try tx.execute("UPDATE billing_invoices SET total = total + 1")
            }
            #expect(
                try await house.findings().map { String($0.prefix(26)) } == [
                    "the total and the lines di", "the total and the entries ", "the books and the life of ",
                ])
        }
    }

    /// The triggers that keep invoices from being changed are dropped first: it is the chain of evidence that is tested.
    private func withLooseInvoices(_ body: @Sendable (Household) async throws -> Void) async throws {
        try await Household.play { house in
            await #expect(throws: Fault(.appendOnly, "")) {
                try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
                try await house.database.write { tx throws(Fault) in _ = try tx.execute("DELETE FROM billing_invoices") }
            }
        }
        try await withSQLite { try await body(Household.open(in: $0, "1")) }
    }

    private func withSQLite(_ body: @Sendable (any Database) async throws -> Void) async throws {
        try await StorageTestSupport.withSQLite(Household.schema) { database in
            try await database.write { tx throws(Fault) in
                _ = try tx.execute("DROP TRIGGER billing_invoices_no_update")
            }
            try await body(database)
        }
    }
}
