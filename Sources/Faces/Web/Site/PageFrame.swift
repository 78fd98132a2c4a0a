import Access
import Basics
import Customers
import HTTPTypes
import Hummingbird
import Lines
import Storage

/// One page: its name (the `data-page` of the document and `on…` of the navigation), its template, its title and whom it is for.
struct PageFrame: Sendable {
    enum Audience: Sendable {
        /// Anybody; who is signed in is greeted.
        case everybody
        /// A signed-in customer, with or without a line.
        case customer
        /// A customer with a line in service; who has none yet is led to joining.
        case line
    }

    let name: String
    let template: String
    /// The key of the title's words.
    let title: String
    let audience: Audience
}

/// Who opens a page.
struct PageReader: Sendable {
    let language: Language
    let words: Words
    let zone: BusinessZone
    let now: Timestamp
    let holder: Holder?

    /// The text of a key in the reader's language; an unknown key shows itself.
    func text(_ key: String, _ parameters: [String: String] = [:]) -> String {
        words.text(key, language, parameters) ?? "⟦\(key)⟧"
    }

    /// 2026年11月23日 or 23 Nov 2026.
    func day(_ date: BusinessDate) -> String { PlainWords.day(date, language) }
    func day(_ instant: Timestamp) -> String { day(zone.date(of: instant)) }
    var today: BusinessDate { zone.date(of: now) }
}

/// A signed-in customer, with the line that their pages are about once there is one.
struct Holder: Sendable {
    let signedIn: SignedIn
    let customer: Customer
    let line: Line?

    static func read(_ signedIn: SignedIn, in tx: any Transaction) throws(Fault) -> Holder {
        let customer = try Customers.customer(signingInAs: signedIn.principal, in: tx)
        return Holder(signedIn: signedIn, customer: customer, line: try Lines.lines(of: customer.id, in: tx).first)
    }
}

extension WebParts {
    /// The customer who sends a request, with or without a line; throws `access.signed-out` when nobody is signed in.
    func holder(_ request: Request) async throws(Fault) -> Holder {
        let signedIn = try await identity.signedIn(request)
        return try await services.database.read { tx throws(Fault) in try Holder.read(signedIn, in: tx) }
    }

    /// The customer who sends a request, nil when nobody is signed in.
    func holderIfAny(_ request: Request) async throws(Fault) -> Holder? {
        guard let signedIn = try await identity.signedInIfAny(request) else { return nil }
        return try await services.database.read { tx throws(Fault) in try Holder.read(signedIn, in: tx) }
    }

    /// Answers with a page: who may not see it is led to where they can go on, everybody else gets the template with the model that
    /// `fill` makes on top of what every page needs.
    func answer(
        _ frame: PageFrame, to request: Request,
        _ fill: (PageReader) async throws -> [String: Any] = { _ in [:] }
    ) async throws -> Response {
        let holder = try await holderIfAny(request)
        if frame.audience != .everybody {
            guard let holder else { return signInFirst(request) }
            if frame.audience == .line, holder.line == nil { return .redirect(to: "/join", type: .normal) }
        }
        let reader = reader(request, holder)
        var model = base(frame, reader)
        model.merge(try await fill(reader)) { _, own in own }
        return try renderer.page(frame.template, model, for: request)
    }

    /// How somebody reads, for pages and for the parts of JSON answers that are meant to be read.
    func reader(_ request: Request, _ holder: Holder?) -> PageReader {
        PageReader(
            language: Language(of: request), words: words, zone: services.zone, now: services.clock.now(), holder: holder)
    }

    /// What head and header of every page need.
    private func base(_ frame: PageFrame, _ reader: PageReader) -> [String: Any] {
        var model: [String: Any] = [
            "page": frame.name, "title": reader.text(frame.title), "zh": reader.language == .chinese,
            "en": reader.language == .english,
            "on": [frame.name: true],
        ]
        guard let holder = reader.holder else { return model }
        let number = holder.line?.number
        model["signedIn"] = [
            "name": holder.customer.name.text, "number": number?.digits ?? "", "numberGrouped": number?.grouped ?? "",
        ]
        model["hasLine"] = number != nil
        return model
    }

    /// Sends a visitor to sign in, and back afterwards; who was signed in before is told that it has ended.
    func signInFirst(_ request: Request) -> Response {
        let ended = identity.token(of: request) == nil ? "" : "&ended=1"
        return .redirect(to: "/sign-in?next=\(request.uri.path)\(ended)", type: .normal)
    }
}
