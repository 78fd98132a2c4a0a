import Access
import Agreement
import Basics
import Storage
import Testing

@Suite("Versions: written, checked, published, compared")
struct VersionTests {
    private func content(_ change: (inout DraftContent) -> Void = { _ in }) -> DraftContent {
        var content = DraftContent(
            terms: .standard(provider), text: .standard, summary: Wording(zh: "保修两年。", en: "Two years of warranty."))
        content.terms.warrantyYears = 2
        change(&content)
        return content
    }

    @Test func theStandardWordingPassesWithoutAWord() {
        #expect(checkText(.standard).isEmpty)
        #expect(AgreementText.standard.clauses.map(\.number) == Array(1...18))
        // Chinese prose is set with Chinese marks.
        for clause in AgreementText.standard.clauses {
            #expect(!clause.body.zh.contains(where: { ",;:()".contains($0) }), "clause \(clause.number)")
        }
    }

    @Test func aWordingThatCannotStandIsRefused() {
        let changes: [(String, (inout AgreementText) -> Void)] = [
            ("clauses", { $0.clauses.removeLast() }), ("clauses", { $0.clauses.swapAt(3, 4) }),
            ("clause.12", { $0.clauses[11].body.en = " \n" }), ("clause.7", { $0.clauses[6].body.zh += "{无此空格}" }),
            ("clause.7", { $0.clauses[6].body.en += "{latePaymentRate" }), ("clause.3", { $0.clauses[2].body.en += "\n**open" }),
            ("latePaymentRate", { $0.clauses[4].body.en = "**Pay.**" }),
            ("objectionMonths", { $0.clauses[14].body.zh = "**沉默视为同意。**" }),
            ("clause.1", { $0.clauses[0].body.zh += "\u{200B}" }),
            ("preamble", { $0.preamble.zh = String(repeating: "长", count: 7_000) + "{providerName}{website}{customerName}" }),
        ]
        for (field, change) in changes {
            var text = AgreementText.standard
            change(&text)
            #expect(checkText(text).contains { $0.kind == .refused && $0.field == field }, "\(field)")
        }
        var quiet = AgreementText.standard
        quiet.clauses[12].body.zh = quiet.clauses[12].body.zh.replacing("**", with: "")
        #expect(checkText(quiet).map(\.kind) == [.warning])
        #expect(checkText(quiet).first?.article?.zh == "《民法典》第四百九十六条")
    }

