import Basics
import Billing
import Charging
import Lines
import Orders
import Storage
import Testing
import Web

/// What a customer sees of their money: what is owed and why, invoices, calls, the limit, objections.
@Suite struct MoneyTests {
    private static func member(_ name: String, of value: JSONValue) -> JSONValue? {
        if case .object(let members) = value { members[name] } else { nil }
    }

    @Test func `nobody sees money without signing in, and nobody sees another's invoice`() async throws {
        try await withWeb { web in
            let (owner, stranger) = (
                try await PayingCustomer.open(web, "60000071"), try await PayingCustomer.open(web, "60000072", named: "李伟")
            )
            let number = try await owner.invoiced().number
            for path in ["/money", "/money/invoices", "/money/invoices/\(number)", "/money/calls", "/money/limit"] {
                #expect(try await web.browser().get(path).status == 303)
                #expect(try await owner.browser.get(path).status == 200, "\(path)")
            }
            let own = ["", ".csv", "/document", "/lines/1"]
            for path in own { #expect(try await owner.browser.get("/money/invoices/\(number)\(path)").status == 200) }
            for path in own + [".pdf"] {
                #expect(try await stranger.browser.get("/money/invoices/\(number)\(path)").status == 404)
            }
            for path in ["", ".csv", ".pdf"] {
                #expect(try await stranger.browser.get("/api/v1/me/invoices/\(number)\(path)").status == 404)
                #expect(try await web.browser().get("/api/v1/me/invoices/\(number)\(path)").status == 401)
            }
            for line in ["0", "2", "-1", "x", "99999999999999999999"] {
                #expect(try await owner.browser.get("/money/invoices/\(number)/lines/\(line)").status == 404)
            }
            #expect(try await owner.browser.get("/api/v1/me/invoices?before=nonsense").status == 404)
        }
    }

    /// By hand: 600 s and 300 s at ¥0.005 are ¥3.00 and ¥1.50, together ¥4.50, of which 6/106 or ¥0.25 is tax (0.2547); due on 17 April. On the 27th
    /// ten days at 3‰ are 4.50 × 0.03 = ¥0.135, to the fen half to even ¥0.14; so ¥4.64.
    @Test func `what is owed today is one sum with its reasons`() async throws {
        try await withWeb { web in
            let customer = try await PayingCustomer.open(web, "60000073")
            #expect(try await customer.browser.get("/money?lang=zh").body.contains("今天不用付钱"))
            let number = try await customer.invoiced().number
            let page = try await customer.browser.get("/money?lang=zh").body
            #expect(page.contains("今天应付") && page.contains("¥4.50") && page.contains(number))
            #expect(page.contains("2026年4月18日起，没付的部分每天加收 3‰ 违约金"))
            customer.go(to: "2026-04-27")
            let late = try await customer.browser.get("/money?lang=zh").body
            #expect(late.contains("已过付款日") && late.contains("¥4.64") && late.contains("¥4.50 × 每天 3‰ × 10 天"))
            let api = try await customer.browser.get("/api/v1/me/money").json
            #expect(api["owed"] == .integer(4_640_000) && api["penalty"] == .integer(140_000))
            #expect(api["step"] == .text("overdue"))
            let invoice = try await customer.browser.get("/api/v1/me/invoices/\(number)").json
            #expect(invoice["total"] == .integer(4_500_000) && invoice["state"] == .text("overdue"))
        }
    }

    @Test func `the document has both languages, tax and due date, and no script`() async throws {
        try await withWeb { web in
            let customer = try await PayingCustomer.open(web, "60000074", named: "<b>王&秀英")
            let number = try await customer.invoiced().number
            let answer = try await customer.browser.get("/money/invoices/\(number)/document")
            for part in [number, "视频通话", "Video calls", "2026-04-17", ">0.25<", ">4.25<", ">4.50<", "&lt;b&gt;王&amp;秀英"] {
                #expect(answer.body.contains(part), "\(part)")
            }
            #expect(!answer.body.contains("<script") && !answer.body.contains("<b>"))
            #expect(answer["content-security-policy"]?.contains("default-src 'none'") == true)
            #expect(try await customer.browser.get("/money/invoices/\(number)/document").body == answer.body)
        }
    }

    @Test func `the calls behind an invoice come as CSV and as a list`() async throws {
        try await withWeb { web in
            let customer = try await PayingCustomer.open(web, "60000075")
            let number = try await customer.invoiced().number
            let csv = try await customer.browser.get("/money/invoices/\(number).csv?lang=en")
            #expect(csv["content-type"] == "text/csv; charset=utf-8")
            #expect(
                csv.body.contains(
                    "\(number),1,Video calls,2026-03-09 09:46:40,2026-03-09 09:56:40,60000099,600,0.005,3.00,\r\n"))
            let list = try await customer.browser.get("/money/invoices/\(number)/lines/1").body
            #expect(list.ranges(of: "data-test=\"call\"").count == 2 && list.contains("call=call-a-60000075"))
            let march = try await customer.browser.get("/money/calls?month=2026-03&lang=zh").body
            #expect(march.contains("2026年3月，通话费 ¥4.50") && march.ranges(of: "data-test=\"call\"").count == 2)
            #expect(try await customer.browser.get("/money/calls?lang=zh").body.contains("没有打出的通话"))
            for query in ["month=2026-13", "month=x", "before=x", "before=1_%27"] {
                #expect(try await customer.browser.get("/money/calls?\(query)").status == 400, "\(query)")
            }
            let api = try await customer.browser.get("/api/v1/me/money/calls?month=2026-03").json
            guard case .array(let calls) = api["calls"] else { throw Fault(.webDefect, "no calls") }
            #expect(calls.count == 2)
        }
    }

