import Agreement
import Basics
import Customers

/// What `contract/agreement` shows.
struct AgreementModel {
    let dossier: AgreementDossier
    let reader: PageReader

    var model: [String: Any] {
        var model: [String: Any] = [
            "headline": headline, "lead": lead, "steps": steps, "hasClauses": dossier.shown != nil, "clauses": clauses,
            "clausesLead": clausesLead,
        ]
        if let agreement = dossier.agreement { model["agreement"] = signed(agreement) }
        return model
    }

    // MARK: The first lines

    private var headline: String {
        guard let agreement = dossier.agreement else { return reader.text("contract.lineNone") }
        if let ended = agreement.endedAt { return reader.text("contract.lineEnded", ["date": reader.day(ended)]) }
        if let since = agreement.inForceAt { return reader.text("contract.lineInForce", ["date": reader.day(since)]) }
        return reader.text(agreement.customerSignature == nil ? "contract.lineToSign" : "contract.lineToSeal")
    }

    private var lead: String {
        guard let agreement = dossier.agreement else { return reader.text("contract.leadNone") }
        let version = dossier.inForce?.number ?? agreement.versionNumber
        return reader.text("contract.leadInForce", ["number": agreement.number, "version": "\(version)"])
    }

    /// What waits for the reader, at most one thing of each kind.
    private var steps: [[String: String]] {
        var steps: [[String: String]] = []
        func add(_ tone: String, _ icon: String, _ text: String, _ href: String, _ action: String) {
            steps.append(["tone": tone, "icon": icon, "text": text, "href": href, "action": reader.text(action)])
        }
        if dossier.agreement?.customerSignature == nil {
            add("warn", "edit", reader.text("contract.stepSign"), "/join", "contract.toJoin")
        }
        if let window = dossier.open {
            let text = reader.text(
                "contract.stepChange", ["version": "\(window.number)", "date": reader.day(window.lastDay)])
            add("warn", "alert", text, changePath(window), "contract.stepChangeAction")
        }
        if let window = dossier.negotiating {
            let text = reader.text("contract.stepNegotiating", ["version": "\(window.number)"])
            add("", "info", text, changePath(window), "contract.stepChangeAction")
        }
        if dossier.today?.endingOn != nil {
            add("warn", "leave", reader.text("contract.stepEnding"), "/ending", "contract.stepEndingAction")
        }
        return steps
    }

    private func changePath(_ window: ChangeWindow) -> String { "/agreement/changes/\(window.version)" }

    // MARK: Signatures, annexes, versions

    private func signed(_ agreement: Agreement) -> [String: Any] {
        [
            "facts": facts(agreement), "signatures": signatures(agreement), "fingerprint": agreement.fingerprint.grouped,
            "fingerprintHex": agreement.fingerprint.hex, "originals": originals(agreement),
            "isInForce": agreement.inForceAt != nil, "hasAnnexes": !agreement.annexes.isEmpty,
            "annexes": agreement.annexes.map(annex), "versions": dossier.versions.map { version($0, agreement) },
        ]
    }

    private func facts(_ agreement: Agreement) -> [[String: String]] {
        var facts = [
            ("contract.number", agreement.number),
            ("contract.inForce", agreement.inForceAt.map(reader.moment) ?? reader.text("contract.notYet")),
            ("contract.version", reader.text("contract.versionValue", ["number": "\(agreement.versionNumber)"])),
        ]
        if let terms = dossier.inForce, terms.number != agreement.versionNumber {
            let because = reader.text("contract.because.\(terms.because.rawValue)")
            let value = reader.text(
                "contract.versionNowValue",
                ["number": "\(terms.number)", "date": reader.day(terms.since), "because": because])
            facts.append(("contract.versionNow", value))
        }
        if let place = dossier.shown?.terms.signingPlace { facts.append(("contract.place", place)) }
        return facts.map { ["name": reader.text($0.0), "value": $0.1] }
    }

    private func signatures(_ agreement: Agreement) -> [[String: Any]] {
        let provider = dossier.versions.first { $0.id == agreement.version }?.terms.provider.name ?? ""
        let customer = agreement.customerSignature.map { signature in
            reader.text(
                "contract.signedBy",
                [
                    "date": reader.day(signature.at), "time": reader.time(signature.at),
                    "method": reader.text("contract.method.\(signature.method.rawValue)"),
                ])
        }
        let sealed = agreement.providerSignature.map { signature in
            reader.text(
                "contract.sealedBy",
                [
                    "date": reader.day(signature.at), "time": reader.time(signature.at),
                    "method": reader.text("contract.method.seal"),
                ])
        }
        return [
            party(
                "customer", reader.holder?.customer.name.text ?? "", customer ?? reader.text("contract.unsigned"), customer == nil
            ),
            party("provider", provider, sealed ?? reader.text("contract.unsealed"), sealed == nil),
        ]
    }

