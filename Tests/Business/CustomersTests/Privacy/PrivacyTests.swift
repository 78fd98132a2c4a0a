import Access
import Basics
import Customers
import Foundation
import Storage
import StorageTestSupport
import Testing

@Suite("Personal data are kept close, on both engines")
struct PrivacyTests {
    @Test func staffSeeWhatTheyNameAndTheCustomerSeesThatTheyDid() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            let values = try await party.write { tx throws(Fault) in
                try revealIdentity(
                    of: party.customer, fields: [.idNumber, .phone, .contactName], with: party.vault, by: clerk("a"), in: tx,
                    at: morning)
            }
            #expect(values == [.idNumber: "resident-id 360426199101010071", .phone: "13800138000"])
            let log = try await party.read { tx throws(Fault) in try accessLog(of: party.customer, in: tx) }
            #expect(
                log == [
                    AccessRecord(
                        at: morning, actor: "staff:a", action: .revealed, purpose: "testing", fields: [.idNumber, .phone],
                        recipient: nil)
                ])
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await party.write { tx throws(Fault) in
                    try revealIdentity(
                        of: party.customer, fields: [.phone], with: party.vault, by: clerk("b", .billing), in: tx, at: morning)
                }
            }
        }
    }

    @Test func nothingPersonalStandsInTheJournalOrInPlainBytes() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/raw.sqlite"
            let database = try SQLiteDatabase(path: path)
            try await migrate(database, StorageSchema.migrations + schema)
            let party = Party(database: database, vault: .ephemeral(), customer: try await enrol("60000000", database))
            _ = try await party.submit(.valid)
            try await party.add("one", SampleFiles.jpeg(comment: Array("A secret mark in the picture".utf8)))
            try await party.write { tx throws(Fault) in
                _ = try revealIdentity(
                    of: party.customer, fields: [.idNumber], with: party.vault, by: clerk("a"), in: tx, at: morning)
            }
            await database.close()
            var raw: [UInt8] = []
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
                raw += Array(try Data(contentsOf: URL(filePath: folder + "/" + file)))
            }
            for secret in ["360426199101010071", "13800138000", "颐和园路5号", "1991-01-01", "A secret mark", "front.jpg"] {
                let isThere = contains(raw, secret)
                #expect(!isThere, "\(secret)")
            }
            // The name that others see is the customer's choice and no secret; it shows that the search finds text.
            let findsText = contains(raw, "王秀英")
            #expect(findsText)
        }
    }

    @Test func consentIsGivenPerPurposeAndWithdrawnAsEasily() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            try await party.write { tx throws(Fault) in
                try grantConsent(.marketing, version: 1, of: party.customer, in: tx, at: morning)
                try withdrawConsent(.marketing, of: party.customer, in: tx, at: morning.adding(seconds: 1))
            }
            let now = try await party.read { tx throws(Fault) in try consents(of: party.customer, in: tx) }
            #expect(now.map(\.purpose) == [.identityCheck, .childData, .marketing] && now.map(\.isGiven) == [true, true, false])
            await #expect(throws: Fault(.consentRequired, "")) {
                try await party.write { tx throws(Fault) in
                    try withdrawConsent(.identityCheck, of: party.customer, in: tx, at: morning)
                }
            }
            await #expect(throws: Fault(.consentNotGiven, "")) {
                try await party.write { tx throws(Fault) in try withdrawConsent(.quality, of: party.customer, in: tx, at: morning)
                }
            }
            await #expect(throws: Fault(.consentVersion, "")) {
                try await party.write { tx throws(Fault) in
                    try grantConsent(.quality, version: 2, of: party.customer, in: tx, at: morning)
                }
            }
        }
    }

    @Test func whatTheCustomerExportsIsEverything() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            try await party.add("one", SampleFiles.jpeg())
            let items = try await party.write { tx throws(Fault) in
                try exportMyData(of: party.customer, with: party.vault, in: tx, at: morning)
            }
            #expect(
                items.map(\.path) == [
                    "customer.json", "contacts.json", "privacy/consents.json", "privacy/authorisations.json",
                    "privacy/access-log.json",
                    "identity/identity.json", "identity/verification.json", "identity/evidence/one.jpeg",
                ])
            #expect(items.last?.bytes == SampleFiles.jpeg())
            let identity = String(decoding: items[5].bytes, as: UTF8.self)
            #expect(identity.contains("360426199101010071") && identity.contains("北京市海淀区颐和园路5号"))
        }
    }

    private func contains(_ bytes: [UInt8], _ text: String) -> Bool { Data(bytes).range(of: Data(text.utf8)) != nil }
}

