import Access
import Basics
import Billing
import Charging
import Customers
import Foundation
import Lines
import Storage
import Testing
import Web

/// The staff's money through the API that the pages use.
@Suite struct ConsoleMoneyTests {
    /// A customer who owes February's rent of ¥100 since 24 March, on 3 April 2026: ten days at 3‰ are ¥3.00.
    static func debtor(_ web: TestWeb, _ number: String = "60000061") async throws -> AccountID {
        _ = try await web.customer("秀英", number)
        let billed = web.clock.now()
        let account = try await web.database.write { tx throws(Fault) in
            guard let digits = PhoneNumber(number), let line = try line(numbered: digits, in: tx),
                let month = BusinessMonth("2026-02"), let id = AccountID(line.account)
            else { throw Fault(.webDefect, "the customer has a line") }
            let rent = InvoiceableCharge.rent(
                id: "rent-\(id)", name: ChargeName(chinese: "标准套餐月租", english: "Standard plan"), monthly: Money(yuan: 100),
                tax: .none, from: month.first)
            try billMonth(BillRequest(account: id, month: month, charges: [rent]), in: tx, at: billed, zone: .shanghai)
            return id
        }
        web.clock.advance(seconds: 25 * 86_400)
        let now = web.clock.now()
        try await web.database.write { tx throws(Fault) in _ = try climbLadder(account, in: tx, at: now, zone: .shanghai) }
        return account
    }

    private static func items(_ answer: TestAnswer) -> [[String: JSONValue]] {
        guard case .array(let items) = answer.json["items"] else { return [] }
        return items.compactMap { if case .object(let item) = $0 { item } else { nil } }
    }

