import Access
import Basics
import Charging
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// Everything that a customer's own pages show about them, read in one transaction.
struct Myself: Encodable, Sendable {
    struct Account: Encodable, Sendable {
        var creditLimit: Int64
        var used: Int64
        var reserved: Int64
        var available: Int64
    }

    struct HoldItem: Encodable, Sendable {
        var id: String
        var kind: String
        var clause: Int?
        var effect: String
        var reason: String
        var remedy: String
        var since: Int64
        /// Where the latest appeal against it stands.
        var appeal: String?
        /// What was answered.
        var answer: String?
        var mayAppeal: Bool
    }

    var name: String
    var number: String
    var language: String
    var account: Account
    var holds: [HoldItem]
    /// Micro-yuan per second, by kind of call.
    var prices: [String: Int64]
    var emergencyNumbers: [String]
    /// The present instant on the service's clock, which the demo moves.
    var now: Int64

    static func read(
        _ signedIn: SignedIn, words: Words, in language: Language, zone: BusinessZone, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) -> Myself {
        let member = try WebParts.member(signedIn, in: tx)
        let summary = try accountSummary(try accountID(member.line), in: tx, at: now, zone: zone)
        var prices: [String: Int64] = [:]
        for kind in CallKind.allCases {
            prices[kind.rawValue] = try price(of: member.line.id, kind: kind, in: tx, at: now).perSecond.micros
        }
        return Myself(
            name: member.customer.name.text, number: member.line.number.digits, language: member.customer.language.rawValue,
            account: Account(
                creditLimit: summary.creditLimit.micros, used: summary.used.micros, reserved: summary.reserved.micros,
                available: summary.available.micros),
            holds: try HoldNotice.read(member.line.id, in: tx).map { HoldItem($0, words, language) },
            prices: prices, emergencyNumbers: EmergencyNumbers.all.map(\.digits), now: now.milliseconds)
    }

    private static func accountID(_ line: Line) throws(Fault) -> AccountID {
        guard let id = AccountID(line.account) else { throw Fault(.webDefect, "line \(line.id) has no account") }
        return id
    }
}

extension Myself.HoldItem {
    init(_ notice: HoldNotice, _ words: Words, _ language: Language) {
        let hold = notice.hold
        self.init(
            id: hold.id.rawValue, kind: hold.kind.rawValue, clause: hold.clause, effect: hold.effect.rawValue,
            reason: words.text(hold.reasonKey, language) ?? hold.reasonKey,
            remedy: words.text(hold.remedyKey, language) ?? hold.remedyKey, since: hold.since.milliseconds,
            appeal: notice.appeal?.state.rawValue, answer: notice.appeal?.answer, mayAppeal: notice.mayAppeal)
    }
}

/// Who one is, what one may spend, and what stands in the way.
struct MeAPI: Sendable {
    let parts: WebParts

    func add(to api: RouterGroup<WebContext>) {
        api.get("me") { request, _ in try JSONBody.response(try await parts.myself(request)) }
        api.patch("me") { request, _ in try await change(request) }
    }

    /// Changes the language in which the customer is spoken to.
    private func change(_ request: Request) async throws -> Response {
        let member = try await parts.member(request)
        var body = try await parts.body(request)
        let asked = try body.text("language", atMost: 8)
        try body.finish()
        guard let language = Language(rawValue: asked) else { throw Fault(.unknownLanguage, "the house speaks zh and en") }
        let now = parts.services.clock.now()
        try await parts.services.database.write { tx throws(Fault) in
            try changeLanguage(of: member.customer.id, to: language, in: tx, at: now)
        }
        return noContent()
    }
}

extension WebParts {
    /// The signed-in customer's own facts, for the API and for pages.
    func myself(_ request: Request) async throws(Fault) -> Myself {
        let signedIn = try await identity.signedIn(request)
        let (words, language, zone, now) = (self.words, Language(of: request), services.zone, services.clock.now())
        return try await services.database.read { tx throws(Fault) in
            try Myself.read(signedIn, words: words, in: language, zone: zone, in: tx, at: now)
        }
    }
}
