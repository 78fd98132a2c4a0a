internal import Agreement
internal import Basics
internal import Billing
internal import Charging
internal import Lines
internal import Orders

/// One record of a JSON file, by its keys.
typealias Record = [String: RecordValue]

/// A value of a record.
enum RecordValue: Encodable, Equatable {
    case text(String?)
    case number(Int64?)
    case flag(Bool?)
    case members([String: String])
    case list([Record])

    static func time(_ instant: Timestamp?) -> RecordValue { .text(instant.map(iso)) }
    static func money(_ amount: Money?) -> RecordValue { .number(amount?.micros) }
    static func day(_ day: BusinessDate?) -> RecordValue { .text(day?.description) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .members(let members): try container.encode(members)
        case .list(let records): try container.encode(records)
        }
    }
}

func record(_ order: Order) -> Record {
    [
        "order": .text(order.id.rawValue), "number": .text(order.number), "kind": .text(order.kind.rawValue),
        "state": .text(order.state.rawValue), "confirmedAt": .time(order.confirmedAt), "effectiveOn": .day(order.effectiveOn),
        "oneOff": .money(order.oneOff), "monthly": .money(order.monthly), "document": .text(order.document.hex),
        "items": .list(
            order.items.map { item in
                [
                    "item": .text(item.item.rawValue), "nameZh": .text(item.name.zh), "nameEn": .text(item.name.en),
                    "oneOff": .money(item.oneOff), "monthly": .money(item.monthly),
                    "taxPermille": .number(Int64(item.taxPermille)),
                    "line": .text(item.line?.rawValue), "firstDay": .day(item.firstDay), "lastDay": .day(item.lastDay),
                ]
            }),
    ]
}

func record(_ hold: Hold) -> Record {
    [
        "hold": .text(hold.id.rawValue), "line": .text(hold.line.rawValue), "kind": .text(hold.kind.rawValue),
        "clause": .number(hold.clause.map(Int64.init)), "effect": .text(hold.effect.rawValue), "reason": .text(hold.reason),
        "since": .time(hold.since), "liftedAt": .time(hold.liftedAt),
    ]
}

func record(_ appeal: HoldAppeal) -> Record {
    [
        "appeal": .text(appeal.id.rawValue), "hold": .text(appeal.hold.rawValue), "words": .text(appeal.words),
        "filedAt": .time(appeal.filedAt), "dueAt": .time(appeal.dueAt), "state": .text(appeal.state.rawValue),
        "answer": .text(appeal.answer), "decidedAt": .time(appeal.decidedAt),
    ]
}

func record(_ report: AbuseReport) -> Record {
    [
        "report": .text(report.id.rawValue), "category": .text(report.category.rawValue), "call": .text(report.call?.rawValue),
        "words": .text(report.words), "reportedAt": .time(report.reportedAt), "state": .text(report.state.rawValue),
        "decidedAt": .time(report.decision?.at),
    ]
}

func record(_ ending: Ending) -> Record {
    [
        "ending": .text(ending.id.rawValue), "reason": .text(ending.reason.rawValue), "state": .text(ending.state.rawValue),
        "requestedAt": .time(ending.requestedAt), "wished": .day(ending.wished), "lastDay": .day(ending.lastDay),
        "owed": .money(ending.owed), "paidAt": .time(ending.paidAt), "endedAt": .time(ending.endedAt),
        "withdrawnAt": .time(ending.withdrawnAt),
    ]
}

func record(_ dispute: Dispute) -> Record {
    [
        "dispute": .text(dispute.id.rawValue), "invoice": .text(dispute.invoice.rawValue), "amount": .money(dispute.amount),
        "words": .text(dispute.text), "state": .text(dispute.state.rawValue), "raisedOn": .day(dispute.raisedOn),
        "answerDue": .day(dispute.answerDue), "evidence": .text(dispute.evidence), "explanation": .text(dispute.explanation),
        "credited": .money(dispute.credited), "decidedOn": .day(dispute.decidedOn),
    ]
}

func record(_ invoice: Invoice) -> Record {
    [
        "invoice": .text(invoice.id.rawValue), "number": .text(invoice.number), "account": .text(invoice.account.rawValue),
        "kind": .text(invoice.kind.rawValue), "month": .text(invoice.month.description), "issuedOn": .day(invoice.issuedOn),
        "due": .day(invoice.due), "net": .money(invoice.net), "tax": .money(invoice.tax), "total": .money(invoice.total),
        "toPay": .money(invoice.statement.toPay),
        "lines": .list(
            invoice.lines.map { line in
                [
                    "charge": .text(line.charge), "nameZh": .text(line.name?.chinese), "nameEn": .text(line.name?.english),
                    "calls": .text(usage(line.subject)), "from": .day(line.from), "through": .day(line.through),
                    "quantity": .number(line.quantity), "net": .money(line.amount.net), "tax": .money(line.amount.tax),
                    "total": .money(line.total),
                ]
            }),
    ]
}

/// The kind of calls that a line is for.
private func usage(_ subject: InvoiceLine.Subject) -> String? {
    if case .usage(let kind) = subject { kind.rawValue } else { nil }
}
