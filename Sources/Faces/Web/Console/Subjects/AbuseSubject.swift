import Access
import Basics
import Lines
import Storage

/// Reports of abuse (clause 3): what was reported, the evidence, the decision.
extension ConsoleSubject {
    static let abuse = ConsoleSubject(
        key: "abuse", permission: .handleAbuse, icon: "alert",
        columns: ["accused", "category", "reporter", "reportedAt", "state"].map { ConsoleColumn($0) },
        filters: [
            ConsoleFilter(key: "state", kind: "abuseState", values: AbuseReport.State.allCases.map(\.rawValue)),
            ConsoleFilter(key: "category", kind: "abuse", values: AbuseReport.Category.allCases.map(\.rawValue)),
        ],
        isQueue: true,
        rows: { desk, query, tx throws(Fault) in
            var rows: [ConsoleRow] = []
            let asked = query.waitsOnly ? AbuseReport.State.open.rawValue : query.filters["state"]
            for state in AbuseReport.State.allCases where asked.map({ $0 == state.rawValue }) ?? true {
                for report in try reports(state, in: tx) { rows.append(try row(report, desk, tx)) }
            }
            return ConsoleRows(rows)
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = AbuseReportID(id) else { throw Fault(.webNotFound, "no such report") }
            return try sheet(try abuseReport(id, in: tx), desk, tx)
        })

    private static func reports(_ state: AbuseReport.State, in tx: any Transaction) throws(Fault) -> [AbuseReport] {
        var (all, next): ([AbuseReport], AbuseReportID?) = ([], nil)
        repeat {
            let page = try abuseQueue(state, after: next, in: tx)
            all += page.reports
            next = page.next
        } while next != nil && all.count < ConsoleLimits.listRows
        return all
    }

    private static func tone(_ state: AbuseReport.State) -> ConsoleCell.Tone {
        switch state {
        case .open: .warn
        case .dismissed: .plain
        case .held: .bad
        }
    }

    private static func row(_ report: AbuseReport, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleRow {
        let accused = try number(of: report.accused, in: tx)
        let category = desk.badge("abuse", report.category.rawValue)
        return ConsoleRow(
            id: report.id.rawValue, link: "/console/abuse/\(report.id)",
            cells: [
                ConsoleCell(accused, isFigure: true), ConsoleCell(category.text, value: category.value),
                ConsoleCell(try number(of: report.reporter, in: tx), isFigure: true), desk.cell(report.reportedAt),
                desk.badge("abuseState", report.state.rawValue, tone(report.state)),
            ],
            marks: ["state": report.state.rawValue, "category": report.category.rawValue],
            waitsSince: report.state == .open ? report.reportedAt : nil, summary: "\(accused) · \(category.text)")
    }

    static func number(of line: LineID, in tx: any Transaction) throws(Fault) -> String {
        try Lines.line(line, in: tx).number.grouped
    }

    private static func sheet(_ report: AbuseReport, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let evidence = try abuseEvidence(of: report.id, in: tx)
        let names = try StaffNames(of: evidence.map(\.addedBy) + [report.decision?.by ?? ""], in: tx)
        let accused = try number(of: report.accused, in: tx)
        var decided = ConsoleSection(key: "decision")
        if let decision = report.decision {
            decided.facts = [
                .init("decidedAt", desk.cell(decision.at)), .init("decidedBy", names.name(of: decision.by, desk)),
                .init("finding", decision.finding), .init("hold", decision.hold?.rawValue),
            ]
        }
        let others = try abuseReports(of: report.accused, in: tx).filter { $0.id != report.id }
        var otherRows: [ConsoleRow] = []
        for other in others { otherRows.append(try row(other, desk, tx)) }
        let offers = [
            ConsoleOffer(AbuseActs.evidence, id: report.id.rawValue),
            ConsoleOffer(AbuseActs.hold, id: report.id.rawValue, parameters: ["number": accused]),
            ConsoleOffer(AbuseActs.dismiss, id: report.id.rawValue),
        ]
        return ConsoleSheet(
            title: desk.text("console.abuse.heading", ["number": accused]),
            lead: desk.text(
                "console.abuse.lead",
                ["category": desk.value("abuse", report.category.rawValue), "moment": desk.moment(report.reportedAt)]),
            badge: desk.badge("abuseState", report.state.rawValue, tone(report.state)), acts: report.state == .open ? offers : [],
            sections: [
                ConsoleSection(
                    key: "report",
                    facts: [
                        .init("accused", accused), .init("reporter", try number(of: report.reporter, in: tx)),
                        .init("call", report.call?.rawValue), .init("reportedAt", desk.cell(report.reportedAt)),
                    ], passages: [.init(desk.text("console.abuse.words"), text: report.words)]),
                ConsoleSection(
                    key: "evidence",
                    passages: evidence.map {
                        .init($0.source, note: "\(names.name(of: $0.addedBy, desk)) · \(desk.moment($0.addedAt))", text: $0.words)
                    }),
            ] + (report.decision == nil ? [] : [decided]) + [
                ConsoleSection(
                    key: "otherReports",
                    table: .init(columns: ["accused", "category", "reporter", "reportedAt", "state"], rows: otherRows)),
                try desk.timeline(of: ["abuse:\(report.id)", "line:\(report.accused)"], in: tx),
            ])
    }
}

/// What is done about a report.
enum AbuseActs {
    static let all = [evidence, hold, dismiss]

    static let evidence = ConsoleAct(
        key: "abuse.evidence", permission: .handleAbuse, path: "abuse/{id}/evidence",
        fields: [ActField("source", .line(200)), ActField("words", .text(ConsoleLimits.textBytes))],
        perform: { desk, act, values in
            let id: AbuseReportID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in
                try addAbuseEvidence(to: id, from: values.text("source"), values.text("words"), by: act, in: tx, at: desk.now)
            }
            return [:]
        })

    static let hold = ConsoleAct(
        key: "abuse.hold", permission: .handleAbuse, path: "abuse/{id}/hold",
        fields: [
            ActField("effect", .choice("effect", ["outgoing", "all"])), ActField("finding", .text(ConsoleLimits.textBytes)),
        ],
        isDangerous: true,
        perform: { desk, act, values in
            let (id, effect): (AbuseReportID, Hold.Effect) = (
                try values.identifier(), Hold.Effect(rawValue: values.text("effect")) ?? .outgoing
            )
            try await desk.services.database.write { tx throws(Fault) in
                try decideAbuse(id, .held(effect), finding: values.text("finding"), by: act, in: tx, at: desk.now)
            }
            return [:]
        })

    static let dismiss = ConsoleAct(
        key: "abuse.dismiss", permission: .handleAbuse, path: "abuse/{id}/dismiss",
        fields: [ActField("finding", .text(ConsoleLimits.textBytes))],
        perform: { desk, act, values in
            let id: AbuseReportID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in
                try decideAbuse(id, .dismissed, finding: values.text("finding"), by: act, in: tx, at: desk.now)
            }
            return [:]
        })
}