@Suite("Disclosure and authorisation, on both engines")
struct DisclosureTests {
    @Test func withoutABasisNothingIsDisclosed() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            await #expect(throws: Fault(.disclosureBasis, "")) { try await party.give(nil) }
            await #expect(throws: Fault(.unknownAuthorisation, "")) { try await party.give(.authorisation(.random())) }
            await #expect(throws: Fault(.missing, "")) {
                try await party.give(.law(LegalBasis(.telecommunications, article: " ", document: "1")))
            }
            await #expect(throws: Fault(.missing, "")) {
                try await party.give(.law(LegalBasis(.telecommunications, article: "65", document: "")))
            }
            let log = try await party.read { tx throws(Fault) in try accessLog(of: party.customer, in: tx) }
            #expect(log.isEmpty)
        }
    }

    @Test func anAuthorisationCoversItsRecipientItsDataAndItsTime() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            let id = AuthorisationID.random()
            let request = AuthorisationRequest(
                id: id, customer: party.customer, recipient: "快递公司", fields: [.legalName, .phone], purpose: "送货", lastDay: today)
            let given = try await party.write { tx throws(Fault) in try recordAuthorisation(request, in: tx, at: morning) }
            #expect(try await party.write { tx throws(Fault) in try recordAuthorisation(request, in: tx, at: morning) } == given)
            let disclosed = try await party.give(.authorisation(id))
            #expect(disclosed.values == [.legalName: "王秀英", .phone: "13800138000"])
            await #expect(throws: Fault(.notAuthorised, "")) { try await party.give(.authorisation(id), to: "别的公司") }
            await #expect(throws: Fault(.notAuthorised, "")) { try await party.give(.authorisation(id), [.idNumber]) }
            let tomorrow = morning.adding(seconds: 86_400)
            await #expect(throws: Fault(.notAuthorised, "")) { try await party.give(.authorisation(id), at: tomorrow) }
            try await party.write { tx throws(Fault) in _ = try withdrawAuthorisation(id, of: party.customer, in: tx, at: morning)
            }
            await #expect(throws: Fault(.notAuthorised, "")) { try await party.give(.authorisation(id)) }
            let log = try await party.read { tx throws(Fault) in try accessLog(of: party.customer, in: tx) }
            #expect(log.map(\.recipient) == ["快递公司"])
        }
    }

    @Test func aLawOpensWhatItNamesAndMayKeepItSecret() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            try await party.give(.law(LegalBasis(.civilProcedure, article: "67", document: "(2026)京01民初1号")))
            try await party.give(
                .law(LegalBasis(.telecommunications, article: "65", document: "公(2026)1号", isConfidential: true)))
            let log = try await party.read { tx throws(Fault) in try accessLog(of: party.customer, in: tx) }
            #expect(log.count == 1)
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await party.give(.law(LegalBasis(.civilProcedure, article: "67", document: "1")), by: .customerService)
            }
        }
    }
}

extension Party {
    @discardableResult
    fileprivate func give(
        _ basis: DisclosureBasis?, _ fields: Set<IdentityField> = [.legalName, .phone], to recipient: String = "快递公司",
        at now: Timestamp = morning, by role: Role = .legal
    ) async throws(Fault) -> Disclosure {
        let request = DiscloseRequest(customer: customer, recipient: recipient, fields: fields, basis: basis)
        return try await write { tx throws(Fault) in
            try disclose(request, with: vault, by: clerk("l", role), in: tx, at: now, zone: .shanghai)
        }
    }
}

