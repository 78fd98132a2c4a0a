internal import Basics
internal import Foundation
internal import Storage

/// What an entry of the journal is to be told as: to the customer whom its subject belongs to.
struct EventNotice: Equatable {
    let kind: NoticeKind
    var parameters: [String: String] = [:]
    /// The event's name; what is told under it once is not told again.
    let key: String
    /// Parameters that the subject itself gives (the number of an order), filled in by whoever finds it.
    var fromSubject: String?
}

/// An event that everybody is told of, by a job.
struct EventBroadcast: Equatable {
    let kind: NoticeKind
    let parameters: [String: String]
    let key: String
}

/// The notice that an entry asks for; nil for most. Nobody is told what they did themselves a moment ago, but for what they will want to
/// look up later.
func eventNotice(_ entry: JournalEntry, id: Int64, zone: BusinessZone) -> EventNotice? {
    let after = EventState(entry.after)
    let before = EventState(entry.before)
    switch entry.action {
    case "identity.evidence-requested":
        guard let deadline = after["deadline"].flatMap({ Int64($0) }) else { return nil }
        let day = zone.date(of: Timestamp(milliseconds: deadline))
        return EventNotice(kind: .identityEvidenceRequested, parameters: ["deadline": "\(day)"], key: "identity:\(id)")
    case "identity.verified": return EventNotice(kind: .identityVerified, key: "identity:\(id)")
    case "identity.rejected", "identity.evidence-overdue":
        return EventNotice(kind: .identityRejected, key: "identity:\(id)")
    case "hold.placed":
        guard let hold = after["hold"], !isToldByBilling(after), !entry.actor.hasPrefix("customer:") else { return nil }
        return EventNotice(kind: .holdPlaced, key: "hold-placed:\(hold)")
    case "hold.lifted":
        guard let hold = before["hold"], !isToldByBilling(before), !entry.actor.hasPrefix("customer:") else { return nil }
        return EventNotice(kind: .holdLifted, key: "hold-lifted:\(hold)")
    case "appeal.filed", "appeal.withdrawn": return nil
    case _ where entry.action.hasPrefix("appeal."): return EventNotice(kind: .appealDecided, key: "appeal:\(id)")
    case "abuse.decided": return EventNotice(kind: .abuseReportDecided, key: "\(entry.subject):decided")
    case "order.confirmed", "order.completed", "order.cancelled":
        let kinds: [String: NoticeKind] = [
            "order.confirmed": .orderConfirmed, "order.completed": .orderCompleted, "order.cancelled": .orderCancelled,
        ]
        guard let kind = kinds[entry.action] else { return nil }
        return EventNotice(kind: kind, key: "\(entry.action):\(id)", fromSubject: "order")
    case "agreement.customer-signed": return EventNotice(kind: .agreementSigned, key: "signed:\(id)", fromSubject: "agreement")
    case "agreement.in-force":
        let since = zone.date(of: entry.at)
        return EventNotice(
            kind: .agreementInForce, parameters: ["since": "\(since)"], key: "in-force:\(id)", fromSubject: "agreement")
    case "agreement.silence-bound":
        guard let version = after["version"], let from = after["from"] else { return nil }
        return EventNotice(
            kind: .silenceBound, parameters: ["version": version, "since": from], key: "silence:\(entry.subject):\(version)")
    case "agreement.negotiated":
        guard entry.actor.hasPrefix("staff:") else { return nil }
        return EventNotice(kind: .objectionAnswered, key: "answered:\(id)", fromSubject: "version")
    case "ending.requested": return EventNotice(kind: .endingRequested, key: "ending:\(id)")
    case "ending.settling": return EventNotice(kind: .endingSettled, key: "ending:\(id)")
    case "ending.ended": return EventNotice(kind: .ended, key: "ending:\(id)")
    case "account.limit-near":
        guard let account = after["account"], let month = after["month"], let percent = after["percent"],
            let limit = after["limit"].flatMap({ Int64($0) })
        else { return nil }
        return EventNotice(
            kind: .creditWarning, parameters: ["percent": percent, "limit": Money(micros: limit).formatted],
            key: "credit-warning:\(account):\(month)")
    case "line.number-changed": return EventNotice(kind: .numberChanged, key: "number:\(id)")
    case "principal.password-changed": return EventNotice(kind: .passwordChanged, key: "password:\(id)")
    default: return nil
    }
}

/// Suspension and restoration for arrears are told by Billing, once for all lines and with the amount; the holds that carry them out are not told again.
private func isToldByBilling(_ hold: EventState) -> Bool { hold["kind"] == "arrears" }

/// What an entry asks to be told to everybody; nil for most. Prices that the program itself puts in at its first start are nobody's news.
func eventBroadcast(_ entry: JournalEntry) -> EventBroadcast? {
    let after = EventState(entry.after)
    switch entry.action {
    case "agreement.interpretation-published":
        guard let clause = after["clause"] else { return nil }
        return EventBroadcast(kind: .interpretationPublished, parameters: ["clause": clause], key: entry.subject)
    case "catalogue.price-published":
        guard let from = after["from"], entry.actor.hasPrefix("staff:") else { return nil }
        // One list has many entries, all of one instant.
        return EventBroadcast(kind: .pricesPublished, parameters: ["from": from], key: "prices:\(entry.at.milliseconds)")
    default: return nil
    }
}