    private func party(_ name: String, _ who: String, _ how: String, _ isMissing: Bool) -> [String: Any] {
        [
            "party": name, "title": reader.text("contract.\(name)Party"), "who": who, "how": how, "missing": isMissing,
            "icon": isMissing ? "wait" : "check",
        ]
    }

    private func originals(_ agreement: Agreement) -> [[String: String]] {
        guard agreement.inForceAt != nil else { return [] }
        return [1, 2].map { ["copy": "\($0)", "label": reader.text("contract.original", ["copy": "\($0)"])] }
    }

    private func annex(_ annex: Annex) -> [String: String] {
        let title = reader.language == .chinese ? annex.title.zh : annex.title.en
        let number = reader.text("contract.annexTitle", ["count": "\(annex.position)", "number": annex.number])
        return [
            "title": "\(number) \(title)", "href": "/orders/\(annex.number)", "date": reader.day(annex.at),
            "hash": annex.document.grouped,
        ]
    }

    private func version(_ version: AgreementVersion, _ agreement: Agreement) -> [String: Any] {
        var model: [String: Any] = [
            "number": version.number, "title": reader.text("contract.versionValue", ["number": "\(version.number)"]),
            "when": version.publishedAt.map { reader.text("contract.versionPublished", ["date": reader.day($0)]) } ?? "",
            "dot": "",
        ]
        let summary = reader.language == .chinese ? version.summary.zh : version.summary.en
        if !summary.isEmpty { model["summary"] = summary }
        if version.number > agreement.versionNumber { model["href"] = "/agreement/changes/\(version.id)" }
        if let (badge, tone) = badge(version, agreement) {
            model["badge"] = reader.text(badge)
            model["tone"] = tone
            model["dot"] = tone == "good" ? "done" : tone == "warn" ? "now" : ""
        }
        return model
    }

    private func badge(_ version: AgreementVersion, _ agreement: Agreement) -> (String, String)? {
        if dossier.inForce?.number == version.number { return ("contract.versionBinding", "good") }
        if let window = dossier.windows.first(where: { $0.version == version.id }) {
            switch window.state {
            case .open, .waiting: return ("contract.versionOpen", "warn")
            case .negotiating: return ("contract.versionNegotiating", "warn")
            case .settled: return ("contract.versionSettled", "")
            case .binding, .superseded: return ("contract.versionPast", "")
            case .closed: return nil
            }
        }
        return version.id == agreement.version ? ("contract.versionSigned", "") : nil
    }

    // MARK: Clauses

    private var clausesLead: String {
        guard dossier.agreement == nil, let shown = dossier.shown else { return reader.text("contract.clausesLead") }
        return reader.text("contract.clausesLeadNone", ["version": "\(shown.number)"])
    }

    private var clauses: [[String: Any]] {
        guard let shown = dossier.shown, let facts = dossier.today else { return [] }
        let today = TodayRules(facts: facts, reader: reader).clauses
        let values = BlankValues(shown.terms)
        return shown.text.clauses.map { clause in
            [
                "number": clause.number, "title": words(clause.title),
                "numberWord": reader.text("contract.clauseNumber", ["number": "\(clause.number)"]),
                "today": today.first { $0.clause == clause.number }?.model ?? [],
                "interpretations": interpretations(of: clause.number),
                "paragraphs": paragraphs(words(clause.body), values).map { runs in
                    ["runs": runs.map { ["text": $0.text, "strong": $0.isConspicuous] as [String: Any] }]
                },
            ]
        }
    }

    private func interpretations(of clause: Int) -> [[String: Any]] {
        dossier.interpretations.filter { $0.clause == clause }.map { note in
            [
                "heading": reader.text("contract.interpretation", ["date": reader.day(note.from)]),
                "paragraphs": words(note.words).split(separator: "\n").map { ["text": String($0)] },
            ]
        }
    }

    private func words(_ wording: Wording) -> String { reader.language == .chinese ? wording.zh : wording.en }
}
