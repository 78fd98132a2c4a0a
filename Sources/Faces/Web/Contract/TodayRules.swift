import Agreement
import Basics
import Customers
import Lines

/// Says for each of the eighteen clauses what it means for a customer today.
struct TodayRules {
    typealias Sentence = ClauseToday.Sentence

    let facts: TodayFacts
    let reader: PageReader

    /// All eighteen, in order.
    var clauses: [ClauseToday] {
        (1...18).map { clause in
            ClauseToday(clause: clause, sentences: held(by: clause) + sentences(of: clause))
        }
    }

    private func sentences(of clause: Int) -> [Sentence] {
        switch clause {
        case 1: identity
        case 2: prices
        case 3: licence
        case 4: warranty
        case 5: debt
        case 6: disputes
        case 7: maintenance
        case 9: credit
        case 11: ending
        case 14: [say("today.14.none")]
        case 15: change
        case 16: [say("today.16.rule", ["commission": facts.terms.arbitrationCommission])]
        case 17: signatures
        case 18: interpretations
        default: [say("today.\(clause).rule")]
        }
    }

    /// A hold that rests on the clause comes first: nothing matters more to the reader.
    private func held(by clause: Int) -> [Sentence] {
        facts.held.filter { $0.clause == clause }.map { hold in
            say("today.hold", ["reason": hold.reason, "date": reader.day(hold.since)], .warn)
        }
    }

    private var identity: [Sentence] {
        let toJoin = link("/join", "today.1.toJoin")
        let state: Sentence =
            switch facts.verification {
            case .none: say("today.1.none", tone: .warn, link: toJoin)
            case .submitted: say("today.1.submitted")
            case .evidenceRequested:
                say(
                    "today.1.evidenceRequested", ["date": facts.evidenceDeadline.map(reader.day) ?? "–"], .warn, link: toJoin)
            case .evidenceSubmitted: say("today.1.evidenceSubmitted")
            case .verified: say("today.1.verified", tone: .good)
            case .rejected: say("today.1.rejected", tone: .warn, link: toJoin)
            }
        let toPrivacy = link("/privacy", "today.1.toPrivacy")
        let reads =
            facts.reads == 0
            ? say("today.1.noReads", link: toPrivacy) : say("today.1.reads", ["count": "\(facts.reads)"], link: toPrivacy)
        return [state, reads]
    }

    private var prices: [Sentence] {
        var sentences: [Sentence] = []
        if let prices = facts.prices {
            sentences.append(
                say(
                    "today.2.plan",
                    [
                        "plan": prices.plan, "video": PlainWords.pricePerMinute(prices.video),
                        "audio": PlainWords.pricePerMinute(prices.audio),
                    ], link: link("/services", "today.2.toServices")))
        }
        sentences.append(
            facts.annexes == 0 ? say("today.2.noAnnexes") : say("today.2.annexes", ["count": "\(facts.annexes)"]))
        return sentences
    }

    private var licence: [Sentence] {
        let accepted =
            facts.licence.map { say("today.3.licence", ["version": $0.version, "date": reader.day($0.day)]) }
            ?? say("today.3.noLicence")
        return facts.held.contains { $0.clause == 3 } ? [accepted] : [say("today.3.clear", tone: .good), accepted]
    }

    private var warranty: [Sentence] {
        let years = "\(facts.terms.warrantyYears)"
        guard !facts.terminals.isEmpty else { return [say("today.4.none", ["years": years])] }
        return facts.terminals.map { terminal in
            guard let installed = terminal.installed else {
                return say("today.4.terminal", ["item": terminal.name, "years": years])
            }
            let until = installed.adding(years: Int64(facts.terms.warrantyYears))
            return until >= reader.today
                ? say("today.4.covered", ["item": terminal.name, "date": reader.day(until)], .good)
                : say("today.4.over", ["item": terminal.name, "date": reader.day(until)])
        }
    }

