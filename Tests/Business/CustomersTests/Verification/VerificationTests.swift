import Access
import Basics
import Customers
import Storage
import StorageTestSupport
import Testing

@Suite("The check of an identity, on both engines")
struct VerificationTests {
    @Test func dataAreSealedAndWaitForStaff() async throws {
        try await withParty { party in
            let verification = try await party.submit(.valid)
            #expect(verification.state == .submitted && verification.version == 1 && verification.kind == .person)
            let queue = try await party.read { tx throws(Fault) in try verificationQueue(with: party.vault, in: tx) }
            #expect(queue.total == 1)
            let masked = try #require(queue.items.first?.identity)
            #expect(masked.legalName == "王*英" && masked.idNumber == "3604**********0071" && masked.phone == "138****8000")
            #expect(masked.birthDate == "1991-**-**" && masked.address == "北京市海淀区****")
        }
    }

    @Test func theSameDataAgainChangeNothing() async throws {
        try await withParty { party in
            let first = try await party.submit(.valid)
            #expect(try await party.submit(.valid) == first)
            var other = PersonForm.valid
            other.phone = "13900139000"
            let corrected = try await party.submit(other)
            #expect(corrected.id == first.id && corrected.version == 2 && corrected.state == .submitted)
        }
    }

    @Test func withoutConsentNothingIsTaken() async throws {
        try await withParty { party in
            let identity = try Identity.person(checkPerson(.valid, on: today).get())
            await #expect(throws: Fault(.consentMissing, "")) {
                try await party.write { tx throws(Fault) in
                    try submitIdentity(
                        SubmitIdentityRequest(customer: party.customer, identity: identity, consents: [.marketing]),
                        with: party.vault,
                        in: tx, at: morning, zone: .shanghai)
                }
            }
            let state = try await party.read { tx throws(Fault) in try verificationState(of: party.customer, in: tx) }
            #expect(state == .none)
        }
    }

    @Test func ofTwoWhoDecideAtOnceTheSecondGetsAConflict() async throws {
        try await withParty { party in
            let seen = try await party.submit(.valid)
            let verified = try await party.write { tx throws(Fault) in
                try recordVerified(seen.id, version: seen.version, by: clerk("a"), in: tx, at: morning)
            }
            #expect(verified.state == .verified && verified.decidedBy == "staff:a" && verified.verifiedAt == morning)
            await #expect(throws: Fault(.verificationChanged, "")) {
                try await party.write { tx throws(Fault) in
                    try recordRejected(
                        VerificationDecision(seen.id, version: seen.version, reason: .unreadable), by: clerk("b"), in: tx,
                        at: morning)
                }
            }
        }
    }

    @Test func evidenceIsAskedForHandedInAndDecidedOn() async throws {
        try await withParty { party in
            let seen = try await party.submit(.valid)
            let asked = try await party.ask(seen, days: 7)
            // Seven days after 2026-11-23, to the end of 30 November in Shanghai: 16:00 UTC.
            #expect(asked.deadline?.description == "2026-11-30T16:00:00.000Z" && asked.state == .evidenceRequested)
            await #expect(throws: Fault(.evidenceMissing, "")) { try await party.handIn() }
            try await party.add("one", SampleFiles.jpeg())
            let handed = try await party.handIn()
            #expect(handed.state == .evidenceSubmitted)
            #expect(try await party.handIn() == handed)
            let verified = try await party.write { tx throws(Fault) in
                try recordVerified(handed.id, version: handed.version, by: clerk("a"), in: tx, at: morning)
            }
            #expect(verified.deadline == nil && verified.reason == nil)
            let steps = try await party.read { tx throws(Fault) in try verificationSteps(of: party.customer, in: tx) }
            #expect(steps.map(\.state) == [.submitted, .evidenceRequested, .evidenceSubmitted, .verified])
        }
    }

    @Test func aCorrectionDoesNotWinTime() async throws {
        try await withParty { party in
            let asked = try await party.ask(try await party.submit(.valid), days: 7)
            var other = PersonForm.valid
            other.legalName = "王秀兰"
            let corrected = try await party.submit(other)
            #expect(corrected.state == .evidenceRequested && corrected.deadline == asked.deadline)
        }
    }

    /// A new phone keeps verified data verified, a new name does not.
    @Test func onlyDataThatProveWhoSomebodyIsAreLookedAtAgain() async throws {
        try await withParty { party in
            let seen = try await party.submit(.valid)
            try await party.write { tx throws(Fault) in
                _ = try recordVerified(seen.id, version: 1, by: clerk("a"), in: tx, at: morning)
            }
            var form = PersonForm.valid
            form.phone = "13900139000"
            #expect(try await party.submit(form).state == .verified)
            form.legalName = "王秀兰"
            #expect(try await party.submit(form).state == .submitted)
        }
    }

    @Test func whatCannotBeInAStateIsRefused() async throws {
        try await withParty { party in
            await #expect(throws: Fault(.unknownVerification, "")) { try await party.handIn() }
            let seen = try await party.submit(.valid)
            await #expect(throws: Fault(.verificationState, "")) { try await party.handIn() }
            await #expect(throws: Fault(.evidenceDays, "")) { try await party.ask(seen, days: 61) }
            await #expect(throws: Fault(.noteMissing, "")) {
                try await party.write { tx throws(Fault) in
                    try recordRejected(
                        VerificationDecision(seen.id, version: 1, reason: .other, note: " "), by: clerk("a"), in: tx, at: morning)
                }
            }
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await party.write { tx throws(Fault) in
                    try recordVerified(seen.id, version: 1, by: clerk("a", .technician), in: tx, at: morning)
                }
            }
        }
    }

    @Test func aPersonMayHaveFiveCustomersAndNotSix() async throws {
        try await withDatabases(schema) { database in
            let vault = Vault.ephemeral()
            for index in 0..<6 {
                let party = Party(database: database, vault: vault, customer: try await enrol("6000000\(index)", database))
                if index < 5 {
                    _ = try await party.submit(.valid)
                } else {
                    await #expect(throws: Fault(.identityLimit, "")) { try await party.submit(.valid) }
                }
            }
        }
    }

    /// Verified on 2026-11-23 it is due on 2027-11-23; verified on 2028-02-29, on 2029-02-28.
    @Test func verifiedDataAreLookedAtOnceAYear() async throws {
        try await withParty { party in
            let seen = try await party.submit(.valid)
            try await party.write { tx throws(Fault) in
                _ = try recordVerified(seen.id, version: 1, by: clerk("a"), in: tx, at: morning)
            }
            #expect(try await party.due("2027-11-22").isEmpty)
            #expect(try await party.due("2027-11-23").count == 1)
            let leap = BusinessZone.shanghai.start(of: try #require(BusinessDate("2028-02-29"))).adding(seconds: 3600)
            try await party.write { tx throws(Fault) in
                _ = try recordVerified(seen.id, version: 2, by: clerk("a"), in: tx, at: leap)
            }
            #expect(try await party.due("2029-02-27").isEmpty)
            #expect(try await party.due("2029-02-28").count == 1)
        }
    }
}

