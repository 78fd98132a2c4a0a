import Access
import Agreement
import Basics
import Customers
import Notices
import Storage

/// Versions of the agreement (clause 15): drafts are written clause by clause, published ones stand for good.
extension ConsoleSubject {
    static let versions = ConsoleSubject(
        key: "versions", permission: .publishAgreement, icon: "edit",
        columns: ["versionNumber", "summary", "state", "publishedAt", "findings"].map { ConsoleColumn($0) },
        filters: [ConsoleFilter(key: "state", kind: "versionState", values: ["draft", "published"])],
        hasPersonalData: false,
        acts: { _ in [ConsoleOffer(VersionActs.begin)] },
        rows: { desk, _, tx throws(Fault) in ConsoleRows(try agreementVersions(in: tx).map { row($0, desk) }) },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = VersionID(id) else { throw Fault(.webNotFound, "no such version") }
            return try VersionSheet(desk: desk, version: try agreementVersion(id, in: tx)).sheet(in: tx)
        })

    private static func row(_ version: AgreementVersion, _ desk: ConsoleDesk) -> ConsoleRow {
        let content = DraftContent(terms: version.terms, text: version.text, summary: version.summary)
        let findings = version.state == .draft ? content.findings : []
        return ConsoleRow(
            id: version.id.rawValue, link: "/console/versions/\(version.id)",
            cells: [
                ConsoleCell(
                    desk.text("console.versions.number", ["number": "\(version.number)"]), value: .integer(Int64(version.number))),
                ConsoleCell(desk.words(of: version.summary)),
                desk.badge("versionState", version.state.rawValue, version.state == .draft ? .warn : .good),
                desk.cell(version.publishedAt), desk.cell(findings.count),
            ],
            marks: ["state": version.state.rawValue])
    }
}

/// One version on one page: findings, terms, each clause in both languages and what changed.
struct VersionSheet {
    let desk: ConsoleDesk
    let version: AgreementVersion

    private var isDraft: Bool { version.state == .draft }
    private var content: DraftContent { DraftContent(terms: version.terms, text: version.text, summary: version.summary) }

    func sheet(in tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let all = try agreementVersions(in: tx)
        let before = all.filter { $0.number < version.number && $0.state == .published }.max { $0.number < $1.number }
        var sections = [summary]
        if isDraft { sections.append(findings) }
        sections += try announcement(in: tx)
        sections.append(terms(over: before))
        let differences = before.map { compareVersions($0, version) } ?? []
        sections += Piece.all(of: version.text).map { piece in clause(piece, over: before, differences) }
        sections.append(try desk.timeline(of: ["agreement-version:\(version.id)"], in: tx))
        return ConsoleSheet(
            title: desk.text("console.versions.number", ["number": "\(version.number)"]), lead: desk.words(of: version.summary),
            badge: desk.badge("versionState", version.state.rawValue, isDraft ? .warn : .good), acts: isDraft ? offers : [],
            sections: sections, extra: ["revision": .integer(Int64(version.revision))])
    }

    private func offer(
        _ act: ConsoleAct, part: String? = nil, _ prefill: [String: String] = [:], _ parameters: [String: String] = [:]
    )
        -> ConsoleOffer
    {
        let fixed = ["revision": "\(version.revision)"]
        return ConsoleOffer(
            act, id: version.id.rawValue, part: part, prefill: prefill.merging(fixed) { $1 },
            parameters: parameters.merging(["number": "\(version.number)"]) { $1 })
    }

    private var offers: [ConsoleOffer] {
        let findings = content.findings
        let warnings = findings.filter { $0.kind == .warning }
        var offers = [offer(VersionActs.discard)]
        if warnings.count == findings.count {
            offers.insert(
                offer(VersionActs.publish, ["warnings": "\(warnings.count)"], ["warnings": "\(warnings.count)"]), at: 0)
        }
        return offers
    }

