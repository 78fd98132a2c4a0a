import Access
import Agreement
import Basics
import Customers
import Storage
import Testing

/// Noon of a day in Shanghai.
func at(_ text: String) -> Timestamp { shanghai.start(of: day(text)).adding(seconds: 12 * 3600) }

extension Provider {
    /// Publishes a version whose warranty years are its number.
    @discardableResult
    func publish(_ number: Int, at now: Timestamp, months: Int = 1) async throws(Fault) -> VersionID {
        let id = VersionID(trusted: "v\(number)")
        try await write { tx throws(Fault) in
            var content = DraftContent(
                terms: .standard(provider), text: .standard, summary: Wording(zh: "保修延长。", en: "Longer warranty."))
            content.terms.warrantyYears = number
            content.terms.objectionMonths = months
            _ = try draftVersion(id, content, by: Provider.legal(), in: tx, at: now)
            _ = try publishVersion(id, revision: 1, by: Provider.legal(), in: tx, at: now)
        }
        return id
    }

    func terms(_ customer: CustomerID, _ on: String) async throws(Fault) -> TermsInForce {
        try await database.read { tx throws(Fault) in
            try termsInForce(of: customer, on: day(on), in: tx, zone: shanghai)
        }
    }

    func accept(_ version: VersionID, _ customer: CustomerID, at now: Timestamp) async throws(Fault) -> TermsInForce {
        try await write { tx throws(Fault) in try acceptChange(version, by: customer, in: tx, at: now, zone: shanghai) }
    }

    @discardableResult
    func object(
        _ version: VersionID, _ customer: CustomerID, id: String = "o1", reason: String = "违约金太高", at now: Timestamp
    ) async throws(Fault) -> Objection {
        try await write { tx throws(Fault) in
            try objectToChange(
                ObjectionID(trusted: id), version: version, reason: reason, by: customer, in: tx, at: now, zone: shanghai)
        }
    }

    func bindAll(at now: Timestamp) async throws(Fault) -> Int {
        var (bound, last): (Int, AgreementID?) = (0, nil)
        while true {
            let from = last
            let step = try await write { tx throws(Fault) in try bindSilence(after: from, in: tx, at: now, zone: shanghai) }
            bound += step.bound
            last = step.next
            if last == nil { return bound }
        }
    }
}

@Suite("Changes: windows, acceptance, objection, silence")
struct ChangeTests {
    /// Published on 15 May, last day 15 June. In Shanghai that day ends at 16:00 UTC.
    @Test func theLastMillisecondOfTheLastDayIsInTime() async throws {
        try await Provider.open { office in
            let customer = try await office.party(at: at("2026-02-01"))
            let late = try await office.party("60000002", at: at("2026-02-01"))
            let version = try await office.publish(2, at: at("2026-05-15"))
            let end = try #require(Timestamp("2026-06-15T16:00:00.000Z"))
            await #expect(throws: Fault(.windowOver, "")) { try await office.object(version, late, at: end) }
            let objection = try await office.object(version, customer, at: end.adding(milliseconds: -1))
            #expect(objection.isOpen)
            #expect(try await office.terms(customer, "2026-06-16").number == 1)
            #expect(try await office.terms(late, "2026-06-16").number == 2)
        }
    }

    @Test func silenceIsRecordedOnceAndDatedAtTheEndOfTheWindow() async throws {
        try await Provider.open { office in
            let customer = try await office.party(at: at("2026-02-01"))
            try await office.publish(2, at: at("2026-01-31"))
            #expect(try await office.bindAll(at: at("2026-02-28")) == 0)
            // In force since 1 February, so the window ends on 1 March; the job runs nine days late.
            #expect(try await office.bindAll(at: at("2026-03-10")) == 1)
            #expect(try await office.bindAll(at: at("2026-03-10")) == 0)
            #expect(try await office.bindAll(at: at("2027-03-10")) == 0)
            let terms = try await office.terms(customer, "2026-03-02")
            #expect(terms.because == .silence && terms.since == day("2026-03-02"))
            let row = try await office.write { tx throws(Fault) in try tx.first("SELECT because, at FROM agreement_acceptances") }
            #expect(try row?.text("because") == "silence")
            #expect(try row?.time("at") == shanghai.start(of: day("2026-03-02")))
            let entry = try await office.write { tx throws(Fault) in
                try tx.first("SELECT state_after FROM journal WHERE action = 'agreement.silence-bound'")
            }
            #expect(try entry?.text("state_after") == #"{"version":2,"lastDay":"2026-03-01","from":"2026-03-02"}"#)
        }
    }