    @Test func aDraftIsWrittenByOneAtATimeAndNeverChangesOncePublished() async throws {
        try await Provider.open { office in
            let id = VersionID(trusted: "v2")
            let first = content()
            let drafted = try await office.write { tx throws(Fault) in
                try draftVersion(id, first, by: Provider.legal(), in: tx, at: noon)
            }
            #expect(drafted.number == 2 && drafted.state == .draft)
            await #expect(throws: Fault(.draftExists, "")) {
                try await office.write { tx throws(Fault) in
                    try draftVersion(.random(), first, by: Provider.legal(), in: tx, at: noon)
                }
            }
            let second = content { $0.terms.objectionMonths = 2 }
            let saved = try await office.write { tx throws(Fault) in
                try editDraft(id, revision: 1, second, by: Provider.legal(), in: tx, at: noon)
            }
            #expect(saved.revision == 2)
            // The same save again is the same; another one on the old revision is too late.
            #expect(
                try await office.write { tx throws(Fault) in
                    try editDraft(id, revision: 1, second, by: Provider.legal(), in: tx, at: noon)
                } == saved)
            await #expect(throws: Fault(.draftChanged, "")) {
                try await office.write { tx throws(Fault) in
                    try editDraft(id, revision: 1, first, by: Provider.legal(), in: tx, at: noon)
                }
            }
            await #expect(throws: Fault(.draftChanged, "")) {
                try await office.write { tx throws(Fault) in
                    try publishVersion(id, revision: 1, by: Provider.legal(), in: tx, at: noon)
                }
            }
            let published = try await office.write { tx throws(Fault) in
                try publishVersion(id, revision: 2, by: Provider.legal(), in: tx, at: noon)
            }
            #expect(published.publishedAt == noon)
            #expect(try await office.write { tx throws(Fault) in try currentVersion(in: tx) } == published)
            for attempt in [1, 2, 3] {
                await #expect(throws: Fault(.versionPublished, "")) {
                    try await office.write { tx throws(Fault) in
                        if attempt == 1 { try discardDraft(id, by: Provider.legal(), in: tx, at: noon) }
                        _ = try editDraft(id, revision: 2, first, by: Provider.legal(), in: tx, at: noon)
                    }
                }
            }
            #expect(try await office.actions(like: "agreement.version-%").count == 3)
        }
    }

    @Test func theHarshIsPublishedOnlyWhenConfirmed() async throws {
        try await Provider.open { office in
            let harsh = content { $0.terms.latePaymentRate = DailyRate(perMille: 5) }
            let id = VersionID(trusted: "v2")
            try await office.write { tx throws(Fault) in _ = try draftVersion(id, harsh, by: Provider.legal(), in: tx, at: noon) }
            await #expect(throws: Fault(.warningsNotConfirmed, "")) {
                try await office.write { tx throws(Fault) in
                    try publishVersion(id, revision: 1, by: Provider.legal(), in: tx, at: noon)
                }
            }
            try await office.write { tx throws(Fault) in
                _ = try publishVersion(id, revision: 1, confirmedWarnings: 1, by: Provider.legal(), in: tx, at: noon)
            }
            let entry = try await office.write { tx throws(Fault) in
                try tx.first("SELECT state_after FROM journal WHERE action = 'agreement.version-published' ORDER BY id DESC")
            }
            #expect(try entry?.text("state_after").contains("《电信条例》第三十四条") == true)
        }
    }

    @Test func theImpossibleIsNeverPublished() async throws {
        try await Provider.open { office in
            let id = VersionID(trusted: "v2")
            let bad = content { $0.terms.monthsUntilTermination = 0 }
            try await office.write { tx throws(Fault) in _ = try draftVersion(id, bad, by: Provider.legal(), in: tx, at: noon) }
            await #expect(throws: Fault(.versionRefused, "")) {
                try await office.write { tx throws(Fault) in
                    try publishVersion(id, revision: 1, confirmedWarnings: 99, by: Provider.legal(), in: tx, at: noon)
                }
            }
            let huge = content { $0.text.preamble.zh = String(repeating: "长", count: 200_000) }
            await #expect(throws: Fault(.wordingTooLong, "")) {
                try await office.write { tx throws(Fault) in
                    try editDraft(id, revision: 1, huge, by: Provider.legal(), in: tx, at: noon)
                }
            }
            let service = try StaffAct(staff: StaffID(trusted: "s"), roles: [.customerService], purpose: "try")
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await office.write { tx throws(Fault) in try discardDraft(id, by: service, in: tx, at: noon) }
            }
            try await office.write { tx throws(Fault) in try discardDraft(id, by: Provider.legal(), in: tx, at: noon) }
            #expect(try await office.write { tx throws(Fault) in try draft(in: tx) } == nil)
        }
    }

    // MARK: Differences

    private func version(_ number: Int, _ change: (inout DraftContent) -> Void) -> AgreementVersion {
        let content = content(change)
        return AgreementVersion(
            id: VersionID(trusted: "v\(number)"), number: number, state: .published, terms: content.terms, text: content.text,
            summary: content.summary, revision: 1, publishedAt: noon)
    }

    @Test func aChangedValueShowsWhereItStands() {
        let changes = compareVersions(version(1) { $0.terms.objectionMonths = 1 }, version(2) { $0.terms.objectionMonths = 12 })
        let changed = changes.filter(\.isChanged)
        #expect(changed.map(\.clause) == [15])
        let zh = changed[0].zh.filter { $0.kind != .same }
        #expect(zh == [DifferenceRun(kind: .removed, text: "1"), DifferenceRun(kind: .added, text: "12")])
        let en = changed[0].en.filter { $0.kind != .same }
        #expect(en == [DifferenceRun(kind: .removed, text: "1"), DifferenceRun(kind: .added, text: "12")])
    }

    @Test func chineseIsComparedByCharacterAndEnglishByWord() {
        let changes = compareVersions(
            version(1) { _ in },
            version(2) {
                $0.text.clauses[5].body.zh = $0.text.clauses[5].body.zh.replacing("十五日内答复", with: "十日内书面答复")
                $0.text.clauses[5].body.en = $0.text.clauses[5].body.en.replacing(
                    "within fifteen days", with: "within ten working days")
            })
        let clause = changes.filter(\.isChanged)
        #expect(clause.map(\.clause) == [6])
        #expect(
            clause[0].zh.filter { $0.kind != .same } == [
                DifferenceRun(kind: .removed, text: "五"), DifferenceRun(kind: .added, text: "书面"),
            ])
        #expect(
            clause[0].en.filter { $0.kind != .same } == [
                DifferenceRun(kind: .removed, text: "fifteen"), DifferenceRun(kind: .added, text: "ten working"),
            ])
    }

    /// Whatever the texts: the runs give back both, and the same text has one run.
    @Test func theRunsGiveBackBothTexts() {
        var random = SplitMix(state: 7)
        for _ in 0..<300 {
            func text() -> String {
                String(
                    (0..<Int.random(in: 0...40, using: &random)).map { _ in "甲乙丙ab 1。\n".randomElement(using: &random) ?? "甲" })
            }
            let (a, b) = (text(), text())
            for unit in [true, false] {
                let change = compareVersions(
                    version(1) { $0.text.closing = Wording(zh: unit ? a : "", en: unit ? "" : a) },
                    version(2) { $0.text.closing = Wording(zh: unit ? b : "", en: unit ? "" : b) }
                ).last
                let runs = (unit ? change?.zh : change?.en) ?? []
                let (old, new) = (lines(a), lines(b))
                #expect(runs.filter { $0.kind != .added }.map(\.text).joined() == old)
                #expect(runs.filter { $0.kind != .removed }.map(\.text).joined() == new)
                if old == new { #expect(runs.allSatisfy { $0.kind == .same }) }
            }
        }
    }

    /// Two texts with nothing in common of the largest size are shown as replaced, in bounded work.
    @Test func hopelesslyDifferentTextsAreReplacedAsAWhole() {
        let a = String((0..<6_000).map { Character(UnicodeScalar(0x4E00 + $0 % 3_000) ?? "甲") })
        let b = String((0..<6_000).map { Character(UnicodeScalar(0x6000 + $0 % 3_000) ?? "乙") })
        let change = compareVersions(
            version(1) { $0.text.closing.zh = a }, version(2) { $0.text.closing.zh = b }
        ).last
        #expect(change?.zh == [DifferenceRun(kind: .removed, text: a), DifferenceRun(kind: .added, text: b)])
    }

    private func lines(_ text: String) -> String { text.split(separator: "\n").joined(separator: "\n") }
}
