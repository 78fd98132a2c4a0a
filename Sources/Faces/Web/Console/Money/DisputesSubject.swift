import Access
import Basics
import Billing
import Charging
import Foundation
import Storage

/// Objections to charges (clause 6), the most urgent first: an answer is due within 15 days.
extension ConsoleSubject {
    static let disputes = ConsoleSubject(
        key: "disputes", permission: .handleDisputes, icon: "scale",
        columns: ["account", "disputeAbout", "amount", "raisedOn", "daysLeft", "state"].map {
            ConsoleColumn($0, isSortable: false)
        },
        filters: [ConsoleFilter(key: "decided", kind: "decided", values: ["yes"])],
        isQueue: true,
        rows: { desk, query, tx throws(Fault) in
            let page = try browseDisputes(
                isOpen: query.filters["decided"] == nil, after: query.after.flatMap { DisputeID($0) }, in: tx)
            var rows: [ConsoleRow] = []
            for one in page.disputes { rows.append(try row(one, desk, tx)) }
            let words = query.text.lowercased()
            let found = rows.filter { row in words.isEmpty || row.cells.contains { $0.text.lowercased().contains(words) } }
            return ConsoleRows(
                found, paged: .init(next: page.next?.rawValue),
                waiting: query.waitsOnly ? try countWaiting(.disputes, in: tx) : nil)
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = DisputeID(id), let found = try dispute(id, in: tx) else {
                throw Fault(.webNotFound, "no such dispute")
            }
            return try DisputeSheet(desk: desk, dispute: found).sheet(in: tx)
        })

    private static func row(_ one: Dispute, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleRow {
        let owner = try desk.owner(of: one.account, in: tx)
        var name = owner
        name.link = "/console/disputes/\(one.id)"
        return ConsoleRow(
            id: one.id.rawValue, link: name.link,
            cells: [
                name, ConsoleCell(DisputeSheet.about(one, desk), value: .text(DisputeSheet.code(one))), desk.cell(one.amount),
                desk.cell(one.raisedOn), one.isOpen ? DisputeSheet.clock(one, desk) : .empty,
                desk.badge("disputeState", one.state.rawValue, DisputeSheet.tone(one.state)),
            ],
            waitsSince: one.isOpen ? desk.zone.start(of: one.raisedOn) : nil,
            deadline: one.isOpen ? desk.zone.end(of: one.answerDue) : nil,
            summary: "\(owner.text) · \(one.amount.formatted)")
    }
}

/// One dispute on one page: what is disputed, what the customer wrote, and the evidence in readable form.
struct DisputeSheet {
    let desk: ConsoleDesk
    let dispute: Dispute

    static func tone(_ state: Dispute.State) -> ConsoleCell.Tone {
        switch state {
        case .investigating: .warn
        case .upheld, .partly, .rejected: .plain
        case .escalated: .bad
        }
    }

    static func code(_ dispute: Dispute) -> String {
        switch dispute.subject {
        case .line: "line"
        case .call: "call"
        case .penalty: "penalty"
        }
    }

    static func about(_ dispute: Dispute, _ desk: ConsoleDesk) -> String {
        guard case .line(let line) = dispute.subject else { return desk.value("disputeAbout", code(dispute)) }
        return desk.text("console.disputes.line", ["line": "\(line + 1)"])
    }

    /// Days left for the answer; the last three stand in the colour of trouble.
    static func clock(_ dispute: Dispute, _ desk: ConsoleDesk) -> ConsoleCell {
        let left = dispute.answerDue.days(since: desk.today)
        let words =
            left < 0
            ? desk.text("console.disputes.late", ["days": "\(-left)"])
            : desk.text("console.disputes.left", ["days": "\(left)"])
        return ConsoleCell(words, value: .integer(left), tone: left < 3 ? .bad : left < 6 ? .warn : .plain, isFigure: true)
    }