    /// Answered at 09:46:40 for 100 s, with a connect fee of ¥0.10, 60 free seconds and a cheaper price from 09:48 on. By hand: 20 s at ¥0.005 are
    /// ¥0.10, 20 s at ¥0.002 are ¥0.04, together ¥0.24.
    @Test func `a call rated in parts shows them, on the page, as CSV and for programs`() async throws {
        try await withWeb { web in
            let customer = try await PayingCustomer.open(web, "60000086")
            let morning = TariffWindow(weekdays: Set(1...7), onHolidays: true, untilMinute: 588)
            let (fee, late) = (Money(micros: 100_000), Money(micros: 2_000))
            let terms = TariffTerms(
                rates: [
                    TariffRate(.video, window: morning, perSecond: PayingCustomer.price, connectFee: fee),
                    TariffRate(.video, perSecond: late, connectFee: fee),
                ], allowances: [FreeAllowance(.video, seconds: 60)])
            let versions = [Tariff.Version(from: Timestamp(milliseconds: 0), terms: terms)]
            let tariff = try #require(
                Tariff(plan: Plan.standardID, versions: versions).ofCall(.video, to: "60000099", from: web.clock.now()))
            try await customer.call("call-parts", seconds: 100, at: web.clock.now(), under: tariff)
            let page = try await customer.browser.get("/money/calls?lang=zh").body
            let parts = [
                "接通费", "09:46:40 起 1分0秒，用每月免费的时间", "09:47:40 起 20秒，每分钟 ¥0.30", "09:48:00 起 20秒，每分钟 ¥0.12", "¥0.24",
            ]
            for part in parts { #expect(page.contains(part), "\(part)") }
            #expect(page.ranges(of: "data-test=\"call-parts\"").count == 1)
            let api = try await customer.browser.get("/api/v1/me/money/calls").json
            guard case .array(let calls) = api["calls"], case .object(let call) = calls.first,
                case .array(let told) = call["parts"]
            else {
                throw Fault(.webDefect, "no parts")
            }
            let (amounts, kinds) = (told.map { Self.member("amount", of: $0) }, told.map { Self.member("kind", of: $0) })
            #expect(amounts == [100_000, 0, 100_000, 40_000].map { .integer($0) })
            #expect(kinds == ["connect-fee", "free", "seconds", "seconds"].map { .text($0) })
            // The same behind the invoice; a call at one price says nothing more.
            let number = try await customer.invoiced().number
            let list = try await customer.browser.get("/money/invoices/\(number)/lines/1?lang=en").body
            #expect(list.contains("20 s from 09:48:00 at ¥0.12 a minute"))
            #expect(list.ranges(of: "data-test=\"call-parts\"").count == 1)
            let csv = try await customer.browser.get("/money/invoices/\(number).csv?lang=en").body
            #expect(
                csv.contains("0.24,\"Connection fee ¥0.10; 1 min 0 s from 09:46:40, out of your free minutes ¥0.00; 20 s from"))
        }
    }

    @Test func `the gauge follows the limit that is chosen`() async throws {
        try await withWeb { web in
            let customer = try await PayingCustomer.open(web, "60000076")
            try await customer.call("call-gauge", seconds: 600, at: web.clock.now())
            // ¥3.00 of ¥100.00, then of ¥3.50, then of ¥3.00.
            #expect(try await customer.browser.get("/money").body.contains("data-share=\"3\""))
            for (limit, share, level) in [(3_500_000, 85, "near"), (3_000_000, 100, "full")] {
                let answer = try await customer.browser.send(
                    "PUT", "/api/v1/me/credit-limit", ["limit": .integer(Int64(limit))])
                #expect(answer.status == 200 && answer.json["limit"] == .integer(Int64(limit)))
                let page = try await customer.browser.get("/money/limit").body
                #expect(page.contains("data-share=\"\(share)\"") && page.contains("credit-gauge \(level)"))
            }
            let bad: [JSONValue] = [
                .integer(-1), .integer(.max), .integer(.min), .integer(3_000_001), .number(1.5), .text("3"), .null,
                .integer(2_000_000_000_000),
            ]
            for limit in bad {
                #expect(try await customer.browser.send("PUT", "/api/v1/me/credit-limit", ["limit": limit]).status == 400)
            }
            #expect(try await customer.browser.get("/api/v1/me/credit-limit").json["limit"] == .integer(3_000_000))
        }
    }

    @Test func `an objection is raised once, holds its amount back and is its owner's alone`() async throws {
        try await withWeb { web in
            let (customer, stranger) = (
                try await PayingCustomer.open(web, "60000077"), try await PayingCustomer.open(web, "60000078", named: "李伟")
            )
            let number = try await customer.invoiced().number
            let form = try await customer.browser.get("/money/disputes/new?invoice=\(number)&call=call-a-60000077&lang=zh")
            #expect(form.status == 200 && form.body.contains("¥3.00"))
            let body: [String: JSONValue] = [
                "id": .text("dispute-1"), "invoice": .text(number), "subject": .text("call"), "call": .text("call-a-60000077"),
                "text": .text("=不是我打的<script>"),
            ]
            for _ in 0..<2 { #expect(try await customer.browser.send("POST", "/api/v1/me/disputes", body).status == 201) }
            #expect(try await customer.browser.get("/api/v1/me/money").json["owed"] == .integer(1_500_000))
            let money = try await customer.browser.get("/money?lang=zh").body
            #expect(money.contains("正在核查，先不用付") && money.contains("/money/disputes/dispute-1"))
            let page = try await customer.browser.get("/money/disputes/dispute-1?lang=zh").body
            #expect(page.contains("最迟 2026年4月17日答复") && page.contains("&lt;script&gt;") && page.contains("10分0秒"))
            #expect(try await customer.browser.get("/money/invoices/\(number)?lang=zh").body.contains("核查中"))
            for path in ["/money/disputes/dispute-1", "/api/v1/me/disputes/dispute-1", "/money/disputes/%2e%2e"] {
                #expect(try await stranger.browser.get(path).status == 404)
            }
            #expect(try await stranger.browser.send("POST", "/api/v1/me/disputes", body).status == 404)
        }
    }

    @Test func `an objection that cannot be meant is refused`() async throws {
        try await withWeb { web in
            let customer = try await PayingCustomer.open(web, "60000079")
            let number = try await customer.invoiced().number
            let good: [String: JSONValue] = [
                "id": .text("dispute-2"), "invoice": .text(number), "subject": .text("line"), "line": .integer(1),
                "text": .text("太贵"),
            ]
            let changes: [([String: JSONValue], Int)] = [
                (["line": .integer(2)], 404), (["line": .integer(0)], 400), (["line": .integer(.min)], 400),
                (["amount": .integer(-10_000)], 400), (["amount": .integer(.max)], 400), (["amount": .integer(.min)], 400),
                (["amount": .integer(4_510_000)], 400), (["amount": .integer(1_005_000)], 400), (["amount": .number(1.5)], 400),
                (["text": .text("")], 400), (["text": .text(String(repeating: "长", count: 4_000))], 400),
                (["invoice": .text("ZD-2026-999999")], 404), (["subject": .text("everything")], 400),
                (["subject": .text("penalty"), "line": .null], 400), (["id": .text("../x")], 400), (["extra": .bool(true)], 400),
            ]
            for (change, status) in changes {
                let body = good.merging(change) { _, new in new }
                #expect(try await customer.browser.send("POST", "/api/v1/me/disputes", body).status == status, "\(change)")
            }
            #expect(try await customer.browser.get("/api/v1/me/money").json["owed"] == .integer(4_500_000))
        }
    }
}
