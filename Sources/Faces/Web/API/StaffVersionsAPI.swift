import Access
import Agreement
import Basics
import Customers
import Hummingbird
import Storage

/// What a draft would say if the open form were saved: the difference to the version in force and the findings, while somebody types.
struct StaffVersionsAPI: Sendable {
    let parts: WebParts

    private struct Run: Encodable {
        var kind: String
        var text: String

        init(_ run: DifferenceRun) {
            kind = run.kind.rawValue
            text = run.text
        }
    }

    private struct Finding: Encodable {
        var kind: String
        var field: String
        var words: String
        var article: String
    }

    private struct Preview: Encodable {
        var zh: [Run] = []
        var en: [Run] = []
        var findings: [Finding] = []
    }

    func add(to staff: RouterGroup<WebContext>) {
        staff.post("versions/{id}/preview/{part}") { request, context in
            try await preview(
                try context.parameters.require("id"), try context.parameters.require("part"), request)
        }
    }

    private func preview(_ id: String, _ part: String, _ request: Request) async throws -> Response {
        let desk = try await StaffDoor(parts: parts).desk(request)
        try desk.require(.publishAgreement)
        guard let id = VersionID(id) else { throw Fault(.webNotFound, "no such version") }
        let (draft, before) = try await desk.services.database.read { tx throws(Fault) in
            (try agreementVersion(id, in: tx), try currentVersion(in: tx))
        }
        var body = try await parts.body(request)
        var content = DraftContent(terms: draft.terms, text: draft.text, summary: draft.summary)
        try VersionActs.change(&content, part: part, reading: &body)
        let changed = AgreementVersion(
            id: draft.id, number: draft.number, state: .draft, terms: content.terms, text: content.text, summary: content.summary,
            revision: draft.revision, publishedAt: nil)
        var answer = Preview()
        if let before, let number = Piece.number(of: part),
            let difference = compareVersions(before, changed).first(where: { $0.clause == number })
        {
            answer.zh = difference.zh.map(Run.init)
            answer.en = difference.en.map(Run.init)
        }
        let wanted = content.findings.filter { finding in
            part == "terms"
                ? !finding.field.hasPrefix("clause.")
                : finding.field == "clause.\(part)" || finding.field.hasPrefix("clause.\(part).") || finding.field == part
        }
        answer.findings = wanted.map { finding in
            Finding(
                kind: finding.kind.rawValue, field: finding.field, words: desk.words(of: finding.message),
                article: finding.article.map { desk.words(of: $0) } ?? "")
        }
        return try JSONBody.response(answer)
    }
}
