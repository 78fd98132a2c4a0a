import Access
import Agreement
import Basics
import Notices
import Storage

/// What is done to versions of the agreement. Whoever saves names the revision that was on the screen, so that two people do not
/// overwrite each other.
enum VersionActs {
    static let all = [begin, summary, terms, clause, passage, publish, discard, stop, resume]
    private static let revision = ActField("revision", .hidden)
    private static let body = [
        ActField("bodyZh", .text(ConsoleLimits.clauseBytes)), ActField("bodyEn", .text(ConsoleLimits.clauseBytes)),
    ]

    static let begin = ConsoleAct(
        key: "versions.draft", permission: .publishAgreement, path: "versions", fields: [ActField("id", .once)],
        perform: { desk, act, values in
            guard let id = VersionID(values.text("id")) else { throw Fault.field("id", "is not an id") }
            let version = try await desk.services.database.write { tx throws(Fault) in
                if let there = try draft(in: tx) { return there }
                guard let current = try currentVersion(in: tx) else {
                    throw Fault(.unknownVersion, "there is no version to begin from")
                }
                return try draftVersion(id, DraftContent(current), by: act, in: tx, at: desk.now)
            }
            return ["id": .text(version.id.rawValue), "next": .text("/console/versions/\(version.id)")]
        })

    static let summary = edit(
        "versions.summary", path: "summary", fields: [ActField("summaryZh", .text(1000)), ActField("summaryEn", .text(1000))]
    ) { content, values in
        content.summary = Wording(zh: values.text("summaryZh"), en: values.text("summaryEn"))
    }

    static let terms = edit("versions.terms", path: "terms", fields: TermsForm.fields) { content, values in
        content.terms = try TermsForm.terms(values, over: content.terms)
    }

    static let clause = edit(
        "versions.clause", path: "clauses/{part}",
        fields: [ActField("titleZh", .line(400)), ActField("titleEn", .line(400))] + body
    ) { content, values in
        try put(values, title: Wording(zh: values.text("titleZh"), en: values.text("titleEn")), into: &content)
    }

    static let passage = edit("versions.passage", path: "passages/{part}", fields: body) { content, values in
        try put(values, title: nil, into: &content)
    }

    private static func put(_ values: ActValues, title: Wording?, into content: inout DraftContent) throws {
        let body = Wording(zh: unified(values.text("bodyZh")), en: unified(values.text("bodyEn")))
        guard let text = Piece.put(values.part, title: title, body: body, into: content.text) else {
            throw Fault(.webNotFound, "the agreement has no part \(values.part)")
        }
        content.text = text
    }

    /// Puts what stands in an open form into a content, however unfinished it is.
    static func change(_ content: inout DraftContent, part: String, reading body: inout JSONReader) throws {
        if part == "terms" {
            var values: [String: JSONValue] = [:]
            for field in TermsForm.fields { values[field.name] = try? field.read(&body) }
            content.terms = try TermsForm.terms(ActValues(values: values), over: content.terms)
            return
        }
        let limit = ConsoleLimits.clauseBytes
        let title = Wording(
            zh: try body.optionalText("titleZh", atMost: limit) ?? "", en: try body.optionalText("titleEn", atMost: limit) ?? "")
        let words = Wording(
            zh: unified(try body.optionalText("bodyZh", atMost: limit) ?? ""),
            en: unified(try body.optionalText("bodyEn", atMost: limit) ?? ""))
        guard let text = Piece.put(part, title: title, body: words, into: content.text) else {
            throw Fault(.webNotFound, "the agreement has no part \(part)")
        }
        content.text = text
    }

    /// Browsers send line breaks of two characters.
    private static func unified(_ text: String) -> String { text.replacing("\r\n", with: "\n") }

    private static func edit(
        _ key: String, path: String, fields: [ActField],
        _ change: @escaping @Sendable (inout DraftContent, ActValues) throws -> Void
    ) -> ConsoleAct {
        ConsoleAct(
            key: key, permission: .publishAgreement, path: "versions/{id}/\(path)", fields: fields + [revision],
            perform: { desk, act, values in
                let id: VersionID = try values.identifier()
                let there = try await desk.services.database.read { tx throws(Fault) in try agreementVersion(id, in: tx) }
                var content = DraftContent(terms: there.terms, text: there.text, summary: there.summary)
                try change(&content, values)
                let (edited, seen) = (content, Int(values.text("revision")) ?? 0)
                let saved = try await desk.services.database.write { tx throws(Fault) in
                    try editDraft(id, revision: seen, edited, by: act, in: tx, at: desk.now)
                }
                return ["revision": .integer(Int64(saved.revision)), "findings": .integer(Int64(edited.findings.count))]
            })
    }

    static let publish = ConsoleAct(
        key: "versions.publish", permission: .publishAgreement, path: "versions/{id}/publish",
        fields: [revision, ActField("warnings", .hidden), ActField("meant", .flag)], isDangerous: true,
        perform: { desk, act, values in
            let id: VersionID = try values.identifier()
            let (seen, warnings) = (Int(values.text("revision")) ?? 0, Int(values.text("warnings")) ?? 0)
            guard warnings == 0 || values.flag("meant") else {
                throw FieldErrors(errors: [
                    FieldError(field: "meant", fault: Fault(.consoleConfirm, "say that the warnings are meant"))
                ])
            }
            try await desk.services.database.write { tx throws(Fault) in
                _ = try publishVersion(id, revision: seen, confirmedWarnings: warnings, by: act, in: tx, at: desk.now)
                // Announced with it or not at all; customers are told by a job, however many they are.
                _ = try announceVersion(id, by: act, in: tx, at: desk.now)
            }
            return [:]
        })

    static let discard = ConsoleAct(
        key: "versions.discard", permission: .publishAgreement, path: "versions/{id}/discard", isDangerous: true,
        perform: { desk, act, values in
            let id: VersionID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in try discardDraft(id, by: act, in: tx, at: desk.now) }
            return ["next": .text("/console/versions")]
        })

    static let stop = ConsoleAct(
        key: "versions.stop", permission: .publishAgreement, path: "jobs/{id}/stop",
        perform: { desk, act, values in
            let id: JobID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in _ = try stopJob(id, by: act, in: tx, at: desk.now) }
            return [:]
        })

    static let resume = ConsoleAct(
        key: "versions.resume", permission: .publishAgreement, path: "jobs/{id}/resume",
        perform: { desk, act, values in
            let id: JobID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in _ = try resumeJob(id, by: act, in: tx, at: desk.now) }
            return [:]
        })
}
