import Basics
import Billing
import Storage
import Testing
import Web

/// What payment providers post, over HTTP: `POST /api/v1/payments/{provider}/events`. Nobody is signed in, no page's token comes along.
@Suite struct PaymentEventsTests {
    /// An event as it is posted; signed now with the secret that is set where nothing else is said.
    private struct Post {
        var id = "evt-1"
        var type = "payment.paid"
        var fen: Int64 = 450
        var currency = "CNY"
        var provider = "demo"
        var contentType = "application/json"
        var signedAgo: Int64 = 0
        var secret: UInt8 = 7
        var filler = ""

        func send(to web: TestWeb) async throws -> TestAnswer {
            let body = """
                {"id":"\(id)","type":"\(type)","reference":"pay-1","amountFen":\(fen),"currency":"\(currency)","note":"\(filler)"}
                """
            let signer = try HMACPaymentProvider(name: "demo", secrets: [Array(repeating: secret, count: 32)])
            let signature = signer.sign(Array(body.utf8), at: web.clock.now().adding(seconds: -signedAgo))
            return try await web.browser().raw(
                "POST", "/api/v1/payments/\(provider)/events",
                headers: ["Content-Type": contentType, HMACPaymentProvider.signatureHeader: signature], body: body)
        }
    }

    /// A customer who owes ¥4.50 and has asked to pay them as `pay-1`.
    private func owing(_ web: TestWeb, _ number: String) async throws -> PayingCustomer {
        let customer = try await PayingCustomer.open(web, number)
        _ = try await customer.invoiced()
        let asked: [String: JSONValue] = ["id": .text("pay-1"), "amount": .integer(4_500_000)]
        #expect(try await customer.browser.send("POST", "/api/v1/me/payments", asked).status == 201)
        return customer
    }

    private func books(_ web: TestWeb) async throws -> [Int64] {
        try await web.database.read { tx throws(Fault) in
            var counts: [Int64] = []
            for table in ["ledger_entries", "billing_receipts", "billing_payment_events", "billing_bank_lines", "journal"] {
                counts.append(try tx.first("SELECT COUNT(*) AS number FROM \(table)")?.integer("number") ?? -1)
            }
            return counts
        }
    }

    @Test func `what is forged, replayed, foreign, too large or no JSON is a problem and leaves the books alone`() async throws {
        try await withWeb(demo: true) { web in
            let customer = try await owing(web, "60000091")
            let before = try await books(web)
            let bad: [(Post, Int, String)] = [
                (Post(secret: 8), 401, "billing.signature-refused"),
                (Post(signedAgo: 301), 401, "billing.signature-stale"),
                (Post(signedAgo: -301), 401, "billing.signature-stale"),
                (Post(currency: "USD"), 400, "billing.currency-refused"),
                (Post(fen: 0), 400, "billing.amount-refused"),
                (Post(fen: -450), 400, "billing.amount-refused"),
                (Post(type: "payment.dreamt"), 400, "billing.event-refused"),
                (Post(type: "payment.bounced"), 404, "billing.no-payment"),
                (Post(provider: "nobody"), 404, "billing.no-provider"),
                (Post(provider: "%2e%2e"), 404, "billing.no-provider"),
                (Post(contentType: "text/plain"), 415, "web.media-type"),
                (Post(contentType: ""), 415, "web.media-type"),
                (Post(filler: String(repeating: "x", count: 16 * 1024)), 413, "web.too-large"),
            ]
            for (post, status, code) in bad {
                let answer = try await post.send(to: web)
                #expect(answer.status == status && answer.json["code"] == .text(code), "\(post): \(answer.status) \(answer.body)")
                #expect(answer["Content-Type"]?.hasPrefix("application/problem+json") == true, "\(post)")
            }
            let signed = try await web.browser().raw(
                "POST", "/api/v1/payments/demo/events", headers: ["Content-Type": "application/json"], body: "{}")
            #expect(signed.status == 401, "no signature at all")
            #expect(try await books(web) == before)
            #expect(try await customer.browser.get("/api/v1/me/money").json["owed"] == .integer(4_500_000))
        }
    }

    @Test func `a thousand times the same event, twenty at a time, is one payment; its bounce is taken once`() async throws {
        try await withWeb(demo: true) { web in
            let customer = try await owing(web, "60000092")
            let first = try await Post().send(to: web)
            #expect(first.status == 200 && first.json["result"] == .text("recorded") && first.json["repeated"] == .bool(false))
            let after = try await books(web)
            try await withThrowingTaskGroup(of: [TestAnswer].self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        var answers: [TestAnswer] = []
                        for _ in 0..<50 { answers.append(try await Post().send(to: web)) }
                        return answers
                    }
                }
                for try await answers in group {
                    for answer in answers {
                        #expect(answer.status == 200 && answer.json["result"] == .text("recorded"))
                        #expect(answer.json["repeated"] == .bool(true))
                    }
                }
            }
            #expect(try await books(web) == after)
            let other = try await Post(fen: 451).send(to: web)
            #expect(other.status == 409 && other.json["code"] == .text("billing.repeated-differently"))
            #expect(try await customer.browser.get("/api/v1/me/money").json["owed"] == .integer(0))
            for isRepeat in [false, true] {
                let bounce = try await Post(id: "evt-2", type: "payment.bounced").send(to: web)
                #expect(bounce.json["result"] == .text("reversed") && bounce.json["repeated"] == .bool(isRepeat))
            }
            #expect(try await customer.browser.get("/api/v1/me/money").json["owed"] == .integer(4_500_000))
            let report = try await web.database.read { tx throws(Fault) in try verifyLedger(in: tx) }
            #expect(report.findings == [])
        }
    }
}
