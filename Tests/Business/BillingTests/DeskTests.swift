import Access
import Basics
import Billing
import Charging
import Storage
import StorageTestSupport
import Testing

/// What the staff's lists and reports say, on both engines. Household 1 owes December's rent of ¥100 since 15 January 2027 and pays ¥30 on
/// 20 January; household 2 has called for ¥0.05 in December and pays at once.
@Suite("The desk's lists, on both engines", .serialized)
struct DeskTests {
    private static func play(_ scenario: @Sendable (Household, Household) async throws -> Void) async throws {
        try await withDatabases(Household.schema) { database in
            let one = try await Household.open(in: database, "1")
            let two = try await Household.open(in: database, "2")
            try await two.call("c", seconds: 10, "2026-12-05")
            try await one.bill("2026-12", on: "2027-01-01", charges: [Household.rent])
            try await two.bill("2026-12", on: "2027-01-01")
            // Due on 15 January; three days of 3‰ of ¥100 are ¥0.90, so ¥29.10 reach the debt.
            try await one.write("2027-01-18") { tx, now throws(Fault) in
                _ = try climbLadder(one.account, in: tx, at: now, zone: Household.zone)
            }
            try await one.pay("p1", Money(yuan: 30), "2027-01-18")
            try await two.pay("p2", fen(5), "2027-01-18")
            try await scenario(one, two)
        }
    }

