import Access
import Basics
import Crypto
import Customers
import Foundation
import Notices
import Storage
import StorageTestSupport
import Synchronization
import Testing

@Suite("The outbox, on both engines")
struct DeliveryTests {
    @Test func everyNoticeLeavesOnce() async throws {
        try await withNotices(120) { database, clock in
            let delivery = FakeDelivery()
            let report = try await deliverNotices(by: delivery, on: database, clock: clock)
            #expect(report == DeliveryReport(delivered: 120))
            #expect(Set(delivery.seen).count == 120)
            #expect(delivery.seen.count == 120)
            #expect(try await deliverNotices(by: delivery, on: database, clock: clock) == DeliveryReport())
        }
    }

    @Test func twoWorkersAtOnceDoNotHandOverTwice() async throws {
        try await withNotices(200) { database, clock in
            let delivery = FakeDelivery()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { try await deliverNotices(by: delivery, on: database, clock: clock) } }
                try await group.waitForAll()
            }
            #expect(delivery.seen.count == 200)
            #expect(Set(delivery.seen).count == 200)
        }
    }

    /// 30 s after the first try, 60 s after the second, and so on, never more than six hours; the tenth failure is the last.
    @Test func aFailedOneIsTriedAgainLaterAndAtLastGivenUp() async throws {
        let waits = (1...10).map { nextTry(after: $0, at: noon).map { $0.milliseconds(since: noon) / 1000 } }
        #expect(waits == [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, nil])
        #expect(nextTry(after: 9, at: noon).map { $0.milliseconds(since: noon) } ?? 0 <= 6 * 3_600_000)

        try await withNotices(1) { database, clock in
            let down = FakeDelivery { _ in Fault(.deliveryFailed, "down") }
            #expect(try await deliverNotices(by: down, on: database, clock: clock) == DeliveryReport(postponed: 1))
            clock.advance(milliseconds: 29_999)
            #expect(try await deliverNotices(by: down, on: database, clock: clock) == DeliveryReport())
            clock.advance(milliseconds: 1)
            #expect(try await deliverNotices(by: down, on: database, clock: clock) == DeliveryReport(postponed: 1))
            for _ in 3...9 {
                clock.advance(seconds: 6 * 3600)
                #expect(try await deliverNotices(by: down, on: database, clock: clock) == DeliveryReport(postponed: 1))
            }
            clock.advance(seconds: 6 * 3600)
            #expect(try await deliverNotices(by: down, on: database, clock: clock) == DeliveryReport(givenUp: 1))
            #expect(down.seen.count == 10)
            let counts = try await database.read { tx throws(Fault) in try outboxCounts(in: tx).givenUp }
            #expect(counts == 1)

            let act = try staff([.networkOperations])
            let now = clock.now()
            let retried = try await database.write { tx throws(Fault) in try retryDelivery(by: act, in: tx, at: now) }
            #expect(retried == 1)
            #expect(try await deliverNotices(by: FakeDelivery(), on: database, clock: clock) == DeliveryReport(delivered: 1))
        }
    }

    /// A worker takes a message and dies: after two minutes the next one hands it over.
    @Test func aMessageInTheHandOfADeadWorkerIsNotLost() async throws {
        try await withNotices(1) { database, clock in
            let hanging = Task {
                let never = FakeDelivery { _ in Fault(.deliveryFailed, "cancelled") }
                _ = try await deliverNotices(by: Stuck(inner: never), on: database, clock: clock)
            }
            while try await count("notices_outbox WHERE tries = 1", database) == 0 { await Task.yield() }
            let rescue = FakeDelivery()
            clock.advance(milliseconds: 119_999)
            #expect(try await deliverNotices(by: rescue, on: database, clock: clock) == DeliveryReport())
            clock.advance(milliseconds: 1)
            #expect(try await deliverNotices(by: rescue, on: database, clock: clock) == DeliveryReport(delivered: 1))
            // The first one wakes up: it settles nothing any more.
            hanging.cancel()
            _ = await hanging.result
            #expect(try await count("notices_outbox", database) == 0)
        }
    }

    @Test func withoutADeliveryTheOutboxIsEmptied() async throws {
        try await withNotices(3) { database, clock in
            let report = try await deliverNotices(by: nil, on: database, clock: clock)
            #expect(report == DeliveryReport())
            let (waiting, kept) = (try await count("notices_outbox", database), try await count("notices_notices", database))
            #expect(waiting == 0)
            #expect(kept == 3)
        }
    }

    private func withNotices(_ number: Int, _ body: @Sendable (any Database, MovableClock) async throws -> Void) async throws {
        try await withDatabases(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            try await database.write { tx throws(Fault) in
                for n in 0..<number { try notify(customer, .orderCompleted, ["order": "\(n)"], key: "c:\(n)", in: tx, at: noon) }
            }
            try await body(database, MovableClock(standingAt: noon))
        }
    }
}