@Suite("Copies of IDs, on both engines")
struct EvidenceTests {
    @Test func aRepeatIsKnownAndAnotherFileUnderItsIdIsAConflict() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            let first = try await party.add("one", SampleFiles.jpeg())
            #expect(try await party.add("one", SampleFiles.jpeg()) == first)
            await #expect(throws: Fault(.evidenceReused, "")) { try await party.add("one", SampleFiles.png()) }
            #expect(first.name == "front.jpg" && first.size == SampleFiles.jpeg().count)
        }
    }

    @Test func tenAreTheMost() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            for index in 0..<10 { try await party.add("file\(index)", SampleFiles.jpeg()) }
            await #expect(throws: Fault(.tooMuchEvidence, "")) { try await party.add("file10", SampleFiles.jpeg()) }
            try await party.write { tx throws(Fault) in
                try removeEvidence(EvidenceID(trusted: "file3"), of: party.customer, in: tx, at: morning)
            }
            try await party.add("file10", SampleFiles.jpeg())
        }
    }

    @Test func nobodySeesTheCopyOfAnother() async throws {
        try await withDatabases(schema) { database in
            let vault = Vault.ephemeral()
            let (a, b) = (try await enrol("60000001", database), try await enrol("60000002", database))
            let (mine, theirs) = (
                Party(database: database, vault: vault, customer: a), Party(database: database, vault: vault, customer: b)
            )
            _ = try await mine.submit(.valid)
            _ = try await theirs.submit(.valid)
            try await mine.add("mine", SampleFiles.jpeg())
            await #expect(throws: Fault(.unknownEvidence, "")) {
                try await theirs.read { tx throws(Fault) in
                    try ownEvidence(EvidenceID(trusted: "mine"), of: theirs.customer, with: vault, in: tx)
                }
            }
            await #expect(throws: Fault(.unknownEvidence, "")) {
                try await theirs.write { tx throws(Fault) in
                    try removeEvidence(EvidenceID(trusted: "mine"), of: theirs.customer, in: tx, at: morning)
                }
            }
            await #expect(throws: Fault(.evidenceReused, "")) { try await theirs.add("mine", SampleFiles.jpeg()) }
        }
    }

    @Test func staffWhoOpenACopyStandInTheLog() async throws {
        try await withParty { party in
            _ = try await party.submit(.valid)
            try await party.add("one", SampleFiles.jpeg())
            let opened = try await party.write { tx throws(Fault) in
                try openEvidence(EvidenceID(trusted: "one"), with: party.vault, by: clerk("a"), in: tx, at: morning)
            }
            #expect(opened.bytes == SampleFiles.jpeg())
            let log = try await party.read { tx throws(Fault) in try accessLog(of: party.customer, in: tx) }
            #expect(log.map(\.action) == [.evidenceOpened] && log.first?.purpose == "testing" && log.first?.actor == "staff:a")
        }
    }
}