    private var summary: ConsoleSection {
        let prefill = ["summaryZh": version.summary.zh, "summaryEn": version.summary.en]
        return ConsoleSection(
            key: "summary",
            facts: [
                .init("summaryZh", version.summary.zh), .init("summaryEn", version.summary.en),
                .init("publishedAt", desk.cell(version.publishedAt)), .init("revision", desk.cell(version.revision)),
            ], acts: isDraft ? [offer(VersionActs.summary, prefill)] : [])
    }

    private var findings: ConsoleSection {
        var section = ConsoleSection(key: "findings")
        section.notices = content.findings.map { finding in
            let article = finding.article.map { desk.words(of: $0) } ?? ""
            return ConsoleNotice(
                tone: finding.kind == .refused ? .bad : .warn, words: desk.words(of: finding.message),
                more: article.isEmpty ? finding.field : "\(finding.field) · \(article)")
        }
        if section.notices.isEmpty {
            section.notices = [ConsoleNotice(tone: .good, words: desk.text("console.versions.noFindings"))]
        }
        return section
    }

    private func terms(over before: AgreementVersion?) -> ConsoleSection {
        let values = TermsForm.values(of: version.terms)
        let old = before.map { TermsForm.values(of: $0.terms) } ?? [:]
        let facts = TermsForm.names.map { name in
            let value = values[name] ?? ""
            guard let was = old[name], was != value else { return ConsoleSection.Fact(name, value) }
            return ConsoleSection.Fact(name, ConsoleCell("\(was) → \(value)", value: .text(value), tone: .warn))
        }
        return ConsoleSection(key: "terms", facts: facts, acts: isDraft ? [offer(VersionActs.terms, values)] : [])
    }

    private func clause(_ piece: Piece, over before: AgreementVersion?, _ differences: [ClauseDifference]) -> ConsoleSection {
        var section = ConsoleSection(key: "piece-\(piece.part)", title: piece.name(desk))
        let difference = differences.first { $0.clause == piece.number && $0.isChanged }
        if let difference {
            // Heading and values are in the difference.
            section.passages = [.init("中文", runs: runs(difference.zh)), .init("English", runs: runs(difference.en))]
            section.notices = [ConsoleNotice(tone: .warn, words: desk.text("console.versions.changed"))]
        } else {
            section.passages = [
                .init("中文", note: piece.title?.zh ?? "", text: piece.body.zh),
                .init("English", note: piece.title?.en ?? "", text: piece.body.en),
            ]
        }
        guard isDraft else { return section }
        let prefill = [
            "titleZh": piece.title?.zh ?? "", "titleEn": piece.title?.en ?? "", "bodyZh": piece.body.zh, "bodyEn": piece.body.en,
        ]
        let act = piece.title == nil ? VersionActs.passage : VersionActs.clause
        section.acts = [offer(act, part: piece.part, prefill, ["clause": piece.name(desk)])]
        return section
    }

    private func runs(_ runs: [DifferenceRun]) -> [ConsoleSection.Passage.Run] {
        runs.map { run in
            switch run.kind {
            case .same: .init(kind: .same, text: run.text)
            case .added: .init(kind: .added, text: run.text)
            case .removed: .init(kind: .removed, text: run.text)
            }
        }
    }

    /// How far telling the customers has come.
    private func announcement(in tx: any Transaction) throws(Fault) -> [ConsoleSection] {
        let kind = VersionAnnouncement(zone: desk.zone).kind
        guard let found = try job(kind: kind, subject: "version:\(version.id)", in: tx) else { return [] }
        var section = ConsoleSection(key: "announced")
        section.progress = .init(
            done: found.state == .done ? found.total : found.done, total: found.total, words: desk.words(of: found),
            address: found.state == .running ? "jobs/\(found.id)" : nil)
        switch found.state {
        case .running: section.acts = [ConsoleOffer(VersionActs.stop, id: found.id.rawValue)]
        case .stopped, .failed: section.acts = [ConsoleOffer(VersionActs.resume, id: found.id.rawValue)]
        case .done: break
        }
        return [section]
    }
}

/// A part of the text that is edited by itself.
struct Piece: Sendable {
    /// `preamble`, `closing`, `title` or the clause's number.
    let part: String
    let title: Wording?
    let body: Wording

