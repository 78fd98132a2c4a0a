import Access
import Agreement
import Basics
import Crypto
import Customers
import Foundation
import Lines
import Orders
import Storage
import Web

/// Somebody on the way to a line, with a browser and a signing key of their own.
struct Newcomer: Sendable {
    let web: TestWeb
    let browser: TestBrowser
    let key = P256.Signing.PrivateKey()

    static let provider = ProviderParty(
        name: "见面通信有限公司", legalRepresentative: "王建国", address: "北京市海淀区中关村大街一号", phone: "01066668888",
        uscc: "91110000600037341L", website: "https://tel.example.cn")
    static let person: [String: JSONValue] = [
        // GB 11643: the check digit of 11010519491231002 is X.
        "legalName": .text("王秀英"), "idKind": .text("resident-id"), "idNumber": .text("11010519491231002X"),
        "birthDate": .text("1949-12-31"), "address": .text("北京市朝阳区建国路一号"), "postcode": .text("100022"),
        "phone": .text("13800138000"), "consent": .bool(true),
    ]
    static let organisation: [String: JSONValue] = [
        "fullName": .text("北京牡丹茶叶有限公司"), "uscc": .text("91110000600037341L"), "legalRepresentative": .text("李伟"),
        "address": .text("北京市西城区西长安街二号"), "postcode": .text("100031"), "phone": .text("01066668888"),
        "contactName": .text("张敏"), "consent": .bool(true),
    ]
    static let order: [String: JSONValue] = [
        "kind": .text("openLine"), "plan": .text("standard"), "creditLimit": .integer(50_000_000),
    ]

    init(_ web: TestWeb, _ name: String, _ number: String, kind: String = "person") async throws {
        self.web = web
        browser = web.browser()
        // A provider who is ready to take customers in.
        try await web.database.write { tx throws(Fault) in
            try ensureStandardCatalogue(in: tx, at: web.clock.now(), zone: .shanghai)
            _ = try ensureFirstVersion(.standard(Self.provider), in: tx, at: web.clock.now())
        }
        let answer = try await browser.send(
            "POST", "/api/v1/register",
            [
                "kind": .text(kind), "name": .text(name), "number": .text(number), "password": .text("a long enough word"),
            ])
        guard answer.status == 201 else { throw Fault(.webDefect, "not registered: \(answer.status) \(answer.body)") }
    }

    /// Looks at an order and confirms what was seen.
    func order(_ id: String, _ asked: [String: JSONValue] = order) async throws -> TestAnswer {
        var body = asked
        body["id"] = .text(id)
        let preview = try await browser.send("POST", "/api/v1/me/orders/preview", body)
        guard preview.status == 200 else { return preview }
        body["seen"] = preview.json["seen"]
        return try await browser.send("POST", "/api/v1/me/orders", body)
    }

    /// The hash of the document on the page to sign.
    func documentHash() async throws -> String {
        let page = try await browser.get("/join/sign").body
        guard let start = page.range(of: "data-hash=\"") else { throw Fault(.webDefect, "no document on the page") }
        return String(page[start.upperBound...].prefix(64))
    }

    /// A challenge for the document on the page.
    func challenge(_ method: String = "key") async throws -> TestAnswer {
        try await browser.send(
            "POST", "/api/v1/me/signing", ["method": .text(method), "documentHash": .text(try await documentHash())])
    }

    /// The answer of a browser that holds the key.
    func proof(_ challenge: TestAnswer) throws -> [String: JSONValue] {
        guard case .text(let message) = challenge.json["message"], let bytes = Data(base64Encoded: message) else {
            throw Fault(.webDefect, "no message to sign")
        }
        let point = key.publicKey.x963Representation
        return [
            "nonce": challenge.json["nonce"] ?? .null,
            "publicKey": .object([
                "kty": .text("EC"), "crv": .text("P-256"), "x": .text(base64url(point[1..<33])),
                "y": .text(base64url(point[33...])),
            ]),
            "signature": .text(try key.signature(for: bytes).rawRepresentation.base64EncodedString()),
        ]
    }

    /// Reads, begins and signs with the key.
    func sign() async throws -> TestAnswer {
        try await browser.send("POST", "/api/v1/me/signature", try proof(try await challenge()))
    }

    /// What `/me/joining` says.
    func progress() async throws -> [String: JSONValue] { try await browser.get("/api/v1/me/joining").json }

    /// Where the check stands.
    func verification() async throws -> Verification {
        try await web.database.read { tx throws(Fault) in
            guard let customer = try web.customer(of: browser, in: tx),
                let found = try Customers.verification(of: customer, in: tx)
            else { throw Fault(.webDefect, "nothing to verify") }
            return found
        }
    }
}

extension TestWeb {
    /// The customer whose session a browser has.
    func customer(of browser: TestBrowser, in tx: any Transaction) throws(Fault) -> CustomerID? {
        guard let pair = browser.cookies.split(separator: "; ").first(where: { $0.hasPrefix("jm_session=") }) else { return nil }
        let signedIn = try authenticate(token: String(pair.dropFirst("jm_session=".count)), in: tx, at: clock.now())
        return try Customers.customer(signingInAs: signedIn.principal, in: tx).id
    }
}

extension TestWeb {
    /// Staff find the data of a newcomer true, by the use case that the console calls.
    func verify(_ newcomer: Newcomer) async throws {
        let found = try await newcomer.verification()
        let act = try Self.act(.customerService)
        try await database.write { tx throws(Fault) in
            _ = try verifyIdentity(found.id, version: found.version, by: act, in: tx, at: clock.now())
        }
    }

    /// Staff ask for a copy of the ID within a week.
    func askEvidence(of newcomer: Newcomer) async throws {
        let found = try await newcomer.verification()
        let act = try Self.act(.customerService)
        try await database.write { tx throws(Fault) in
            _ = try requestEvidence(
                VerificationDecision(found.id, version: found.version, reason: .idCopy), within: 7, by: act, in: tx,
                at: clock.now(), zone: .shanghai)
        }
    }
}
