import Basics
import Billing
import Foundation

/// An objection as its customer follows it: what it is about, how far it is, until when it is answered, what was gathered, what was said.
struct DisputeModel: Sendable {
    let dispute: Dispute
    let invoice: Invoice?
    let reader: PageReader

    /// What was gathered when it was raised, as Billing wrote it.
    private struct Evidence: Decodable {
        struct Call: Decodable {
            var answeredAt: Int64
            var seconds: Int64
            var pricePerSecond: Int64
            var cost: Int64
        }

        var calls: [Call]
    }

    private var tone: String {
        switch dispute.state {
        case .investigating, .escalated: "warn"
        case .upheld, .partly: "good"
        case .rejected: ""
        }
    }

    private var name: String {
        switch dispute.subject {
        case .line(let position):
            guard let lines = invoice?.lines, lines.indices.contains(position) else { return reader.text("money.object.line") }
            return reader.say(lines[position].words)
        case .call:
            guard let call = evidence.first else { return reader.text("money.object.oneCall") }
            return reader.text(
                "money.object.callAt", ["when": reader.moment(Timestamp(milliseconds: call.answeredAt))])
        case .penalty: return reader.text("money.object.penalty")
        }
    }

    /// One line of a list.
    var item: [String: Any] {
        [
            "href": "/money/disputes/\(dispute.id)", "name": name, "amount": dispute.amount.formatted, "tone": tone,
            "state": reader.text("money.dispute.state.\(dispute.state.rawValue)"), "day": reader.day(dispute.raisedOn),
        ]
    }

    var page: [String: Any] {
        var model = item
        model["headline"] = headline
        model["stateName"] = dispute.state.rawValue
        model["text"] = dispute.text
        model["events"] = events
        model["number"] = invoice?.number ?? ""
        model["isOpen"] = dispute.isOpen
        model["isEscalated"] = dispute.state == .escalated
        model["calls"] = calls
        model["hasCalls"] = !calls.isEmpty
        if let explanation = dispute.explanation { model["answer"] = explanation }
        if dispute.credited > .zero {
            model["credited"] = reader.text("money.dispute.credited", ["amount": dispute.credited.formatted])
        }
        return model
    }

    private var headline: String {
        switch dispute.state {
        case .investigating:
            let left = dispute.answerDue.days(since: reader.today)
            return left >= 0
                ? reader.text(
                    "money.dispute.lineOpen", ["date": reader.day(dispute.answerDue), "days": "\(left)"])
                : reader.text("money.dispute.lineLate", ["date": reader.day(dispute.answerDue)])
        default: return reader.text("money.dispute.line.\(dispute.state.rawValue)", ["amount": dispute.credited.formatted])
        }
    }

    private var events: [[String: Any]] {
        var events: [[String: Any]] = []
        if let decided = dispute.decidedOn {
            events.append(event("money.dispute.state.\(dispute.state.rawValue)", decided, "done"))
        } else {
            events.append(event("money.dispute.answerDue", dispute.answerDue, "now"))
        }
        events.append(event("money.dispute.gathered", dispute.raisedOn, "done"))
        events.append(event("money.dispute.raised", dispute.raisedOn, "done"))
        return events
    }

    private func event(_ key: String, _ day: BusinessDate, _ state: String) -> [String: Any] {
        ["name": reader.text(key), "when": reader.day(day), "state": state]
    }

    private var evidence: [Evidence.Call] {
        (try? JSONDecoder().decode(Evidence.self, from: Data(dispute.evidence.utf8)))?.calls ?? []
    }

    private var calls: [[String: Any]] {
        evidence.map { call in
            [
                "when": reader.moment(Timestamp(milliseconds: call.answeredAt)), "time": reader.duration(call.seconds),
                "price": PlainWords.pricePerMinute(Money(micros: call.pricePerSecond)),
                "cost": Money(micros: call.cost).exactlyFormatted,
            ]
        }
    }
}