    @Test func accountsAreListedByStepWithWhatTheyOwe() async throws {
        try await Self.play { one, two in
            try await one.write("2027-01-18") { tx, now throws(Fault) in
                #expect(try accountsByStep(in: tx) == [.inTime: 1, .overdue: 1])
                let first = try listAccounts(limit: 1, in: tx, at: now, zone: Household.zone)
                #expect(first.accounts.map(\.account) == [one.account] && first.next != nil)
                #expect(first.accounts.first?.owed.total == fen(7_090), "100 + 0.90 − 30")
                #expect(first.accounts.first?.owed.standing.overdueSince == day("2027-01-15"))
                let second = try listAccounts(after: first.next, limit: 1, in: tx, at: now, zone: Household.zone)
                #expect(second.accounts.map(\.account) == [two.account] && second.next == nil)
                let overdue = try listAccounts(on: .overdue, in: tx, at: now, zone: Household.zone)
                #expect(overdue.accounts.map(\.account) == [one.account])
                let found = try accounts(of: [two.customer, one.customer], in: tx, at: now, zone: Household.zone)
                #expect(found.map(\.account) == [two.account, one.account])
                let number = try invoices(of: one.account, in: tx).first?.number ?? ""
                #expect(try accountOfPaper(numbered: number, in: tx, at: now, zone: Household.zone)?.account == one.account)
                #expect(try accountOfPaper(numbered: "ZD-1999-000001", in: tx, at: now, zone: Household.zone) == nil)
            }
            await #expect(throws: Fault(.placeRefused, "")) {
                try await one.write("2027-01-18") { tx, now throws(Fault) in
                    _ = try listAccounts(after: "x", in: tx, at: now, zone: Household.zone)
                }
            }
        }
    }

    @Test func historyHoldsWhatIsNeitherInvoiceNorPayment() async throws {
        try await Self.play { one, _ in
            try await one.write("2027-01-19") { tx, now throws(Fault) in
                let clerk = try StaffAct.clerk()
                try chargeCosts(
                    PaymentID(trusted: "k1"), of: Money(yuan: 5), to: one.account, reason: "letter", by: clerk, in: tx, at: now,
                    zone: Household.zone)
                try declareStillDays(
                    PaymentID(trusted: "s1"), for: one.account,
                    days: DaySpan(from: day("2027-01-16"), through: day("2027-01-17")),
                    evidence: "flood", by: clerk, in: tx, at: now, zone: Household.zone)
                _ = try reversePayment(
                    PaymentID(trusted: "p1"), reason: "bounced", by: clerk, in: tx, at: now, zone: Household.zone)
                let history = try accountHistory(of: one.account, in: tx)
                #expect(Set(history.map(\.kind)) == [.costs, .stillDays, .reversal])
                #expect(history.first { $0.kind == .costs }?.amount == Money(yuan: 5))
                #expect(history.first { $0.kind == .stillDays }?.through == day("2027-01-17"))
                let listed = try payment(PaymentID(trusted: "p1"), in: tx)
                #expect(listed.reversedBecause == "bounced" && listed.customer == one.customer)
            }
        }
    }

    @Test func theBooksAreReadByAccountTransactionAndTime() async throws {
        try await Self.play { one, two in
            try await one.write("2027-01-19") { tx, _ throws(Fault) in
                let zone = Household.zone
                let all = try trialBalance(in: tx, zone: zone)
                #expect(all.reduce(Money.zero) { $0 + $1.balance } == .zero && !all.isEmpty)
                #expect(all.first { $0.code == "cash" }?.balance == fen(3_005))
                #expect(all.first { $0.code == "receivable" }?.isPerCustomer == true)
                let before = try trialBalance(through: day("2027-01-17"), in: tx, zone: zone)
                #expect(before.first { $0.code == "cash" } == nil && before.reduce(Money.zero) { $0 + $1.balance } == .zero)
                var question = LedgerQuestion()
                question.account = "receivable"
                var (seen, next): ([LedgerLine], String?) = ([], nil)
                repeat {
                    let page = try ledgerPage(question, after: next, limit: 2, in: tx, zone: zone)
                    seen += page.lines
                    next = page.next
                } while next != nil
                #expect(seen.reduce(Money.zero) { $0 + $1.entry.amount } == all.first { $0.code == "receivable" }?.balance)
                #expect(Set(seen.map { "\($0.transaction.rawValue)/\($0.position)" }).count == seen.count)
                question = LedgerQuestion()
                question.transaction = LedgerTransactionID("payment:p1")
                let paid = try ledgerPage(question, in: tx, zone: zone).lines
                #expect(paid.reduce(Money.zero) { $0 + $1.entry.amount } == .zero && paid.count >= 2)
                question = LedgerQuestion()
                question.time = .effective
                question.through = day("2026-12-31")
                #expect(try ledgerPage(question, in: tx, zone: zone).lines.allSatisfy { $0.kind == "usage" })
            }
        }
    }

    @Test func reportsSayWhatMonthsBroughtAndWhatIsLate() async throws {
        try await Self.play { one, _ in
            try await one.write("2027-02-20") { tx, _ throws(Fault) in
                let months = try revenueByMonth(
                    from: day("2026-12-01").month, through: day("2027-02-01").month, in: tx, zone: Household.zone)
                #expect(months.map(\.month.description) == ["2026-12", "2027-01", "2027-02"])
                #expect(months[0].earned["rent"] == Money(yuan: 100), "rent with no tax inside")
                #expect(months[0].running == .zero && months[0].invoiced == .zero)
                #expect(months[1].invoiced >= fen(10_005) && months[1].collected == fen(3_005))
                #expect(months[1].penalty == fen(90), "three days of 3‰ of ¥100")
                // ¥70.90 of principal have been late since 15 January: 36 days on 20 February.
                let arrears = try arrearsByAge(on: day("2027-02-20"), in: tx)
                let bands = arrears.bands
                #expect(arrears.notSeen == 0)
                #expect(bands.map(\.fromDay) == [1, 31, 61, 91, 181])
                #expect(bands[1].accounts == 1 && bands[1].principal == fen(7_090) && bands[0].accounts == 0)
                // 33 days of ¥0.2127 are ¥7.0191.
                #expect(bands[1].penalty == fen(702))
                // Both above `in time`, one looked at: the other is said not to have been seen.
                try tx.execute("UPDATE billing_accounts SET step = 'overdue'")
                let some = try arrearsByAge(on: day("2027-02-20"), limit: 1, in: tx)
                #expect(some.notSeen == 1)
            }
        }
    }

    @Test func aRunIsPushedByStaffOnly() async throws {
        try await Self.play { one, _ in
            let month = day("2026-12-01").month
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await one.write("2027-01-19") { tx, now throws(Fault) in
                    _ = try pushBillRun(month, by: .clerk([.auditor]), in: tx, at: now, zone: Household.zone)
                }
            }
            try await one.write("2027-01-19") { tx, now throws(Fault) in
                let run = try pushBillRun(month, by: .clerk(), in: tx, at: now, zone: Household.zone)
                #expect(run.isFinished && run.invoices == 0, "both had their invoice before")
                let listed = try billRuns(in: tx)
                #expect(listed.map(\.run) == [run] && listed.first?.finishedAt == now)
                #expect(try waitingAccounts(of: month, in: tx) == [])
                let there = try previewInvoice(of: one.account, month: month, in: tx, at: now, zone: Household.zone)
                #expect(there?.number.hasPrefix("ZD-2027-") == true)
                let page = try browsePayments(limit: 1, in: tx)
                #expect(page.payments.count == 1 && page.next != nil)
                #expect(try browsePayments(after: page.next, in: tx).payments.count == 1)
                #expect(try browsePayments(reference: "bank", in: tx).payments.count == 2)
                #expect(try browseDisputes(isOpen: true, in: tx).disputes == [])
            }
        }
    }
}
