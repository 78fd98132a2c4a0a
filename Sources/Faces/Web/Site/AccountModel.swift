import Basics
import Customers

/// What the account and the phone page show about a customer's month before any script runs.
struct AccountModel {
    let myself: Myself
    let language: Language
    let words: Words
    let zone: BusinessZone

    /// The gauge turns to its warning colour from this share of the limit on, in percent.
    static let warnFrom: Int64 = 80

    /// Keys of the templates.
    var model: [String: Any] {
        [
            "signedIn": ["name": myself.name, "number": myself.number, "numberGrouped": grouped(myself.number)],
            "moneyLine": text(
                "account.line", ["used": money(myself.account.used), "available": money(myself.account.available)]),
            "gauge": share, "nearLimit": share >= Self.warnFrom, "facts": facts, "holds": myself.holds.map(hold),
            "videoPrice": price("video"), "audioPrice": price("audio"),
        ]
    }

    /// The used share of the limit in whole percent, 0 to 100.
    var share: Int64 {
        let (used, limit) = (max(0, myself.account.used), myself.account.creditLimit)
        guard limit > 0 else { return 0 }
        return used >= limit ? 100 : (used / 100 > limit ? 100 : used * 100 / limit)
    }

    private var facts: [[String: String]] {
        var facts = [fact("account.used", money(myself.account.used))]
        if myself.account.reserved > 0 { facts.append(fact("account.reserved", money(myself.account.reserved))) }
        facts.append(fact("account.limit", money(myself.account.creditLimit)))
        facts.append(fact("account.videoPrice", price("video")))
        facts.append(fact("account.audioPrice", price("audio")))
        return facts
    }

    private func hold(_ hold: Myself.HoldItem) -> [String: Any] {
        let day = PlainWords.day(zone.date(of: Timestamp(milliseconds: hold.since)), language)
        let since =
            hold.clause.map { text("hold.sinceClause", ["date": day, "clause": "\($0)"]) } ?? text("hold.since", ["date": day])
        var model: [String: Any] = [
            "id": hold.id, "reason": hold.reason, "remedy": hold.remedy, "since": since, "mayAppeal": hold.mayAppeal,
        ]
        if let appeal = hold.appeal {
            model["appealLine"] = text("appeal.state.\(appeal)") + (hold.answer.map { " \($0)" } ?? "")
        }
        return model
    }

    private func fact(_ key: String, _ value: String) -> [String: String] { ["name": text(key), "value": value] }

    private func price(_ kind: String) -> String {
        guard let micros = myself.prices[kind] else { return "" }
        return text("account.perMinute", ["price": PlainWords.pricePerMinute(Money(micros: micros))])
    }

    private func money(_ micros: Int64) -> String { Money(micros: micros).formatted }

    private func text(_ key: String, _ parameters: [String: String] = [:]) -> String {
        words.text(key, language, parameters) ?? key
    }

    private func grouped(_ digits: String) -> String { PhoneNumber(digits)?.grouped ?? digits }
}
