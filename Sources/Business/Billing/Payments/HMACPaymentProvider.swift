public import Basics
internal import Crypto
internal import Foundation

/// The generic adapter: JSON with an HMAC-SHA-256 signature, as docs/payment-providers.md describes it. A provider with a protocol of its own gets an
/// adapter of its own, or a small bridge that speaks this one.
public struct HMACPaymentProvider: PaymentProvider {
    /// The header that carries time and signatures.
    public static let signatureHeader = "x-jianmian-signature"

    /// The name under which its events come.
    public let name: String
    private let secrets: [[UInt8]]

    /// A provider with the secrets that are good now: the first one signs, each of them verifies, so that a secret can be changed without a gap.
    public init(name: String, secrets: [[UInt8]]) throws(Fault) {
        guard isProviderName(name) else {
            throw Fault(.paymentSecret, "a payment provider's name has 1 to 32 small letters, digits and hyphens")
        }
        guard (1...BillingLimits.secretsPerProvider).contains(secrets.count),
            secrets.allSatisfy({ BillingLimits.secretBytes.contains($0.count) })
        else {
            let bytes = BillingLimits.secretBytes
            throw Fault(
                .paymentSecret,
                "the payment provider \(name) needs 1 to \(BillingLimits.secretsPerProvider) secrets of \(bytes.lowerBound) to \(bytes.upperBound) bytes"
            )
        }
        self.name = name
        self.secrets = secrets
    }

    /// The value of the signature's header for a body that is sent at an instant.
    public func sign(_ body: [UInt8], at now: Timestamp) -> String {
        let seconds = now.milliseconds / 1000
        return "t=\(seconds),v1=\(hexadecimal(Self.code(seconds, body, secrets[0])))"
    }

    /// Checks time and signature, then reads the body.
    public func read(_ body: [UInt8], headers: [String: String], at now: Timestamp) throws(Fault) -> PaymentEvent {
        guard body.count <= BillingLimits.eventBytes else {
            throw Fault(.eventRefused, "an event has at most \(BillingLimits.eventBytes) bytes", ["field": "body"])
        }
        let (seconds, signatures) = try Self.parts(of: headers[Self.signatureHeader])
        // The signature first: what is not signed learns nothing about our clock.
        let isSigned = secrets.contains { secret in
            let code = hexadecimal(Self.code(seconds, body, secret))
            return signatures.contains { Self.isEqual($0, code) }
        }
        guard isSigned else { throw Fault(.signatureRefused, "no signature fits the body, its time and a secret of \(name)") }
        let age = now.milliseconds / 1000 - seconds
        guard abs(age) <= BillingLimits.eventAgeSeconds else {
            throw Fault(
                .signatureStale, "the signature is \(age) s old; at most \(BillingLimits.eventAgeSeconds) s are taken",
                ["maximum": "\(BillingLimits.eventAgeSeconds)"])
        }
        return try event(body)
    }

    private struct Body: Decodable {
        var id: String
        var type: String
        var reference: String
        var amountFen: Int64
        var currency: String
        var paidOn: String?
    }

    private func event(_ bytes: [UInt8]) throws(Fault) -> PaymentEvent {
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(bytes)) else {
            throw Fault(
                .eventRefused,
                "the body is not JSON with id, type, reference, amountFen, currency as docs/payment-providers.md says",
                ["field": "body"])
        }
        guard body.type.hasPrefix("payment."), let kind = PaymentEvent.Kind(rawValue: String(body.type.dropFirst(8))) else {
            throw Fault(.eventRefused, "the type is none of payment.paid, payment.failed, payment.bounced", ["field": "type"])
        }
        guard (1...BillingLimits.highestPayment.fen).contains(body.amountFen) else {
            throw Fault(
                .amountRefused, "an amount is positive, in whole fen and at most the highest",
                ["highest": String(BillingLimits.highestPayment.micros / 1_000_000)])
        }
        var paidOn: BusinessDate?
        if let text = body.paidOn {
            guard let day = BusinessDate(text) else {
                throw Fault(.eventRefused, "paidOn is not a date like 2026-11-23", ["field": "paidOn"])
            }
            paidOn = day
        }
        return PaymentEvent(
            id: body.id, provider: name, kind: kind, reference: body.reference, amount: Money(fen: body.amountFen),
            currency: body.currency, paidOn: paidOn)
    }

    /// Seconds and signatures of `t=…,v1=…[,v1=…]`.
    private static func parts(of header: String?) throws(Fault) -> (Int64, [String]) {
        guard let header, header.utf8.count <= BillingLimits.signatureBytes else {
            throw Fault(.signatureRefused, "the header \(signatureHeader) is missing or too long")
        }
        var (seconds, signatures): (Int64?, [String]) = (nil, [])
        for part in header.split(separator: ",") {
            if part.hasPrefix("t=") { seconds = Int64(part.dropFirst(2)) }
            if part.hasPrefix("v1=") { signatures.append(String(part.dropFirst(3))) }
        }
        // Times further off than any clock are refused before anything is computed with them.
        guard let seconds, (0...BillingLimits.latestSecond).contains(seconds),
            (1...BillingLimits.secretsPerProvider).contains(signatures.count)
        else { throw Fault(.signatureRefused, "the header \(signatureHeader) is not t=SECONDS,v1=HEX") }
        return (seconds, signatures)
    }

    private static func code(_ seconds: Int64, _ body: [UInt8], _ secret: [UInt8]) -> [UInt8] {
        var mac = HMAC<SHA256>(key: SymmetricKey(data: secret))
        mac.update(data: Array("\(seconds).".utf8))
        mac.update(data: body)
        return Array(mac.finalize())
    }

    /// In a time that does not depend on where they differ.
    private static func isEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Small letters, digits and hyphens: it stands in addresses and in ids.
func isProviderName(_ name: String) -> Bool {
    (1...32).contains(name.utf8.count)
        && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
}

/// The providers of a file of secrets: one secret a line, `NAME whsec_BASE64`; several of one name while a secret is changed, the newest first. Empty
/// lines and those that begin with `#` are passed over.
public func paymentProviders(secretFile text: String) throws(Fault) -> [HMACPaymentProvider] {
    var (names, secrets): ([String], [String: [[UInt8]]]) = ([], [:])
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard let name = words.first.map(String.init), !name.hasPrefix("#") else { continue }
        guard words.count == 2, words[1].hasPrefix("whsec_"), let secret = Data(base64Encoded: String(words[1].dropFirst(6)))
        else { throw Fault(.paymentSecret, "line \(index + 1) of the payment secrets is not NAME whsec_BASE64") }
        if secrets[name] == nil { names.append(name) }
        secrets[name, default: []].append(Array(secret))
    }
    guard !names.isEmpty else { throw Fault(.paymentSecret, "the file of payment secrets names no provider") }
    var providers: [HMACPaymentProvider] = []
    for name in names { providers.append(try HMACPaymentProvider(name: name, secrets: secrets[name] ?? [])) }
    return providers
}
