import Basics
import Billing
import Testing

/// The worked example of docs/payment-providers.md: its signature was computed with Python's hmac module.
@Suite("The generic payment provider") struct HMACPaymentProviderTests {
    static let secret = Array("0123456789abcdef0123456789abcdef".utf8)
    static let body = Array(
        #"{"id":"evt-1","type":"payment.paid","reference":"i1","amountFen":10000,"currency":"CNY","paidOn":"2027-01-10"}"#.utf8)
    static let signature = "t=1799553600,v1=136fcd5821d5f0b340ea547db7906923473473de163f465a9d496d95a9ed070f"
    /// Noon of 10 January 2027 in Shanghai.
    static let noon = Timestamp(milliseconds: 1_799_553_600_000)

    private func provider(_ secrets: [[UInt8]] = [secret]) throws -> HMACPaymentProvider {
        try HMACPaymentProvider(name: "demo", secrets: secrets)
    }

    private func read(
        _ body: [UInt8] = body, _ header: String? = signature, at now: Timestamp = noon, by provider: HMACPaymentProvider
    ) throws(Fault) -> PaymentEvent {
        try provider.read(body, headers: header.map { [HMACPaymentProvider.signatureHeader: $0] } ?? [:], at: now)
    }

    @Test func theWorkedExample() throws {
        let demo = try provider()
        #expect(demo.sign(Self.body, at: Self.noon) == Self.signature)
        let expected = PaymentEvent(
            id: "evt-1", provider: "demo", kind: .paid, reference: "i1", amount: Money(yuan: 100),
            paidOn: BusinessDate("2027-01-10"))
        #expect(try read(by: demo) == expected)
    }

    @Test func forgeriesAreRefused() throws {
        let demo = try provider()
        let other = try provider([Array("another secret of enough bytes".utf8)])
        for index in stride(from: 0, to: Self.body.count, by: 7) {
            var changed = Self.body
            changed[index] ^= 1
            #expect(throws: Fault(.signatureRefused, "")) { try read(changed, by: demo) }
        }
        #expect(throws: Fault(.signatureRefused, "")) { try read(by: other) }
        let mac = Self.signature.dropFirst(17)
        for header in [
            nil, "", "t=1799553600", String(mac), "t=1799553601,v1=\(mac)", "t=x,v1=\(mac)", "t=-1,v1=\(mac)",
            "t=1799553600,v1=", "t=1799553600,v1=\(mac.dropLast())", "t=1799553600,v0=\(mac)",
            "t=9223372036854775807,v1=\(mac)", "t=99999999999999999999,v1=\(mac)", String(repeating: "v1=a,", count: 300),
        ] { #expect(throws: Fault(.signatureRefused, "")) { try read(Self.body, header, by: demo) } }
    }

    /// Five minutes to either side, not a second more.
    @Test func staleSignaturesAreRefused() throws {
        let demo = try provider()
        for seconds: Int64 in [-300, 300] { _ = try read(at: Self.noon.adding(seconds: seconds), by: demo) }
        for seconds: Int64 in [-301, 301, 86_400, -86_400] {
            #expect(throws: Fault(.signatureStale, "")) { try read(at: Self.noon.adding(seconds: seconds), by: demo) }
        }
    }

    /// The new secret signs, the old one is good until it is taken from the list.
    @Test func secretsRotate() throws {
        let fresh = Array("a fresh secret of enough bytes!".utf8)
        let both = try provider([fresh, Self.secret])
        _ = try read(by: both)
        _ = try read(Self.body, both.sign(Self.body, at: Self.noon), by: both)
        #expect(throws: Fault(.signatureRefused, "")) { try read(by: try provider([fresh])) }
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"id":"e","type":"payment.paid","reference":"i","amountFen":"1","currency":"CNY"}"#,
        #"{"id":"e","type":"payment.paid","reference":"i","amountFen":1.5,"currency":"CNY"}"#,
        #"{"id":"e","type":"paid","reference":"i","amountFen":1,"currency":"CNY"}"#,
        #"{"id":"e","type":"payment.stolen","reference":"i","amountFen":1,"currency":"CNY"}"#,
        #"{"id":"e","type":"payment.paid","reference":"i","amountFen":1,"currency":"CNY","paidOn":"10 January"}"#,
        #"{"id":"e","type":"payment.paid","reference":"i","amountFen":99999999999999999999,"currency":"CNY"}"#,
    ]) func whatCannotBeReadIsRefused(text: String) throws {
        let demo = try provider()
        let body = Array(text.utf8)
        #expect(throws: Fault(.eventRefused, "")) { try read(body, demo.sign(body, at: Self.noon), by: demo) }
    }

    @Test(arguments: [0, -1, Int64.min, Int64.max, 10_000_000_001]) func impossibleAmountsAreRefused(fen: Int64) throws {
        let demo = try provider()
        let body = Array(#"{"id":"e","type":"payment.paid","reference":"i","amountFen":\#(fen),"currency":"CNY"}"#.utf8)
        #expect(throws: Fault(.amountRefused, "")) { try read(body, demo.sign(body, at: Self.noon), by: demo) }
    }

    @Test func aLargeBodyIsRefused() throws {
        let demo = try provider()
        let body = [UInt8](repeating: 0x20, count: BillingLimits.eventBytes + 1)
        #expect(throws: Fault(.eventRefused, "")) { try read(body, demo.sign(body, at: Self.noon), by: demo) }
    }

    @Test func secretsComeFromAFile() throws {
        let text = """
            # the newest first
            demo whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=

            union-pay whsec_YSBmcmVzaCBzZWNyZXQgb2YgZW5vdWdoIGJ5dGVzIQ==
            demo whsec_YSBmcmVzaCBzZWNyZXQgb2YgZW5vdWdoIGJ5dGVzIQ==
            """
        let providers = try paymentProviders(secretFile: text)
        #expect(providers.map(\.name) == ["demo", "union-pay"])
        #expect(providers.first?.sign(Self.body, at: Self.noon) == Self.signature)
        for wrong in ["", "demo", "demo whsec_???", "demo whsec_YQ==", "Demo whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
        {
            #expect(throws: Fault(.paymentSecret, "")) { try paymentProviders(secretFile: wrong) }
        }
    }
}