    func sheet(in tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let paper = try existingInvoice(dispute.invoice, in: tx)
        let evidence = DisputeEvidence(dispute.evidence)
        var sections = [
            try claimSection(paper, in: tx),
            ConsoleSection(
                key: "objection",
                passages: [
                    .init(
                        desk.text("console.disputes.words"), note: PlainWords.day(dispute.raisedOn, desk.language),
                        text: dispute.text)
                ]),
        ]
        sections += try evidence.sections(desk, dispute, in: tx)
        if let explanation = dispute.explanation {
            sections.append(
                ConsoleSection(
                    key: "answer",
                    facts: [.init("credited", desk.cell(dispute.credited)), .init("decidedOn", desk.cell(dispute.decidedOn))],
                    passages: [.init(desk.value("disputeState", dispute.state.rawValue), text: explanation, isOurs: true)]))
        }
        sections.append(try desk.timeline(of: ["account:\(dispute.account)"], in: tx))
        let parameters = ["amount": dispute.amount.formatted]
        let acts = [DisputeActs.uphold, DisputeActs.partly, DisputeActs.reject].map {
            ConsoleOffer($0, id: dispute.id.rawValue, parameters: parameters)
        }
        let escalate = ConsoleOffer(DisputeActs.escalate, id: dispute.id.rawValue, parameters: parameters)
        return ConsoleSheet(
            title: desk.text(
                "console.disputes.heading",
                ["name": try desk.owner(of: dispute.account, in: tx).text, "amount": dispute.amount.formatted]),
            lead: dispute.isOpen
                ? desk.text("console.disputes.due", ["day": PlainWords.day(dispute.answerDue, desk.language)]) + " · "
                    + Self.clock(dispute, desk).text : desk.text("console.disputes.decided"),
            badge: desk.badge("disputeState", dispute.state.rawValue, Self.tone(dispute.state)),
            acts: dispute.isOpen ? acts + (dispute.state == .escalated ? [] : [escalate]) : [], sections: sections)
    }

    private func claimSection(_ paper: Invoice, in tx: any Transaction) throws(Fault) -> ConsoleSection {
        // Legal staff make the case file on the customer's page, with a purpose.
        let customer = "/console/customers/\(try accountOwner(dispute.account, in: tx))"
        let caseFile = ConsoleSection.Fact("caseFile", ConsoleCell(desk.text("console.disputes.caseFile"), link: customer))
        return ConsoleSection(
            key: "dispute",
            facts: (dispute.state == .escalated ? [caseFile] : []) + [
                .init("account", try desk.owner(of: dispute.account, in: tx)),
                .init("invoice", ConsoleCell(paper.number, link: "/console/invoices/\(paper.id)")),
                .init("disputeAbout", Self.about(dispute, desk)), .init("amount", desk.cell(dispute.amount)),
                .init("raisedOn", desk.cell(dispute.raisedOn)), .init("answerDue", desk.cell(dispute.answerDue)),
            ])
    }
}

/// What was gathered when the dispute was raised.
struct DisputeEvidence {
    private struct Paper: Decodable {
        struct Charge: Decodable {
            var due: String?
            var subject: String?
            var from: String?
            var through: String?
            var quantity: Int64?
            var exact: Int64?
            var total: Int64?
        }

        struct Call: Decodable {
            var call: String
            var answeredAt: Int64
            var endedAt: Int64
            var seconds: Int64
            var pricePerSecond: Int64
            var cost: Int64
            var entry: String?
        }

        var charge: Charge?
        var calls: [Call]?
    }

    private let paper: Paper?
    private let raw: String

    /// Evidence that cannot be read is shown as it is.
    init(_ json: String) {
        raw = json
        paper = try? JSONDecoder().decode(Paper.self, from: Data(json.utf8))
    }

