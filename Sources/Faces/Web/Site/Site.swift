import Basics
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// The pages. They come complete from the server; scripts add what changes while a page is open.
struct Site: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("/") { request, _ in
            try await parts.answer(.landing, to: request) { _ in try await prices() }
        }
        router.get("sign-in") { request, _ in try await parts.answer(.signIn, to: request) { _ in demo } }
        for frame in [PageFrame.phone, .account] {
            router.get(RouterPath("/" + frame.name)) { request, _ in
                try await parts.answer(frame, to: request) { reader in try await account(request, reader) }
            }
        }
    }

    private func account(_ request: Request, _ reader: PageReader) async throws(Fault) -> [String: Any] {
        let myself = try await parts.myself(request)
        return AccountModel(myself: myself, language: reader.language, words: reader.words, zone: reader.zone).model
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

extension PageFrame {
    static let landing = PageFrame(name: "landing", template: "landing", title: "title.landing", audience: .everybody)
    static let signIn = PageFrame(name: "sign-in", template: "sign-in", title: "title.signIn", audience: .everybody)
    static let phone = PageFrame(name: "phone", template: "phone", title: "title.phone", audience: .line)
    static let account = PageFrame(name: "account", template: "account", title: "title.account", audience: .line)
}