    @Test func `an overdue account is found, paid as previewed, and stands in time`() async throws {
        try await withWeb { web in
            let account = try await Self.debtor(web)
            let bill = try await web.staff("bill", .billing)
            let list = try await bill.get("/api/v1/staff/accounts?step=overdue")
            #expect(Self.items(list).map { $0["id"] } == [.text(account.rawValue)])
            #expect(Self.items(list).first?["owed"] == .integer(103_000_000) && list.body.contains("\"step.overdue\":1"))
            #expect(try await bill.get("/api/v1/staff/accounts?step=suspended").body.contains("\"items\":[]"))
            #expect(try await bill.get("/api/v1/staff/accounts?q=%E7%A7%80").body.contains(account.rawValue), "by name")
            let path = "/api/v1/staff/accounts/\(account)/payments"
            var body: [String: JSONValue] = ["amount": .integer(53_000_000), "method": .text("bank"), "id": .text("pay1")]
            let look = try await bill.send("POST", "\(path)/preview", body)
            // ¥3 of penalty first, ¥50 of the rent.
            #expect(look.status == 200 && look.body.contains("¥103.00 → ¥50.00"), "\(look.body)")
            #expect(look.body.contains("\"toPenalty\"") && look.body.contains("¥3.00"))
            #expect(Self.items(try await bill.get("/api/v1/staff/payments")).isEmpty, "a preview keeps nothing")
            #expect(try await bill.send("POST", path, body).status == 400, "without a purpose")
            body["purpose"] = .text("对账单")
            let first = try await bill.send("POST", path, body)
            #expect(first.status == 200 && first.json["isNew"] == .bool(true), "\(first.body)")
            #expect(try await bill.send("POST", path, body).json["isNew"] == .bool(false))
            #expect(
                try await bill.send("POST", path, body.merging(["amount": .integer(1_000_000)]) { $1 }).status == 409,
                "the same id with another amount")
            let rest: [String: JSONValue] = [
                "amount": .integer(50_000_000), "method": .text("cash"), "id": .text("pay2"), "purpose": .text("柜台"),
            ]
            #expect(try await bill.send("POST", path, rest).status == 200)
            let page = try await bill.get("/console/accounts/\(account)").body
            #expect(page.contains("没有欠款") && page.contains("payment.recorded") && page.contains("receivable:"))
            let back = try await bill.send(
                "POST", "/api/v1/staff/payments/pay2/reversal", ["reason": .text("退票"), "purpose": .text("银行退票")])
            #expect(back.json["owed"] == .integer(50_000_000), "\(back.body)")
            #expect(try await bill.get("/console/payments/pay2").body.contains("退票"))
        }
    }

    @Test func `bad money is refused and the books stay`() async throws {
        try await withWeb { web in
            let account = try await Self.debtor(web)
            let bill = try await web.staff("bill", .billing)
            let path = "/api/v1/staff/accounts/\(account)/payments"
            let good: [String: JSONValue] = [
                "amount": .integer(1_000_000), "method": .text("bank"), "id": .text("x"), "purpose": .text("p"),
            ]
            let bad: [[String: JSONValue]] = [
                ["amount": .integer(0)], ["amount": .integer(-1_000_000)], ["amount": .integer(1)], ["amount": .text("12")],
                ["amount": .integer(.max)], ["method": .text("credit")], ["method": .text("shells")], ["id": .text("a b!")],
                ["on": .text("2026-02-30")], ["on": .text("2027-01-01")], ["on": .text("1999-01-01")],
                ["reference": .text(String(repeating: "长", count: 100))], ["surprise": .text("x")],
            ]
            for change in bad {
                let answer = try await bill.send("POST", path, good.merging(change) { $1 })
                #expect((400...409).contains(answer.status), "\(change): \(answer.status)")
            }
            #expect(try await bill.send("POST", "/api/v1/staff/accounts/nobody/payments", good).status == 404)
            #expect(try await bill.get("/api/v1/staff/accounts/nobody").status == 404)
            #expect(try await bill.get("/api/v1/staff/accounts?after=x").status == 400)
            #expect(try await bill.get("/api/v1/staff/ledger?asOf=tomorrow").status == 400)
            #expect(try await bill.get("/api/v1/staff/bill-runs/2026-13").status == 404)
            let early = try await bill.send(
                "POST", "/api/v1/staff/bill-runs", ["month": .text("2026-04"), "purpose": .text("p")])
            #expect(early.status == 409, "the month is not over")
            let odd = try await bill.send("POST", "/api/v1/staff/bill-runs", ["month": .text("April"), "purpose": .text("p")])
            #expect(odd.status == 400 && odd.body.contains("console.month"))
            let owed = try await bill.get("/api/v1/staff/accounts/\(account)")
            #expect(owed.body.contains("\"owed\":103000000"), "nothing has changed")
        }
    }

    @Test func `each role sees and does only its own money`() async throws {
        try await withWeb { web in
            let account = try await Self.debtor(web)
            let service = try await web.staff("service", .customerService)
            let page = try await service.get("/console/accounts/\(account)").body
            #expect(page.contains("¥103.00") && !page.contains("open-accounts.pay"))
            #expect(!page.contains("receivable:"), "the books are not for customer service")
            #expect(try await service.get("/api/v1/staff/ledger").status == 403)
            let payment: [String: JSONValue] = [
                "amount": .integer(1_000_000), "method": .text("bank"), "id": .text("x"), "purpose": .text("p"),
            ]
            let path = "/api/v1/staff/accounts/\(account)/payments"
            for role in [Role.customerService, .auditor, .technician, .legal, .administrator] {
                let staff = try await web.staff("try-\(role.rawValue)", role)
                #expect(try await staff.send("POST", path, payment).status == 403, "\(role)")
                #expect(try await staff.send("POST", "\(path)/preview", payment).status == 403, "\(role)")
            }
            let auditor = try await web.staff("audit", .auditor)
            #expect(try await auditor.get("/api/v1/staff/ledger").status == 200)
            #expect(try await auditor.get("/api/v1/staff/disputes").status == 403)
            let technician = try await web.staff("tech", .technician)
            #expect(try await technician.get("/api/v1/staff/accounts").status == 403)
        }
    }

    @Test func `a month is run twice and invoiced once; an invoice is corrected and written off`() async throws {
        try await withWeb { web in
            let account = try await Self.debtor(web)
            let bill = try await web.staff("bill", .billing)
            let run: [String: JSONValue] = ["month": .text("2026-02"), "purpose": .text("补出")]
            #expect(try await bill.send("POST", "/api/v1/staff/bill-runs", run).status == 200)
            let again = try await bill.send("POST", "/api/v1/staff/bill-runs/2026-02/again", ["purpose": .text("再跑")])
            #expect(again.status == 200, "\(again.body)")
            let progress = try await bill.get("/api/v1/staff/bill-runs/2026-02/progress")
            #expect(progress.json["isDone"] == .bool(true) && progress.json["done"] == .integer(1))
            let papers = Self.items(try await bill.get("/api/v1/staff/invoices"))
            #expect(papers.count == 1)
            guard case .text(let id) = papers.first?["id"] else { return }
            let note: [String: JSONValue] = [
                "line": .integer(1), "amount": .integer(40_000_000), "reason": .text("多收"), "id": .text("n1"),
                "purpose": .text("更正"),
            ]
            let path = "/api/v1/staff/invoices/\(id)/credit-notes"
            #expect(try await bill.send("POST", path, note.merging(["line": .integer(2)]) { $1 }).status == 404)
            #expect(
                try await bill.send("POST", path, note.merging(["amount": .integer(101_000_000)]) { $1 }).status == 409,
                "more than the line")
            #expect(try await bill.send("POST", path, note).status == 200)
            // ¥60 for ten days at 3‰ are ¥1.80.
            #expect(try await bill.get("/api/v1/staff/accounts/\(account)").body.contains("\"owed\":61800000"))
            let off = try await bill.send(
                "POST", "/api/v1/staff/invoices/\(id)/write-off", ["reason": .text("破产"), "purpose": .text("核销")])
            #expect(off.json["isNew"] == .bool(true), "\(off.body)")
            let page = try await bill.get("/console/invoices/\(id)").body
            #expect(page.contains("HZ-2026-") && page.contains("破产"))
            let books = try await bill.get("/api/v1/staff/ledger")
            #expect(books.body.contains("expense:written-off"))
            let balances = Self.items(books).compactMap { if case .integer(let sum) = $0["balance"] { sum } else { nil } }
            #expect(balances.reduce(0, +) == 0 && !balances.isEmpty)
            let entries = try await bill.get("/api/v1/staff/entries?q=receivable")
            #expect(!Self.items(entries).isEmpty)
            let file = try await bill.get("/console/ledger.csv")
            #expect(file.status == 200 && file.body.contains("tax:payable") == false && file.body.contains("receivable"))
            let revenue = try await bill.get("/console/revenue").body
            #expect(revenue.contains("<svg class=\"chart\"") && revenue.contains("¥60.00"), "the rent less the credit note")
        }
    }

    @Test func `a dispute is read with its evidence and decided in part, once`() async throws {
        try await withWeb { web in
            let account = try await Self.debtor(web)
            let now = web.clock.now()
            try await web.database.write { tx throws(Fault) in
                guard let invoice = try invoices(of: account, in: tx).first else { return }
                _ = try raiseDispute(
                    DisputeRequest(
                        id: DisputeID(trusted: "d1"), account: account, invoice: invoice.id, subject: .line(0),
                        text: "我二月没有用"), by: "customer:x", in: tx, at: now, zone: .shanghai)
            }
            let bill = try await web.staff("bill", .billing)
            #expect(try await bill.get("/console").body.contains("data-test=\"queue-disputes\""))
            let list = try await bill.get("/api/v1/staff/disputes")
            #expect(Self.items(list).first?["daysLeft"] == .integer(15))
            let page = try await bill.get("/console/disputes/d1").body
            #expect(page.contains("我二月没有用") && page.contains("还剩 15 天") && page.contains("月租"))
            let path = "/api/v1/staff/disputes/d1/partly"
            let body: [String: JSONValue] = [
                "amount": .integer(20_000_000), "explanation": .text("减免二十元"), "purpose": .text("核对"),
            ]
            let look = try await bill.send("POST", "\(path)/preview", ["amount": .integer(20_000_000)])
            #expect(look.status == 200 && look.body.contains("→"), "\(look.body)")
            #expect(try await bill.send("POST", path, body.merging(["amount": .integer(100_000_000)]) { $1 }).status == 409)
            #expect(try await bill.send("POST", path, body).json["credited"] == .integer(20_000_000))
            #expect(try await bill.send("POST", path, body).status == 409, "decided")
            #expect(try await bill.get("/api/v1/staff/disputes?decided=yes").body.contains("partly"))
        }
    }

    @Test func `a bank statement is taken in once, its unmatched line matched as previewed, another set aside`() async throws {
        try await withWeb { web in
            let account = try await Self.debtor(web)
            let bill = try await web.staff("bill", .billing)
            let csv = """
                date,amount,currency,reference,payer
                2026-04-03,103.00,CNY,thanks,秀英
                2026-04-03,7.00,CNY,refund of a supplier,某公司

                """
            func take(_ text: String, _ query: String = "name=april.csv&purpose=daily") async throws -> TestAnswer {
                try await bill.post(file: text, to: "/api/v1/staff/bank/imports?\(query)")
            }
            let first = try await take(csv)
            #expect(first.status == 200 && first.json["unmatched"] == .integer(2), "\(first.body)")
            #expect(try await take(csv).json["id"] == first.json["id"], "the same file")
            #expect(try await take("date,amount\n1,2\n").status == 400)
            #expect(try await take(csv, "name=x.csv").status == 400, "without a purpose")
            #expect(try await bill.get("/console").body.contains("data-test=\"queue-bank\""))
            let lines = Self.items(try await bill.get("/api/v1/staff/bank"))
            #expect(lines.count == 2)
            guard case .text(let paid)? = lines.first(where: { $0["amount"] == .integer(103_000_000) })?["id"],
                case .text(let other)? = lines.first(where: { $0["amount"] == .integer(7_000_000) })?["id"]
            else { return }
            #expect(try await bill.get("/console/bank/\(paid)").body.contains("认领给 秀英"), "the payer's name suggests the account")
            let path = "/api/v1/staff/bank/\(paid)/match"
            let look = try await bill.send("POST", "\(path)/preview", ["account": .text("60000061")])
            #expect(look.status == 200 && look.body.contains("¥103.00 → ¥0.00"), "\(look.body)")
            let wrong = try await bill.send("POST", path, ["account": .text("nobody"), "purpose": .text("p")])
            #expect(wrong.status == 404, "\(wrong.body)")
            let match = try await bill.send("POST", "\(path)/\(account)", ["purpose": .text("付款人相符")])
            #expect(match.status == 200 && match.json["isNew"] == .bool(true), "\(match.body)")
            let aside = try await bill.send(
                "POST", "/api/v1/staff/bank/\(other)/set-aside", ["reason": .text("供应商退款"), "purpose": .text("核对")])
            #expect(aside.status == 200, "\(aside.body)")
            #expect(Self.items(try await bill.get("/api/v1/staff/bank")).isEmpty)
            #expect(try await bill.get("/console/bank-imports").body.contains("april.csv"))
            #expect(try await bill.get("/api/v1/staff/accounts/\(account)").body.contains("\"owed\":0"))
            let auditor = try await web.staff("audit", .auditor)
            #expect(try await auditor.send("POST", "\(path)/\(account)", ["purpose": .text("p")]).status == 403)
            #expect(try await auditor.get("/api/v1/staff/fees").status == 403)
            #expect(Self.items(try await bill.get("/api/v1/staff/fees")).isEmpty)
            #expect(try await bill.get("/api/v1/staff/fees/x").status == 404)
        }
    }
}