@Suite("After the end, on both engines")
struct RetentionTests {
    /// Ended on 2026-11-23: identity data until 2028-11-23, records until 2029-11-23, each erased the day after.
    @Test func dataAreErasedTheDayAfterTheLawLetsGo() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            try await party.add("one", SampleFiles.jpeg())
            await #expect(throws: Fault(.serviceRuns, "")) { try await party.erase("2036-01-01") }
            try await party.write { tx throws(Fault) in
                _ = try beginRetention(of: party.customer, endedOn: today, in: tx, at: morning)
            }
            let fault = await #expect(throws: Fault.self) { try await party.erase("2028-11-23") }
            #expect(fault?.code == .retentionRuns && fault?.parameters["date"] == "2028-11-23")
            #expect(try await party.rows("customers_retained") == 1)
            #expect(try await party.rows("customers_retained_evidence") == 1)
            #expect(try await party.dueErasures("2028-11-23") == 0)
            #expect(try await party.dueErasures("2028-11-24") == 1)
            #expect(try await party.dueErasures("2028-11-24") == 0)
            #expect(try await party.rows("customers_retained") == 0)
            #expect(try await party.rows("customers_retained_evidence") == 0)
            #expect(try await party.rows("customers_consents") == 2)
            #expect(try await party.dueErasures("2029-11-23") == 0)
            #expect(try await party.dueErasures("2029-11-24") == 1)
            #expect(try await party.rows("customers_consents") == 0)
        }
    }

    @Test func whatIsKeptByLawIsOnlyKept() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            try await party.write { tx throws(Fault) in
                _ = try beginRetention(of: party.customer, endedOn: today, in: tx, at: morning)
            }
            for table in ["customers_identities", "customers_verifications", "customers_evidence", "customers_contacts"] {
                #expect(try await party.rows(table) == 0, "\(table)")
            }
            await #expect(throws: Fault(.noIdentity, "")) {
                try await party.write { tx throws(Fault) in
                    try revealIdentity(
                        of: party.customer, fields: [.phone], with: party.vault, by: clerk("a"), in: tx, at: morning)
                }
            }
            await #expect(throws: Fault(.serviceEnded, "")) { try await party.submit(.valid) }
            await #expect(throws: Fault(.serviceEnded, "")) {
                try await party.write { tx throws(Fault) in
                    try exportMyData(of: party.customer, with: party.vault, in: tx, at: morning)
                }
            }
            let found = try await party.give(.law(LegalBasis(.criminalProcedure, article: "54", document: "1")))
            #expect(found.values[.legalName] == "王秀英")
            let shown = try await party.read { tx throws(Fault) in try customer(party.customer, in: tx).name.text }
            #expect(shown == "已注销")
        }
    }

    @Test(arguments: [("2026-11-23", "2028-11-23", "2029-11-23"), ("2028-02-29", "2030-02-28", "2031-02-28")])
    func theLastDayIsTheAnniversary(ended: String, identity: String, records: String) throws {
        let rule = retention(endedOn: try #require(BusinessDate(ended)))
        #expect(rule.identityUntil.description == identity && rule.recordsUntil.description == records)
    }
}

extension Party {
    fileprivate func erase(_ day: String) async throws(Fault) {
        let date = BusinessDate(day) ?? today
        try await write { tx throws(Fault) in _ = try eraseCustomer(customer, on: date, in: tx, at: morning) }
    }

    fileprivate func dueErasures(_ day: String) async throws(Fault) -> Int {
        let date = BusinessDate(day) ?? today
        return try await write { tx throws(Fault) in try eraseDueCustomers(on: date, in: tx, at: morning) }
    }

    fileprivate func rows(_ table: String) async throws(Fault) -> Int64 {
        try await read { tx throws(Fault) in try tx.first("SELECT COUNT(*) AS total FROM \(table)")?.integer("total") ?? -1 }
    }
}

@Suite("A new key for sealed identities, on both engines")
struct RotationTests {
    @Test func everythingOpensWithTheNewKeyAlone() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            try await party.add("one", SampleFiles.jpeg())
            let rotated = Vault(keys: party.vault.keys.rotated())
            try await resealAll(CustomersSchema.sealed, in: party.database, with: rotated)
            let alone = Vault(keys: try rotated.keys.dropping(party.vault.keys.current))
            let (identity, copy) = try await party.read { tx throws(Fault) in
                (
                    try ownIdentity(of: party.customer, with: alone, in: tx),
                    try ownEvidence(EvidenceID(trusted: "one"), of: party.customer, with: alone, in: tx)
                )
            }
            #expect(identity?.number == "360426199101010071" && copy.bytes == SampleFiles.jpeg() && copy.file.name == "front.jpg")
            await #expect(throws: Fault(.vaultKeyMissing, "")) {
                try await party.read { tx throws(Fault) in try ownIdentity(of: party.customer, with: party.vault, in: tx) }
            }
        }
    }
}
