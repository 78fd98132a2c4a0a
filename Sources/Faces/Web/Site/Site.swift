import Access
import Basics
import Customers
import HTTPTypes
import Hummingbird
import Lines
import Orders
import Storage

/// The pages. They come complete from the server; scripts add what changes while a page is open.
struct Site: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        for page in SitePage.allCases {
            router.get(RouterPath(page.path)) { request, _ in try await answer(page, to: request) }
        }
    }

    private func answer(_ page: SitePage, to request: Request) async throws -> Response {
        var model = base(page, request)
        if page.isPrivate {
            guard let account = try await account(request) else { return signInFirst(page, request) }
            model.merge(account.model) { _, own in own }
        } else if let signedIn = try await parts.identity.signedInIfAny(request) {
            model["signedIn"] = ["session": signedIn.session.id.rawValue]
        }
        if page == .landing { model.merge(try await prices()) { _, own in own } }
        if page == .signIn { model.merge(demo) { _, own in own } }
        return try parts.renderer.page(page.template, model, for: request)
    }

    /// What every page knows.
    private func base(_ page: SitePage, _ request: Request) -> [String: Any] {
        let language = Language(of: request)
        var model: [String: Any] = [:]
        model["page"] = page.rawValue
        model["title"] = parts.words.text(page.titleKey, language) ?? page.titleKey
        model["zh"] = language == .chinese
        model["en"] = language == .english
        model["onPhone"] = page == .phone
        model["onAccount"] = page == .account
        model["onSignIn"] = page == .signIn
        model["onRegister"] = page == .register
        return model
    }

    private func account(_ request: Request) async throws(Fault) -> AccountModel? {
        do throws(Fault) {
            let myself = try await parts.myself(request)
            return AccountModel(myself: myself, language: Language(of: request), words: parts.words, zone: parts.services.zone)
        } catch {
            guard error.code == .signedOut else { throw error }
            return nil
        }
    }

    /// Sends a visitor to sign in, and back afterwards; who was signed in before is told that it has ended.
    private func signInFirst(_ page: SitePage, _ request: Request) -> Response {
        let ended = parts.identity.token(of: request) == nil ? "" : "&ended=1"
        return .redirect(to: "\(SitePage.signIn.path)?next=\(page.path)\(ended)", type: .normal)
    }

    private func prices() async throws -> [String: Any] {
        let published = try await parts.services.database.read { tx throws(Fault) in try publishedPrices(in: tx) }
        let inForce = parts.pricesInForce(published)
        var model: [String: Any] = [:]
        for (kind, key) in [(CallKind.video, "videoPerMinute"), (.audio, "audioPerMinute")] {
            model[key] = inForce[kind].map { PlainWords.pricePerMinute($0.perSecond) } ?? "–"
        }
        return model
    }

    private var demo: [String: Any] {
        let accounts = (parts.configuration.demo?.accounts ?? []).map { account in
            [
                "name": account.name, "number": account.number, "password": account.password,
                "numberGrouped": PhoneNumber(account.number)?.grouped ?? account.number,
            ]
        }
        return ["hasDemo": !accounts.isEmpty, "demoAccounts": accounts]
    }
}