    private var debt: [Sentence] {
        let rate = facts.terms.latePaymentRate.description
        let rule = say(
            "today.5.rule",
            [
                "rate": rate, "suspend": "\(facts.terms.monthsUntilSuspension)",
                "terminate": "\(facts.terms.monthsUntilTermination)",
            ])
        let toMoney = link("/money", "today.5.toMoney")
        guard let debt = facts.debt else { return [say("today.5.clear", tone: .good, link: toMoney), rule] }
        var sentences: [Sentence] = []
        if debt.overdue > .zero {
            sentences.append(say("today.5.overdue", ["amount": debt.overdue.formatted, "rate": rate], .warn, link: toMoney))
        }
        if let due = debt.due, let day = debt.dueDay {
            sentences.append(say("today.5.due", ["amount": due.formatted, "date": reader.day(day)], link: toMoney))
        }
        return (sentences.isEmpty ? [say("today.5.clear", tone: .good, link: toMoney)] : sentences) + [rule]
    }

    private var disputes: [Sentence] {
        let rule = say("today.6.rule", link: link("/money/invoices", "today.6.toInvoices"))
        return facts.openDisputes == 0
            ? [rule]
            : [
                say(
                    "today.6.open", ["count": "\(facts.openDisputes)"], link: link("/money/disputes", "today.6.toDisputes")),
                rule,
            ]
    }

    private var maintenance: [Sentence] {
        let announced = facts.maintenance.map { works in
            say(
                "today.7.window", ["date": reader.day(works.announced), "title": works.title], .warn,
                link: link("/announcements", "today.7.toAnnouncements"))
        }
        return (announced.isEmpty ? [say("today.7.none")] : announced) + [say("today.7.rule")]
    }

    private var credit: [Sentence] {
        guard let usage = facts.usage else { return [] }
        return [
            say(
                "today.9.used",
                ["used": usage.used.formatted, "limit": usage.limit.formatted, "available": usage.available.formatted],
                link: link("/money/limit", "today.9.toLimit"))
        ]
    }

    private var ending: [Sentence] {
        let toEnding = link("/ending", "today.11.toEnding")
        guard let day = facts.endingOn else {
            return [say("today.11.none", ["days": "\(LinesLimits.numberRestDays)"], link: toEnding)]
        }
        return [say("today.11.requested", ["date": reader.day(day)], .warn, link: toEnding)]
    }

    private var change: [Sentence] {
        let sentences = facts.windows.compactMap { window -> Sentence? in
            let toChange = link("/agreement/changes/\(window.version)", "today.15.toChange")
            let version = "\(window.number)"
            switch window.state {
            case .open, .waiting:
                return say("today.15.open", ["version": version, "date": reader.day(window.lastDay)], .warn, link: toChange)
            case .negotiating: return say("today.15.negotiating", ["version": version], link: toChange)
            default: return nil
            }
        }
        return sentences.isEmpty ? [say("today.15.none", ["months": "\(facts.terms.objectionMonths)"])] : sentences
    }

    private var signatures: [Sentence] {
        guard let since = facts.inForceSince else { return [say("today.17.unsigned", tone: .warn)] }
        return [
            say(
                "today.17.signed", ["date": reader.day(since), "fingerprint": String(facts.fingerprint.prefix(9)) + " …"], .good)
        ]
    }

    private var interpretations: [Sentence] {
        facts.interpretations == 0
            ? [say("today.18.none")] : [say("today.18.count", ["count": "\(facts.interpretations)"])]
    }

    private func say(
        _ key: String, _ parameters: [String: String] = [:], _ tone: Sentence.Tone = .plain, link: ClauseToday.Link? = nil
    ) -> Sentence { Sentence(text: reader.text(key, parameters), tone: tone, link: link) }

    private func say(_ key: String, tone: Sentence.Tone, link: ClauseToday.Link? = nil) -> Sentence {
        say(key, [:], tone, link: link)
    }

    private func link(_ href: String, _ key: String) -> ClauseToday.Link { ClauseToday.Link(href: href, words: reader.text(key)) }
}
