import Access
import Basics
import Billing
import Charging
import Storage
import StorageTestSupport
import Testing

/// ¥100 of December, invoiced on 2 January as ZD-2027-000001 and due on the 16th; the line has the number 6000 0001.
@Suite("Bank statements, on both engines", .serialized)
struct BankTests {
    @Test func linesFindTheirAccounts() async throws {
        try await Household.play { house in
            let made = try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let number = try #require(made).number
            let statement = """
                日期,金额,币种,摘要,付款人
                2027-01-10,100.00,CNY,"账单 \(number.filter { $0 != "-" }.lowercased()), 谢谢",王秀英
                2027/01/11,"1,234.50",人民币,货款,某公司
                2027-01-11,7.00,RMB,号码６００００００１,李伟
                2027-01-11,7.00,RMB,号码６００００００１,李伟

                """
            let first = try await house.load(statement, "2027-01-12")
            #expect(first.lines == 4 && first.matched == 1 && first.unmatched == 3 && first.repeated == 0 && first.waiting == 0)
            #expect(try await house.owes("2027-01-12").total == .zero)
            #expect(try await house.booked(.cash) == Money(yuan: 100))
            let paid = try await house.database.read { tx throws(Fault) in try payments(of: house.account, in: tx) }
            #expect(paid.map(\.on) == [day("2027-01-10")] && paid.map(\.method) == [.bank])
            let waiting = try await house.unmatched()
            #expect(waiting.map(\.reason).sorted { ($0 ?? "") < ($1 ?? "") } == ["nobody-named", "other-amount", "other-amount"])
            #expect(
                waiting.allSatisfy { ($0.account == house.account) == ($0.reason == "other-amount") }, "whose it may be is said")
            // The same file again is the same import; a longer statement of the same days repeats its lines.
            #expect(try await house.load(statement, "2027-01-13") == first)
            let longer = statement + "2027-01-13,1.00,CNY,无,无\n"
            let second = try await house.load(longer, "2027-01-13")
            #expect(second.lines == 5 && second.repeated == 4 && second.unmatched == 1)
            #expect(try await house.booked(.cash) == Money(yuan: 100))
            let imports = try await house.database.read { tx throws(Fault) in try bankImports(in: tx) }
            #expect(imports.map(\.id) == [second.id, first.id])
            #expect(try await house.findings() == [])
        }
    }

    @Test func theStaffPlacesWhatDoesNotMatch() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            _ = try await house.load(
                "date,amount,currency,reference,payer\n2027-01-10,60,CNY,thanks,x\n2027-01-11,5,CNY,?,y", "2027-01-12")
            let lines = try await house.unmatched()
            let first = try await house.match(lines[0].id, "2027-01-12")
            #expect(first.isNew && first.payment.on == day("2027-01-10") && first.payment.toPrincipal == Money(yuan: 60))
            #expect(try await !house.match(lines[0].id, "2027-01-13").isNew)
            for _ in 0..<2 { #expect(try await house.setAside(lines[1].id, "interest", "2027-01-13").state == .setAside) }
            await #expect(throws: Fault(.lineSettled, "")) { try await house.setAside(lines[1].id, "other", "2027-01-13") }
            await #expect(throws: Fault(.lineSettled, "")) { try await house.match(lines[1].id, "2027-01-13") }
            await #expect(throws: Fault(.lineSettled, "")) { try await house.setAside(lines[0].id, "interest", "2027-01-13") }
            await #expect(throws: Fault(.noBankLine, "")) { try await house.match(BankLineID(trusted: "none"), "2027-01-13") }
            #expect(try await house.unmatched().isEmpty)
            #expect(try await house.booked(.cash) == Money(yuan: 60))
            #expect(try await house.findings() == [])
        }
    }

    /// Two accounts are named, so it is nobody's.
    @Test func twoNamesAreNone() async throws {
        try await withDatabases(Household.schema) { database in
            let (one, two) = (try await Household.open(in: database, "1"), try await Household.open(in: database, "2"))
            for house in [one, two] { try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent]) }
            let done = try await one.load(
                "date,amount,currency,reference,payer\n2027-01-10,100,CNY,60000001 or ZD-2027-000002,x\n2027-01-10,100,CNY,60000002,x",
                "2027-01-12")
            #expect(done.matched == 1 && done.unmatched == 1)
            #expect(try await one.owes("2027-01-12").total == Money(yuan: 100))
            #expect(try await two.owes("2027-01-12").total == .zero)
        }
    }

    /// 120 lines: fifty are looked at with the import, the others by the clock.
    @Test func theClockMatchesTheRest() async throws {
        try await Household.play { house in
            var statement = "date,amount,currency,reference,payer\n"
            for index in 1...120 { statement += "2027-01-10,\(index),CNY,no name,x\n" }
            let first = try await house.load(statement, "2027-01-12")
            #expect(first.waiting == 70 && first.unmatched == 50)
            while try await house.write(
                "2027-01-12",
                { tx, now throws(Fault) in
                    try advanceBilling(in: tx, at: now, zone: Household.zone)
                }) > 0
            {}
            let after = try await house.database.read { tx throws(Fault) in try bankImport(first.id, in: tx) }
            #expect(after?.waiting == 0 && after?.unmatched == 120)
            var (seen, last): (Int, BankLineID?) = (0, nil)
            repeat {
                let after = last
                let page = try await house.database.read { tx throws(Fault) in
                    try unmatchedBankLines(after: after, limit: 50, in: tx)
                }
                seen += page.count
                last = page.last?.id
            } while last != nil
            #expect(seen == 120)
        }
    }

    /// Lines of before payers were sealed and names keyed are sealed at the start, and known again where their statement comes once more.
    @Test func olderLinesAreSealedAndKnownAgain() async throws {
        try await Household.play { house in
            _ = try await house.write("2027-01-12") { tx, now throws(Fault) in
                // The first 128 bits of SHA-256 of "2027-01-11\n7000000\n货款\n李伟\n1".
                try tx.execute(
                    """
                    INSERT INTO billing_bank_lines (id, origin, position, on_day, amount, reference, payer, state, at)
                    VALUES ('f42cf40e08394ea182aad0380c190dc5', 'old', 2, $1, 7000000, '货款', '李伟', 'unmatched', $2)
                    """, [.integer(20_829), .time(now)])
            }
            #expect(try await house.sealPayers() == 1)
            #expect(try await house.sealPayers() == 0)
            #expect(try await !house.dump().contains("李伟"))
            let again = try await house.load(
                "date,amount,currency,reference,payer\n2027-01-11,7,CNY,货款,李伟\n2027-01-11,7,CNY,货款,李伟", "2027-01-13")
            #expect(again.repeated == 1 && again.lines == 2)
        }
    }

    /// Three years after it was taken in, each line once it does not wait: payers and references are gone, days and amounts and the voucher are not.
    @Test func anOldStatementForgetsItsPayers() async throws {
        try await Household.play { house in
            let made = try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let number = try #require(made).number
            let statement = """
                date,amount,currency,reference,payer
                2027-01-10,100.00,CNY,\(number),王秀英
                2027-01-11,7.00,CNY,货款,李伟
                """
            let taken = try await house.load(statement, "2027-01-12")
            #expect(try await !house.dump().contains("李伟"), "payers are sealed")
            try await house.watch("2030-01-12")
            #expect(try await house.payers(of: taken.id) == ["王秀英", "李伟"], "1,096 days are not over")
            try await house.watch("2030-01-13")
            #expect(try await house.payers(of: taken.id) == ["***", "李伟"], "one waits")
            _ = try await house.setAside(try #require(try await house.unmatched().first).id, "no customer", "2030-01-13")
            try await house.watch("2030-01-13")
            let lines = try await house.lines(of: taken.id)
            #expect(try await house.payers(of: taken.id) == ["***", "***"])
            #expect(lines.map(\.reference) == ["***", "***"])
            #expect(lines.map(\.amount) == [Money(yuan: 100), Money(yuan: 7)] && lines.map(\.state) == [.matched, .setAside])
            let dump = try await house.dump()
            #expect(!dump.contains("王秀英") && !dump.contains("李伟"))
            let paid = try await house.database.read { tx throws(Fault) in try payments(of: house.account, in: tx) }
            #expect(paid.map(\.reference) == [number])
            #expect(try await house.load(statement, "2027-01-14").lines == 2, "it is known again all the same")
            #expect(try await house.findings() == [])
        }
    }

    /// Every wrong line is named, and nothing of the statement is taken.
    @Test func aWrongLineRefusesTheStatement() async throws {
        try await Household.play { house in
            let before = try await house.dump()
            let wrong = """
                date,amount,currency,reference,payer
                2027-01-10,1.00,CNY,fine,x
                2027-02-30,1.00,CNY,no such day,x
                2027-01-13,1.00,CNY,tomorrow,x
                2025-01-01,1.00,CNY,too old,x
                2027-01-10,-1.00,CNY,negative,x
                2027-01-10,0,CNY,nothing,x
                2027-01-10,0.001,CNY,no whole fen,x
                2027-01-10,99999999999999999999,CNY,overflow,x
                2027-01-10,1.00,USD,other currency,x
                2027-01-10,1.00,CNY,"two
                lines",x
                2027-01-10,1.00,CNY,short
                """
            do {
                _ = try await house.load(wrong, "2027-01-12")
                Issue.record("it was taken")
            } catch let fault as Fault {
                #expect(fault == Fault(.linesRefused, ""))
                #expect(
                    fault.parameters["lines"]
                        == "3 (date), 4 (date), 5 (date), 6 (amount), 7 (amount), 8 (amount), 9 (amount), 10 (currency), 11 (reference), 13 (date)"
                )
            }
            for text in [
                "", "date,amount,currency,reference\n", "date,date,amount,currency,reference,payer\n",
                String(repeating: "x", count: BillingLimits.statementBytes + 1),
                "date,amount,currency,reference,payer\n"
                    + String(repeating: "2027-01-10,1,CNY,x,y\n", count: BillingLimits.statementLines + 1),
            ] { await #expect(throws: Fault(.statementRefused, "")) { try await house.load(text, "2027-01-12") } }
            await #expect(throws: Fault(.statementRefused, "")) { try await house.load([0xC3, 0x28], "2027-01-12") }
            for text in [
                "date,amount,currency,reference,payer\n2027-01-10,1,CNY,\"open,x\n",
                "date,amount,currency,reference,payer\n2027-01-10,1,CNY,a\"b\",x\n",
            ] {
                await #expect(throws: Fault(.linesRefused, "")) { try await house.load(text, "2027-01-12") }
            }
            #expect(try await house.dump() == before)
        }
    }
}

extension Household {
    func load(_ text: String, _ on: String) async throws(Fault) -> BankImport { try await load(Array(text.utf8), on) }

    func load(_ csv: [UInt8], _ on: String) async throws(Fault) -> BankImport {
        try await write(on) { tx, now throws(Fault) in
            try importBankStatement(
                csv, name: "statement.csv", by: .clerk(), with: Self.vault, in: tx, at: now, zone: Self.zone)
        }
    }

    /// One for all houses: its keys are its own.
    private static let vault = Vault.ephemeral()

    func payers(of id: BankImportID) async throws(Fault) -> [String] {
        try await lines(of: id).map { line throws(Fault) in try line.payer.name(with: Self.vault) }
    }

    func sealPayers() async throws(Fault) -> Int { try await Billing.sealPayers(in: database, with: Self.vault) }

    func lines(of id: BankImportID) async throws(Fault) -> [BankLine] {
        try await database.read { tx throws(Fault) in try bankLines(of: id, in: tx) }
    }

    func setAside(_ line: BankLineID, _ reason: String, _ on: String) async throws(Fault) -> BankLine {
        try await write(on) { tx, now throws(Fault) in try setAsideBankLine(line, reason: reason, by: .clerk(), in: tx, at: now) }
    }
}