    func sections(_ desk: ConsoleDesk, _ dispute: Dispute, in tx: any Transaction) throws(Fault) -> [ConsoleSection] {
        guard let paper else { return [ConsoleSection(key: "evidence", passages: [.init("JSON", text: raw)])] }
        var charge = ConsoleSection(key: "evidence")
        if let one = paper.charge {
            charge.facts = [
                .init("item", one.subject.map { desk.words(ofRevenue: $0) }),
                .init("firstDay", desk.cell(one.from.flatMap { BusinessDate($0) })),
                .init("lastDay", desk.cell(one.through.flatMap { BusinessDate($0) })),
                .init("quantity", desk.cell(Int(one.quantity ?? 0))),
                .init("exact", ConsoleSubject.exact(Money(micros: one.exact ?? 0))),
                .init("amount", desk.cell(Money(micros: one.total ?? 0))),
            ]
        }
        var (calls, entries): ([ConsoleRow], [ConsoleRow]) = ([], [])
        for call in paper.calls ?? [] {
            calls.append(row(call, desk))
            guard desk.may(.viewBooks), entries.count < ConsoleLimits.timelineEntries, let entry = call.entry else { continue }
            var question = LedgerQuestion()
            question.transaction = LedgerTransactionID(entry)
            entries += try ledgerPage(question, in: tx, zone: desk.zone).lines.map { EntryRows.row($0, desk) }
        }
        let callTable = ConsoleSection.Table(
            columns: ["startedAt", "duration", "perMinute", "cost", "computed", "call"], rows: calls)
        var sections = [charge, ConsoleSection(key: "evidenceCalls", table: callTable)]
        if !entries.isEmpty {
            sections.append(ConsoleSection(key: "evidenceEntries", table: .init(columns: EntryRows.columns, rows: entries)))
        }
        return sections
    }

    /// Whether seconds times price is what was charged can be seen at once; a call that crosses a month's end has only its share here.
    private func row(_ call: Paper.Call, _ desk: ConsoleDesk) -> ConsoleRow {
        let (price, cost) = (Money(micros: call.pricePerSecond), Money(micros: call.cost))
        let computed = price.multiplied(by: call.seconds)
        let length = desk.text(
            "console.disputes.length", ["minutes": "\(call.seconds / 60)", "seconds": "\(call.seconds % 60)"])
        return ConsoleRow(
            id: call.call,
            cells: [
                desk.cell(Timestamp(milliseconds: call.answeredAt)),
                ConsoleCell(length, value: .integer(call.seconds), isFigure: true),
                ConsoleCell(PlainWords.pricePerMinute(price), value: .integer(price.micros), isFigure: true),
                ConsoleSubject.exact(cost),
                computed.map { amount in
                    ConsoleCell(
                        amount.exactlyFormatted, value: .integer(amount.micros), tone: amount == cost ? .good : .warn,
                        isFigure: true)
                } ?? .empty,
                .name(call.call),
            ])
    }
}

/// How a dispute is answered.
enum DisputeActs {
    static let all = [uphold, partly, reject, escalate]

    private static let explanation = ActField("explanation", .text(BillingLimits.disputeTextBytes))

    private static func act(
        _ name: String, fields: [ActField] = [], isDangerous: Bool = false,
        _ outcome: @escaping @Sendable (ActValues) -> DisputeOutcome
    ) -> ConsoleAct {
        .money(
            "disputes.\(name)", .handleDisputes, path: "disputes/{id}/\(name)", fields: fields + [explanation],
            isDangerous: isDangerous,
            account: { values, tx throws(Fault) in
                guard let found = try dispute(values.identifier(), in: tx) else {
                    throw Fault(.noDispute, "there is no such dispute")
                }
                return found.account
            }
        ) { desk, act, values, tx throws(Fault) in
            let decided = try decideDispute(
                try values.identifier(), outcome(values), explanation: values.text("explanation"), by: act, in: tx, at: desk.now,
                zone: desk.zone)
            return ["state": .text(decided.state.rawValue), "credited": .integer(decided.credited.micros)]
        }
    }

    static let uphold = act("uphold") { _ in .upheld }
    static let partly = act("partly", fields: [ActField("amount", .money)]) { .partly($0.money("amount")) }
    static let reject = act("reject", isDangerous: true) { _ in .rejected }
    static let escalate = act("escalate", isDangerous: true) { _ in .escalated }
}
