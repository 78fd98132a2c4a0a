import Access
import Basics
import Customers
import Lines
import Storage

/// Appeals against holds (反电信网络诈骗法 art. 32), those due first on top.
extension ConsoleSubject {
    static let appeals = ConsoleSubject(
        key: "appeals", permission: .handleAbuse, alsoFor: [.verifyIdentity, .handleDisputes], icon: "alert",
        columns: ["customer", "phoneNumber", "holdKind", "filedAt", "deadline"].map { ConsoleColumn($0) },
        filters: [ConsoleFilter(key: "kind", kind: "holdKind", values: Hold.Kind.allCases.map(\.rawValue))],
        isQueue: true,
        rows: { desk, _, tx throws(Fault) in
            var (rows, page): ([ConsoleRow], Int) = ([], 0)
            while rows.count < ConsoleLimits.listRows {
                let found = try appealQueue(page: page, in: tx)
                let names = try customerNames(of: found.appeals.map(\.customer), in: tx)
                // Everybody sees those on which they may decide.
                for appeal in found.appeals where try mayDecide(appeal, desk, tx) {
                    rows.append(try row(appeal, names[appeal.customer] ?? "", desk, tx))
                }
                page += 1
                guard !found.appeals.isEmpty, page * LinesLimits.appealPage < found.total else { break }
            }
            return ConsoleRows(rows)
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = AppealID(id) else { throw Fault(.webNotFound, "no such appeal") }
            let appeal = try appeal(id, in: tx)
            if let hold = try hold(of: appeal, in: tx) { try desk.require(Lines.permission(toDecideOn: hold.kind)) }
            return try sheet(appeal, desk, tx)
        })

    private static func hold(of appeal: HoldAppeal, in tx: any Transaction) throws(Fault) -> Hold? {
        try holdHistory(of: appeal.line, in: tx).first { $0.id == appeal.hold }
    }

    private static func mayDecide(_ appeal: HoldAppeal, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> Bool {
        try hold(of: appeal, in: tx).map { desk.may(Lines.permission(toDecideOn: $0.kind)) } ?? false
    }

    private static func row(
        _ appeal: HoldAppeal, _ name: String, _ desk: ConsoleDesk, _ tx: any Transaction
    ) throws(Fault) -> ConsoleRow {
        let kind = try hold(of: appeal, in: tx)?.kind.rawValue ?? ""
        return ConsoleRow(
            id: appeal.id.rawValue, link: "/console/appeals/\(appeal.id)",
            cells: [
                ConsoleCell(name), ConsoleCell(try number(of: appeal.line, in: tx), isFigure: true),
                ConsoleCell(desk.value("holdKind", kind), value: .text(kind)), desk.cell(appeal.filedAt),
                desk.deadline(appeal.dueAt),
            ],
            marks: ["kind": kind], waitsSince: appeal.filedAt, deadline: appeal.dueAt,
            summary: "\(name) · \(desk.value("holdKind", kind))")
    }

    static func tone(_ state: HoldAppeal.State) -> ConsoleCell.Tone {
        switch state {
        case .filed: .warn
        case .granted: .good
        case .refused: .bad
        }
    }

    private static func sheet(_ appeal: HoldAppeal, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let who = try customer(appeal.customer, in: tx)
        let hold = try hold(of: appeal, in: tx)
        var passages = [ConsoleSection.Passage(who.name.text, note: desk.moment(appeal.filedAt), text: appeal.words)]
        if let answer = appeal.answer, let at = appeal.decidedAt {
            passages.append(.init(desk.value("author", "provider"), note: desk.moment(at), text: answer, isOurs: true))
        }
        let offers = [AppealActs.grant, AppealActs.refuse].map {
            ConsoleOffer($0, id: appeal.id.rawValue, parameters: ["name": who.name.text])
        }
        let reason = hold.map { desk.words.text(remedy(for: $0).reasonKey, desk.language) ?? $0.reason }
        return ConsoleSheet(
            title: who.name.text, lead: reason ?? "",
            badge: desk.badge("appealState", appeal.state.rawValue, tone(appeal.state)),
            acts: appeal.state == .filed ? offers : [],
            sections: [
                ConsoleSection(
                    key: "appeal",
                    facts: [
                        .init("customer", desk.link(to: who.id, named: who.name.text)),
                        .init("number", try number(of: appeal.line, in: tx)),
                        .init("holdKind", hold.map { desk.value("holdKind", $0.kind.rawValue) }),
                        .init("effect", hold.map { desk.value("effect", $0.effect.rawValue) }), .init("reason", reason),
                        .init("evidence", hold?.evidence), .init("since", desk.cell(hold?.since)),
                        .init("deadline", desk.deadline(appeal.state == .filed ? appeal.dueAt : nil)),
                    ]),
                ConsoleSection(key: "thread", passages: passages),
                try desk.timeline(of: ["line:\(appeal.line)"], in: tx),
            ])
    }
}

/// Decisions on an appeal.
enum AppealActs {
    static let all = [grant, refuse]

    static let grant = decide("grant", .granted)
    static let refuse = decide("refuse", .refused, isDangerous: true)

    private static func decide(_ key: String, _ verdict: AppealVerdict, isDangerous: Bool = false) -> ConsoleAct {
        ConsoleAct(
            // Which permission it takes follows from the kind of the hold: the use case asks for it.
            key: "appeals.\(key)", permission: .viewCustomers, path: "appeals/{id}/\(key)",
            fields: [ActField("answer", .text(ConsoleLimits.textBytes))], isDangerous: isDangerous,
            perform: { desk, act, values in
                let id: AppealID = try values.identifier()
                try await desk.services.database.write { tx throws(Fault) in
                    try decideAppeal(id, verdict, answer: values.text("answer"), by: act, in: tx, at: desk.now)
                }
                return [:]
            })
    }
}