    @Test func manyAgreementsAreBoundInSteps() async throws {
        try await Provider.open { office in
            for number in 1...3 { _ = try await office.party("6000000\(number)", at: at("2026-02-01")) }
            try await office.publish(2, at: at("2026-05-15"))
            #expect(try await office.bindAll(at: at("2026-06-16")) == 3)
        }
    }

    @Test func acceptanceIsFinalAndRepeatable() async throws {
        try await Provider.open { office in
            let customer = try await office.party(at: at("2026-02-01"))
            let two = try await office.publish(2, at: at("2026-05-15"))
            let terms = try await office.accept(two, customer, at: at("2026-05-20"))
            #expect(terms.number == 2 && terms.because == .acceptance && terms.since == day("2026-05-20"))
            #expect(try await office.accept(two, customer, at: at("2026-05-21")) == terms)
            await #expect(throws: Fault(.windowOver, "")) { try await office.object(two, customer, at: at("2026-05-22")) }
            #expect(try await office.bindAll(at: at("2026-07-01")) == 0)
            #expect(try await office.actions(like: "agreement.change-%") == ["agreement.change-accepted"])
        }
    }

    @Test func whatWasOvertakenCannotBeAccepted() async throws {
        try await Provider.open { office in
            let customer = try await office.party(at: at("2026-02-01"))
            let two = try await office.publish(2, at: at("2026-05-15"))
            let three = try await office.publish(3, at: at("2026-06-01"))
            _ = try await office.accept(three, customer, at: at("2026-06-05"))
            await #expect(throws: Fault(.versionSuperseded, "")) { try await office.accept(two, customer, at: at("2026-06-06")) }
            await #expect(throws: Fault(.unknownVersion, "")) {
                try await office.accept(VersionID(trusted: "none"), customer, at: at("2026-06-06"))
            }
        }
    }

    @Test func anObjectionIsNegotiatedAndKeepsTheOldTerms() async throws {
        try await Provider.open { office in
            let (customer, other) = (
                try await office.party(at: at("2026-02-01")), try await office.party("60000002", at: at("2026-02-01"))
            )
            let two = try await office.publish(2, at: at("2026-05-15"))
            let objection = try await office.object(two, customer, at: at("2026-05-20"))
            #expect(try await office.object(two, customer, at: at("2026-05-21")) == objection)
            await #expect(throws: Fault(.otherContentUnderSameID, "")) {
                try await office.object(two, customer, reason: "别的原因", at: at("2026-05-21"))
            }
            await #expect(throws: Fault(.alreadyObjected, "")) {
                try await office.object(two, customer, id: "o2", at: at("2026-05-21"))
            }
            await #expect(throws: Fault(.otherContentUnderSameID, "")) {
                try await office.object(two, other, at: at("2026-05-21"))
            }
            try await office.write { tx throws(Fault) in
                let now = at("2026-05-25")
                _ = try negotiate(MessageID(trusted: "m1"), about: objection.id, words: "可否保留旧条款?", by: customer, in: tx, at: now)
                _ = try negotiate(
                    MessageID(trusted: "m2"), about: objection.id, words: "可以。", by: Provider.legal("协商"), in: tx,
                    at: now.adding(seconds: 60))
            }
            await #expect(throws: Fault(.unknownObjection, "")) {
                try await office.write { tx throws(Fault) in
                    try negotiate(.random(), about: objection.id, words: "我也来", by: other, in: tx, at: noon)
                }
            }
            let thread = try await office.write { tx throws(Fault) in try negotiation(objection.id, in: tx) }
            #expect(thread.map(\.words) == ["违约金太高", "可否保留旧条款?", "可以。"])
            #expect(thread.map(\.author) == [.customer, .customer, .provider])
            #expect(try await office.write { tx throws(Fault) in try openObjections(limit: 10, in: tx) }.count == 1)
            let settled = try await office.write { tx throws(Fault) in
                try resolveObjection(objection.id, .keepOld, by: Provider.legal("协商"), in: tx, at: at("2026-07-20"))
            }
            #expect(settled.outcome == .keepOld && !settled.isOpen)
            #expect(try await office.terms(customer, "2028-01-01").number == 1)
            #expect(try await office.bindAll(at: at("2028-01-01")) == 1)
            await #expect(throws: Fault(.objectionSettled, "")) {
                try await office.write { tx throws(Fault) in
                    try negotiate(.random(), about: objection.id, words: "还有", by: customer, in: tx, at: noon)
                }
            }
            // Both may still agree on the new version later.
            #expect(try await office.accept(two, customer, at: at("2026-08-01")).number == 2)
            #expect(try await office.terms(customer, "2026-07-31").number == 1)
        }
    }

    @Test func theProviderCannotAcceptOrLeaveForTheCustomer() async throws {
        try await Provider.open { office in
            let customer = try await office.party(at: at("2026-02-01"))
            let two = try await office.publish(2, at: at("2026-05-15"))
            let objection = try await office.object(two, customer, at: at("2026-05-20"))
            let proposed = try await office.write { tx throws(Fault) in
                try resolveObjection(objection.id, .accepted, by: Provider.legal("协商"), in: tx, at: at("2026-06-01"))
            }
            #expect(proposed.isOpen && proposed.proposed == .accepted)
            #expect(try await office.terms(customer, "2026-07-01").number == 1)
            await #expect(throws: Fault(.objectionSettled, "")) {
                try await office.write { tx throws(Fault) in
                    try settleObjection(objection.id, .keepOld, by: customer, in: tx, at: at("2026-07-01"))
                }
            }
            let settled = try await office.write { tx throws(Fault) in
                try settleObjection(objection.id, .accepted, by: customer, in: tx, at: at("2026-07-10"))
            }
            #expect(settled.outcome == .accepted)
            #expect(try await office.terms(customer, "2026-07-09").number == 1)
            let terms = try await office.terms(customer, "2026-07-10")
            #expect(terms.number == 2 && terms.because == .acceptance)
        }
    }

    @Test func leavingKeepsTheOldTermsUntilTheEnd() async throws {
        try await Provider.open { office in
            let customer = try await office.party(at: at("2026-02-01"))
            let two = try await office.publish(2, at: at("2026-05-15"))
            let objection = try await office.object(two, customer, at: at("2026-05-20"))
            try await office.write { tx throws(Fault) in
                _ = try settleObjection(objection.id, .end, by: customer, in: tx, at: at("2026-06-01"))
            }
            await #expect(throws: Fault(.objectionSettled, "")) { try await office.accept(two, customer, at: at("2026-06-02")) }
            #expect(try await office.terms(customer, "2026-09-01").number == 1)
        }
    }

    @Test func onlyAPartyMayAnswer() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            try await office.prepare(customer)
            let two = try await office.publish(2, at: at("2026-05-15"))
            await #expect(throws: Fault(.notInForce, "")) { try await office.object(two, customer, at: at("2026-05-20")) }
            let party = try await office.party("60000002", at: at("2026-06-01"))
            // Its own agreement is on version 2: there is nothing to answer.
            await #expect(throws: Fault(.unknownVersion, "")) { try await office.object(two, party, at: at("2026-06-01")) }
        }
    }

    @Test func wordsThatCannotBeReadAreRefused() async throws {
        try await Provider.open { office in
            let customer = try await office.party(at: at("2026-02-01"))
            let two = try await office.publish(2, at: at("2026-05-15"))
            let bad: [(String, Fault.Code)] = [
                ("", .wordsMissing), (" \n\t", .wordsMissing), (String(repeating: "长", count: 1_334), .wordingTooLong),
                ("a\u{202E}b", .wordsCharacter), ("a\u{0}b", .wordsCharacter), ("\u{200B}", .wordsCharacter),
            ]
            for (words, code) in bad {
                let fault = await #expect(throws: Fault.self) {
                    try await office.object(two, customer, reason: words, at: at("2026-05-20"))
                }
                #expect(fault?.code == code)
            }
        }
    }
}
