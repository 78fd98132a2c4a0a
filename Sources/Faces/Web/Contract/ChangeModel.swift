import Access
import Agreement
import Basics
import Customers

/// What `contract/change` shows.
struct ChangeModel {
    let dossier: ChangeDossier
    let reader: PageReader

    private var number: String { "\(dossier.version.number)" }

    var model: [String: Any] {
        let mayAnswer = dossier.window?.mayAnswer == true
        var model: [String: Any] = [
            "version": dossier.version.id.rawValue, "headline": headline, "lead": lead, "state": state, "facts": facts,
            "mayAnswer": mayAnswer, "freshID": ObjectionID.random().rawValue, "hasDifferences": !dossier.differences.isEmpty,
            "differences": dossier.differences.map(difference), "differenceLead": differenceLead,
            "acceptWhat": reader.text("contract.acceptWhat", ["version": number]),
        ]
        if let objection = dossier.objection { model["thread"] = thread(objection) }
        return model
    }

    /// A word for tests and scripts.
    private var state: String {
        switch dossier.window?.state {
        case .open: "open"
        case .waiting: "waiting"
        case .negotiating: "negotiating"
        case .binding: "binding"
        case .settled: "settled"
        case .superseded: "superseded"
        case .closed: "closed"
        case nil: "none"
        }
    }

    private var headline: String {
        switch dossier.window?.state {
        case .open:
            return reader.text(
                "contract.changeOpen", ["version": number, "date": dossier.window.map { reader.day($0.lastDay) } ?? ""])
        case .waiting: return reader.text("contract.changeWaiting", ["version": number])
        case .negotiating: return reader.text("contract.changeNegotiating", ["version": number])
        case .binding(let since, _):
            return reader.text("contract.changeBinding", ["version": number, "date": reader.day(since)])
        case .settled(.end, _): return reader.text("contract.changeEnds", ["version": number])
        case .settled: return reader.text("contract.changeKept", ["version": number])
        case .superseded: return reader.text("contract.changePast", ["version": number])
        case .closed: return reader.text("contract.changeClosed", ["version": number])
        case nil: return reader.text("contract.changeNone", ["version": number])
        }
    }

    private var lead: String {
        if case .binding(_, let because) = dossier.window?.state {
            return reader.text(because == .acceptance ? "contract.leadAcceptance" : "contract.leadSilence")
        }
        if dossier.isSigned { return reader.text("contract.leadSignature") }
        return words(dossier.version.summary)
    }

    private var facts: [[String: String]] {
        var facts: [(String, String)] = []
        if let published = dossier.version.publishedAt { facts.append(("contract.windowOpens", reader.day(published))) }
        if let window = dossier.window {
            facts.append(("contract.windowLast", reader.day(window.lastDay)))
            if window.state == .open {
                let left = window.lastDay.days(since: reader.today)
                facts.append(
                    (
                        "contract.windowLeft",
                        left == 0 ? reader.text("contract.windowToday") : reader.text("contract.windowDays", ["count": "\(left)"])
                    ))
            }
            if window.mayAnswer, let binds = window.silenceBindsFrom {
                facts.append(("contract.windowSilence", reader.day(binds)))
            }
        }
        return facts.map { ["name": reader.text($0.0), "value": $0.1] }
    }

    // MARK: Negotiation

    private func thread(_ objection: Objection) -> [String: Any] {
        var lead = reader.text("contract.threadOpen")
        if let settledAt = objection.settledAt, let outcome = objection.outcome {
            lead = reader.text(
                "contract.threadSettled",
                ["date": reader.day(settledAt), "outcome": reader.text("contract.outcome.\(outcome.rawValue)")])
        }
        var thread: [String: Any] = [
            "threadLead": lead, "isOpen": objection.isOpen, "messages": dossier.messages.map(message),
        ]
        if objection.isOpen, let proposed = objection.proposed {
            thread["proposal"] = [
                "outcome": proposed.rawValue, "text": reader.text("contract.proposed.\(proposed.rawValue)"),
            ]
        }
        return thread
    }

    private func message(_ message: NegotiationMessage) -> [String: Any] {
        let isOwn = message.author == .customer
        return [
            "side": isOwn ? "own" : "",
            "who": isOwn
                ? reader.text("contract.you")
                : message.staff.flatMap { dossier.staff[$0] }.map(who) ?? reader.text("contract.provider"),
            "at": reader.moment(message.at), "paragraphs": [["text": message.words]],
        ]
    }

    /// A member of the staff as customers are told: what they do and their surname, nothing by which somebody could be found.
    private func who(_ staff: Staff) -> String {
        let role = staff.roles.filter { $0.permissions.contains(.negotiateObjections) }.min { $0.rawValue < $1.rawValue }
        let work = role.map { reader.text("contract.role.\($0.rawValue)") } ?? reader.text("contract.provider")
        return reader.text("contract.staffName", ["role": work, "name": surname(staff.name)])
    }

    /// The first character of a Chinese name, else the last word.
    private func surname(_ name: String) -> String {
        guard let first = name.unicodeScalars.first, first.properties.isIdeographic else {
            return name.split(separator: " ").last.map(String.init) ?? name
        }
        return String(first)
    }

    // MARK: Difference

    private var differenceLead: String {
        dossier.base.map { reader.text("contract.differenceLead", ["version": "\($0.number)"]) } ?? ""
    }

    private func difference(_ difference: ClauseDifference) -> [String: Any] {
        let runs = reader.language == .chinese ? difference.zh : difference.en
        return [
            "title": title(difference), "hasRuns": true,
            "runs": shortened(runs).map { run in
                ["text": run.text, run.kind.rawValue: true] as [String: Any]
            },
        ]
    }

    private func title(_ difference: ClauseDifference) -> String {
        switch difference.clause {
        case 0: reader.text("contract.part.preamble")
        case 1...clauseCount:
            "\(reader.text("contract.clauseNumber", ["number": "\(difference.clause)"])) \(words(difference.title))"
        default: reader.text("contract.part.closing")
        }
    }

    /// What stays the same is shown in so far as it is needed to understand what does not.
    private func shortened(_ runs: [DifferenceRun]) -> [(kind: DifferenceRun.Kind, text: String)] {
        runs.enumerated().map { index, run in
            guard run.kind == .same, run.text.count > 2 * Self.context else { return (run.kind, run.text) }
            let head = index == 0 ? "" : String(run.text.prefix(Self.context))
            let tail = index == runs.count - 1 ? "" : String(run.text.suffix(Self.context))
            return (run.kind, "\(head) … \(tail)")
        }
    }

    /// Characters of unchanged text beside a change.
    private static let context = 60

    private func words(_ wording: Wording) -> String { reader.language == .chinese ? wording.zh : wording.en }
}
