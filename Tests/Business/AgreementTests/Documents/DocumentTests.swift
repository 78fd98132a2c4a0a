import Access
import Agreement
import Basics
import Customers
import Storage
import Testing

@Suite("Documents, annexes, originals")
struct DocumentTests {
    @Test func theDocumentSaysEverythingInBothLanguagesAndRunsNothing() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            var party = wang
            party.name = "<script>alert(1)</script>{latePaymentRate}**王**"
            let agreement = try await office.prepare(customer, party)
            let vault = office.vault
            let document = try await office.write { tx throws(Fault) in
                try storedDocument(agreement.documentHash, vault: vault, in: tx)
            }
            let html = document.html
            #expect(ContentHash(of: document.content) == agreement.documentHash)
            #expect(!html.contains("<script") && html.contains("&lt;script&gt;alert(1)&lt;/script&gt;{latePaymentRate}**王**"))
            for number in 1...18 { #expect(html.contains("id=\"zh-CN-\(number)\"") && html.contains("id=\"en-\(number)\"")) }
            for words in [
                "第十八条 解释", "Clause 18 Interpretation", "<strong>逾期支付的，甲方除补交欠费外，自到期日次日起按日支付欠费金额 3‰ 的违约金。</strong>",
                "北京仲裁委员会", "居民身份证", "11010119491231002X", "91110000600037341L", agreement.number,
            ] {
                #expect(html.contains(words), "\(words)")
            }
            for outside in ["http-equiv", "src=", "href=", "url(", "@import", "onload", "javascript:"] {
                #expect(!html.contains(outside), "\(outside)")
            }
            #expect(!html.contains("{providerName}") && !html.contains("＿＿"))
        }
    }

    @Test func aPartyWithoutANameOrWithAHiddenCharacterGetsNoDocument() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            let changes: [(inout ContractParty) -> Void] = [
                { $0.name = " " }, { $0.idNumber = "" }, { $0.address = String(repeating: "长", count: 10_000) },
                { $0.name = "王\u{202E}英" }, { $0.phone = "1\n2" }, { $0.representative = "" },
            ]
            for change in changes {
                var party = wang
                change(&party)
                let bad = party
                await #expect(throws: Fault(.partyIncomplete, "")) { try await office.prepare(customer, bad) }
            }
        }
    }

    @Test func whatIsStoredIsSealed() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            try await office.prepare(customer)
            let rows = try await office.write { tx throws(Fault) in try tx.query("SELECT content FROM agreement_documents") }
            for row in rows { #expect(!String(decoding: try row.blob("content"), as: UTF8.self).contains("王秀英")) }
            let journal = try await office.write { tx throws(Fault) in try tx.query("SELECT state_after FROM journal") }
            for row in journal { #expect(try row.optionalText("state_after")?.contains("王秀英") != true) }
        }
    }

    @Test func annexesMoveTheFingerprintAndOldStatesStayKnown() async throws {
        try await Provider.open { office in
            let customer = try await office.party()
            let before = try await office.agreement(of: customer)
            for number in 1...2 { try await attach("DD-2026-00000\(number)", "order \(number)", customer, office) }
            let after = try await office.agreement(of: customer)
            // By hand: three links of SHA-256 over the names of the links, the link before, the document and the number.
            var link = ContentHash(of: Array("jianmian.fingerprint.1".utf8) + before.documentHash.bytes)
            #expect(before.fingerprint == link)
            for number in 1...2 {
                let document = ContentHash(of: Array("order \(number)".utf8))
                link = ContentHash(
                    of: Array("jianmian.annex.1".utf8) + link.bytes + document.bytes + Array("DD-2026-00000\(number)".utf8))
            }
            #expect(after.fingerprint == link && after.annexes.map(\.position) == [1, 2])
            #expect(try await office.report(customer).flaws.isEmpty)
            let old = try await office.write { tx throws(Fault) in try findByFingerprint(before.fingerprint, in: tx) }
            #expect(old?.isLatest == false && old?.annexes == 0 && old?.customer == "王*英" && old?.inForceAt == noon)
            let new = try await office.write { tx throws(Fault) in try findByFingerprint(after.fingerprint, in: tx) }
            #expect(new?.isLatest == true && new?.annexes == 2)
            let none = try await office.write { tx throws(Fault) in try findByFingerprint(ContentHash(of: [1]), in: tx) }
            #expect(none == nil)
            // The same annex again changes nothing, another document under its number is refused.
            try await attach("DD-2026-000001", "order 1", customer, office)
            #expect(try await office.agreement(of: customer) == after)
            await #expect(throws: Fault(.otherContentUnderSameID, "")) {
                try await attach("DD-2026-000001", "other", customer, office)
            }
            try await office.write { tx throws(Fault) in try tx.execute("DELETE FROM agreement_documents WHERE kind = 'order'") }
            #expect(try await office.report(customer).flaws == [.annex("DD-2026-000001"), .annex("DD-2026-000002")])
        }
    }

    @Test func afterTheEndContentsAreErasedAndHashesStay() async throws {
        try await Provider.open { office in
            let customer = try await office.party()
            await #expect(throws: Fault(.agreementRuns, "")) {
                try await office.write { tx throws(Fault) in try eraseDocuments(of: customer, in: tx, at: noon) }
            }
            let fingerprint = try await office.agreement(of: customer).fingerprint
            let erased = try await office.write { tx throws(Fault) in
                _ = try endAgreement(of: customer, because: .customer, actor: "customer:\(customer)", in: tx, at: noon)
                return try eraseDocuments(of: customer, in: tx, at: noon)
            }
            #expect(erased == 1)
            #expect(try await office.write { tx throws(Fault) in try eraseDocuments(of: customer, in: tx, at: noon) } == 0)
            let proof = try await office.write { tx throws(Fault) in try findByFingerprint(fingerprint, in: tx) }
            #expect(proof?.customer == "*" && proof?.number == "JM-2026-000001")
            #expect(try await office.report(customer).flaws == [.document])
        }
    }

    @Test func newKeysOfTheVaultTakeOver() async throws {
        try await Provider.open { office in
            let customer = try await office.party()
            let hash = try await office.agreement(of: customer).documentHash
            let rotated = Vault(keys: office.vault.keys.rotated())
            try await resealAll(AgreementSchema.sealed, in: office.database, with: rotated)
            let document = try await office.write { tx throws(Fault) in try storedDocument(hash, vault: rotated, in: tx) }
            #expect(document.hash == hash)
            await #expect(throws: Fault.self) {
                let old = office.vault
                try await office.write { tx throws(Fault) in try storedDocument(hash, vault: old, in: tx) }
            }
        }
    }

    @Test func aRegisteredPDFIsFoundAndAnAlteredOneIsNot() async throws {
        try await Provider.open { office in
            let customer = try await office.party()
            let pdf = Array("%PDF-1.7 the original".utf8)
            for copy in [1, 2, 2] {
                try await office.write { tx throws(Fault) in
                    try registerOriginal(of: customer, copy: copy, pdf: ContentHash(of: pdf + [UInt8(copy)]), in: tx, at: noon)
                }
            }
            let first = try await office.write { tx throws(Fault) in
                try findByOriginalHash(ContentHash(of: pdf + [1]), in: tx)
            }
            #expect(first?.copy == 1 && first?.number == "JM-2026-000001")
            let altered = try await office.write { tx throws(Fault) in
                try findByOriginalHash(ContentHash(of: pdf + [9]), in: tx)
            }
            #expect(altered == nil)
        }
    }

    @Test func thePrintedOriginalCarriesSignaturesAndFingerprint() async throws {
        try await Provider.open { office in
            let customer = try await office.party()
            let (agreement, vault) = (try await office.agreement(of: customer), office.vault)
            let html = try await office.write { tx throws(Fault) in
                try printedOriginal(
                    PrintedOriginal(copy: 2, qrCode: "<svg id=\"qr\"></svg>"), of: agreement, vault: vault, in: tx, zone: shanghai
                )
            }
            for words in [
                "正本 2/2", agreement.fingerprint.hex, "counter(page)", "合同专用章", "<svg id=\"qr\"></svg>", "size: A4",
                agreement.documentHash.grouped,
            ] {
                #expect(html.contains(words), "\(words)")
            }
            #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
        }
    }

    @Test func hashesAreReadAsTheyArePrinted() {
        let hash = ContentHash(of: Array("abc".utf8))
        #expect(hash.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(ContentHash(hex: hash.grouped) == hash && ContentHash(hex: hash.hex.uppercased()) == hash)
        for bad in ["", "ba", hash.hex + "0", String(hash.hex.dropLast()) + "g", String(repeating: " ", count: 10_000)] {
            #expect(ContentHash(hex: bad) == nil)
        }
    }

    private func attach(_ number: String, _ content: String, _ customer: CustomerID, _ office: Provider) async throws(Fault) {
        let (vault, seal) = (office.vault, office.seal)
        try await office.write { tx throws(Fault) in
            let hash = try storeDocument(Array(content.utf8), kind: "order", of: customer, vault: vault, in: tx, at: noon)
            try attachAnnex(
                number: number, title: Wording(zh: "订单", en: "Order"), document: hash, of: customer, seal: seal, in: tx, at: noon)
        }
    }
}