    static func all(of text: AgreementText) -> [Piece] {
        [Piece(part: "title", title: nil, body: text.title), Piece(part: "preamble", title: nil, body: text.preamble)]
            + text.clauses.map { Piece(part: "\($0.number)", title: $0.title, body: $0.body) }
            + [Piece(part: "closing", title: nil, body: text.closing)]
    }

    /// Its number in a comparison of versions: the preamble is 0, the closing 19.
    var number: Int? { Self.number(of: part) }

    static func number(of part: String) -> Int? {
        switch part {
        case "preamble": 0
        case "closing": clauseCount + 1
        default: Int(part)
        }
    }

    func name(_ desk: ConsoleDesk) -> String {
        guard let title else { return desk.value("piece", part) }
        return "\(desk.value("clause", part)) \(desk.words(of: title))"
    }

    /// The text with this piece in the place of the old one; nil where there is no such part.
    static func put(_ part: String, title: Wording?, body: Wording, into text: AgreementText) -> AgreementText? {
        var text = text
        switch part {
        case "title": text.title = body
        case "preamble": text.preamble = body
        case "closing": text.closing = body
        default:
            guard let number = Int(part), let index = text.clauses.firstIndex(where: { $0.number == number }), let title else {
                return nil
            }
            text.clauses[index] = Clause(number: number, title: title, body: body)
        }
        return text
    }
}

/// The blanks of the agreement as a form.
enum TermsForm {
    private static let texts: [(String, any WritableKeyPath<AgreementTerms, String> & Sendable)] = [
        ("providerName", \.provider.name), ("legalRepresentative", \.provider.legalRepresentative),
        ("providerAddress", \.provider.address), ("providerPhone", \.provider.phone), ("uscc", \.provider.uscc),
        ("website", \.provider.website), ("arbitrationCommission", \.arbitrationCommission), ("signingPlace", \.signingPlace),
    ]
    private static let numbers: [(String, any WritableKeyPath<AgreementTerms, Int> & Sendable)] = [
        ("warrantyYears", \.warrantyYears), ("monthsUntilSuspension", \.monthsUntilSuspension),
        ("monthsUntilTermination", \.monthsUntilTermination), ("objectionMonths", \.objectionMonths),
    ]

    static let names = texts.map(\.0) + ["latePaymentRate"] + numbers.map(\.0)
    static let fields =
        texts.map { ActField($0.0, .line(400), isOptional: true) } + [ActField("latePaymentRate", .line(16))]
        + numbers.map { ActField($0.0, .integer(0...1000)) }

    static func values(of terms: AgreementTerms) -> [String: String] {
        var values = ["latePaymentRate": terms.latePaymentRate.number]
        for (name, path) in texts { values[name] = terms[keyPath: path] }
        for (name, path) in numbers { values[name] = "\(terms[keyPath: path])" }
        return values
    }

    static func terms(_ values: ActValues, over old: AgreementTerms) throws -> AgreementTerms {
        var terms = old
        for (name, path) in texts { terms[keyPath: path] = values.text(name) }
        for (name, path) in numbers { terms[keyPath: path] = Int(values.integer(name) ?? 0) }
        terms.latePaymentRate = try rate(values.text("latePaymentRate"))
        return terms
    }

    /// `3`, `0.5` or `2.125` per mille, exactly.
    private static func rate(_ text: String) throws -> DailyRate {
        let parts = text.filter { !$0.isWhitespace && $0 != "‰" }.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), (0...1000).contains(whole) else { throw wrongRate }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard decimals.utf8.count <= 3, decimals.allSatisfy({ ("0"..."9").contains($0) }) else { throw wrongRate }
        let thousandths = Int(decimals + String(repeating: "0", count: 3 - decimals.utf8.count)) ?? 0
        return DailyRate(thousandthsOfPerMille: whole * 1000 + thousandths)
    }

    private static var wrongRate: FieldErrors {
        FieldErrors(errors: [FieldError(field: "latePaymentRate", fault: Fault(.consoleRate, "not a rate per mille"))])
    }
}