/// A delivery that hangs until its task is cancelled.
private struct Stuck: NoticeDelivery {
    let inner: FakeDelivery

    func deliver(_ message: NoticeMessage, at now: Timestamp) async throws(Fault) {
        try? await Task.sleep(for: .seconds(3600))
        try await inner.deliver(message, at: now)
    }

    func deliver(_ message: CodeMessage, at now: Timestamp) async throws(Fault) {}
}

@Suite("Signed webhooks")
struct WebhookTests {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    /// The example of the Standard Webhooks specification.
    @Test func theSignatureIsThatOfStandardWebhooks() throws {
        let key = Array(try #require(Data(base64Encoded: String(secret.dropFirst(6)))))
        let signature = webhookSignature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8), key: key)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func aNoticeIsPostedWithItsIdAndWords() async throws {
        let sender = FakeSender(status: 204)
        let delivery = try WebhookDelivery(url: "https://sms.example/jm", secret: secret, sender: sender) { _ in ("标题", "正文") }
        try await withSQLite(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            try await database.write { tx throws(Fault) in
                _ = try notify(customer, .orderCompleted, ["order": "7"], key: "c", in: tx, at: noon)
            }
            let report = try await deliverNotices(by: delivery, on: database, clock: MovableClock(standingAt: noon))
            #expect(report.delivered == 1)
        }
        let request = try #require(sender.requests.first)
        let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(headers["webhook-timestamp"] == "1790222400")
        let key = Array(try #require(Data(base64Encoded: String(secret.dropFirst(6)))))
        let id = try #require(headers["webhook-id"])
        #expect(headers["webhook-signature"] == webhookSignature(id: id, seconds: 1_790_222_400, body: request.body, key: key))
        let body = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        #expect(body["id"] as? String == id)
        #expect(body["customer"] as? String == "c00000")
        #expect(body["title"] as? String == "标题")
        #expect(body["parameters"] as? [String: String] == ["order": "7"])
    }

    @Test(arguments: [199, 300, 302, 400, 404, 500]) func anyOtherAnswerIsAFailure(_ status: Int) async throws {
        let delivery = try WebhookDelivery(url: "http://127.0.0.1:9/", secret: secret, sender: FakeSender(status: status))
        await #expect(throws: Fault(.deliveryFailed, "")) { try await delivery.deliver(code(), at: noon) }
    }

    @Test(arguments: ["http://sms.example/", "ftp://x/", "https://", "https://a:b@sms.example/", "sms.example", ""])
    func anAddressInTheClearIsRefused(_ url: String) {
        #expect(throws: Fault(.webhookAddress, "")) {
            try WebhookDelivery(url: url, secret: secret, sender: FakeSender(status: 200))
        }
    }

    @Test(arguments: ["", "whsec_", "whsec_YWJj", "not base64 at all, is it", "whsec_" + String(repeating: "A", count: 120)])
    func aWeakSecretIsRefused(_ secret: String) {
        #expect(throws: Fault(.webhookSecret, "")) {
            try WebhookDelivery(url: "https://sms.example/", secret: secret, sender: FakeSender(status: 200))
        }
    }

    private func code(_ code: String = "123456") -> CodeMessage {
        CodeMessage(
            customer: CustomerID(trusted: "c1"), destination: "13800001234", code: code, use: .signing, language: .chinese,
            expiresAt: noon.adding(seconds: 600))
    }
}

final class FakeSender: WebhookSender {
    private let status: Int
    private let seen = Mutex<[WebhookRequest]>([])

    init(status: Int) { self.status = status }

    var requests: [WebhookRequest] { seen.withLock { $0 } }

    func post(_ request: WebhookRequest) async throws(Fault) -> Int {
        seen.withLock { $0.append(request) }
        return status
    }
}