@Suite("Interpretations and licences")
struct InterpretationTests {
    @Test func anInterpretationStandsBesideItsClauseFromItsDay() async throws {
        try await Provider.open { office in
            let words = Wording(zh: "“连续中断”按自然时计算。", en: "“Continuous” is counted by the clock.")
            @Sendable func publish(_ id: String, _ clause: Int, from: String, confirmed: Bool = true) async throws(Fault) {
                try await office.write { tx throws(Fault) in
                    _ = try publishInterpretation(
                        InterpretationID(trusted: id), of: clause, words, from: day(from), reminderConfirmed: confirmed,
                        by: Provider.legal("释疑"), in: tx, at: at("2026-05-15"), zone: shanghai)
                }
            }
            await #expect(throws: Fault(.reminderNotConfirmed, "")) {
                try await publish("i1", 13, from: "2026-06-01", confirmed: false)
            }
            await #expect(throws: Fault(.interpretationInThePast, "")) { try await publish("i1", 13, from: "2026-05-14") }
            for clause in [0, 19, -1, .max] {
                await #expect(throws: Fault(.unknownClause, "")) { try await publish("i1", clause, from: "2026-06-01") }
            }
            try await publish("i1", 13, from: "2026-06-01")
            try await publish("i1", 13, from: "2026-06-01")
            await #expect(throws: Fault(.otherContentUnderSameID, "")) { try await publish("i1", 12, from: "2026-06-01") }
            for (on, count) in [("2026-05-31", 0), ("2026-06-01", 1)] {
                let found = try await office.write { tx throws(Fault) in try interpretations(of: 13, on: day(on), in: tx) }
                #expect(found.count == count)
            }
            #expect(
                try await office.write { tx throws(Fault) in try interpretations(of: 12, on: day("2030-01-01"), in: tx) }.isEmpty)
            #expect(try await office.write { tx throws(Fault) in try interpretations(on: day("2030-01-01"), in: tx) }.count == 1)
        }
    }

    @Test func aLicenceIsAcceptedOncePerVersion() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            @Sendable func accept(_ version: String, at now: Timestamp) async throws(Fault) -> LicenceAcceptance {
                try await office.write { tx throws(Fault) in
                    try recordLicenceAcceptance(software: "web", version: version, of: customer, in: tx, at: now)
                }
            }
            let first = try await accept("1.0.0", at: noon)
            #expect(try await accept("1.0.0", at: noon.adding(seconds: 60)) == first)
            _ = try await accept("1.1.0", at: noon.adding(seconds: 120))
            let all = try await office.write { tx throws(Fault) in try licenceAcceptances(of: customer, in: tx) }
            #expect(all.map(\.version) == ["1.1.0", "1.0.0"])
            #expect(try await office.actions(like: "licence.%").count == 2)
            for bad in ["", "1 0", "<b>", String(repeating: "1", count: 65)] {
                await #expect(throws: Fault(.softwareName, "")) { try await accept(bad, at: noon) }
            }
        }
    }
}
