import Access
import Basics
import Customers
import Lines
import Storage
import Testing

/// Clause 1: the provider uses the data only for this service and shows them to no third party without the customer's authorisation,
/// except where the law says so.
@Suite("Clause 1: data are used for the service only")
struct Clause01PrivacyTests {
    /// Given staff who looked at a number, the customer reads who, when, what and why.
    @Test func theCustomerSeesWhoLooked() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            _ = try await world.verified(Wang.form, of: person, vault)
            let seen = try await world.write { tx, now throws(Fault) in
                try revealIdentity(of: person.customer, fields: [.idNumber], with: vault, by: Wang.clerk("li"), in: tx, at: now)
            }
            #expect(seen == [.idNumber: "resident-id 360426199101010071"])
            let log = try await world.read { tx, _ throws(Fault) in try accessLog(of: person.customer, in: tx) }
            #expect(
                log == [
                    AccessRecord(
                        at: world.clock.now(), actor: "staff:li", action: .revealed, purpose: "核对身份", fields: [.idNumber],
                        recipient: nil)
                ])
            #expect(throws: Fault(.purposeMissing, "")) {
                try StaffAct(staff: StaffID(trusted: "li"), roles: [.customerService], purpose: "  ")
            }
        }
    }

    /// Neither the customer's word nor a law: refused. With either, done and shown.
    @Test func disclosureWithoutBasisIsRefused() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            _ = try await world.verified(Wang.form, of: person, vault)
            await #expect(throws: Fault(.disclosureBasis, "")) { try await world.give(nil, of: person, vault) }
            let authorisation = AuthorisationRequest(
                customer: person.customer, recipient: "快递公司", fields: [.legalName, .phone], purpose: "送终端")
            try await world.write { tx, now throws(Fault) in _ = try recordAuthorisation(authorisation, in: tx, at: now) }
            #expect(try await world.give(.authorisation(authorisation.id), of: person, vault).values.count == 2)
            try await world.write { tx, now throws(Fault) in
                _ = try withdrawAuthorisation(authorisation.id, of: person.customer, in: tx, at: now)
            }
            await #expect(throws: Fault(.notAuthorised, "")) {
                try await world.give(.authorisation(authorisation.id), of: person, vault)
            }
            let order = LegalBasis(.telecommunications, article: "65", document: "京公(2026)1号")
            #expect(try await world.give(.law(order), of: person, vault).values.count == 2)
            let log = try await world.read { tx, _ throws(Fault) in try accessLog(of: person.customer, in: tx) }
            #expect(log.map(\.action) == [.disclosed, .disclosed])
        }
    }

    /// The key is changed while the service runs: what the old one sealed opens before, during and after, and then without it.
    @Test func theKeyIsChangedAndNothingIsLost() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            _ = try await world.submit(Wang.form, of: person, vault)
            let rotated = Vault(keys: vault.keys.rotated())
            #expect(try await world.number(of: person, rotated) == "360426199101010071")
            try await resealAll(CustomersSchema.sealed, in: world.database, with: rotated)
            let alone = Vault(keys: try rotated.keys.dropping(vault.keys.current))
            #expect(try await world.number(of: person, alone) == "360426199101010071")
            let found = try await world.read { tx, _ throws(Fault) in
                try searchCustomers(text: "360426199101010071", with: alone, in: tx).items.map(\.customer.id)
            }
            #expect(found == [person.customer])
        }
    }

    @Test func theCustomerTakesEverythingAlong() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            _ = try await world.submit(Wang.form, of: person, vault)
            _ = try await world.write { tx, now throws(Fault) in
                try addEvidence(
                    AddEvidenceRequest(
                        id: EvidenceID(trusted: "front"), customer: person.customer, name: "证件.jpg",
                        content: try checkEvidence(Wang.photograph)),
                    with: vault, in: tx, at: now)
            }
            let items = try await world.write { tx, now throws(Fault) in
                try exportMyData(of: person.customer, with: vault, in: tx, at: now)
            }
            let identity = items.first { $0.path == "identity/identity.json" }
            #expect(identity.map { String(decoding: $0.bytes, as: UTF8.self).contains("360426199101010071") } == true)
            #expect(items.first { $0.path == "identity/evidence/front.jpeg" }?.bytes == Wang.photograph)
        }
    }

    /// The customer asks for erasure while the service runs: what no law keeps goes at once, the rest stays, with its law and its last day.
    @Test func onRequestWhatNoLawKeepsIsErasedAtOnce() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            _ = try await world.verified(Wang.form, of: person, vault)
            let friend = try DisplayName("李伟")
            try await world.write { tx, now throws(Fault) in
                _ = try addContact(name: friend, number: PhoneNumber(trusted: "60000002"), to: person.customer, in: tx, at: now)
                try grantConsent(.marketing, version: 1, of: person.customer, in: tx, at: now)
                _ = try recordAuthorisation(
                    AuthorisationRequest(
                        customer: person.customer, recipient: "快递公司", fields: [.phone], purpose: "送终端"), in: tx, at: now)
            }
            let erased = try await world.write { tx, now throws(Fault) in try eraseOnRequest(of: person.customer, in: tx, at: now)
            }
            #expect(erased.contacts == 1 && erased.consents == [.marketing] && erased.authorisations == 1)
            let again = try await world.write { tx, now throws(Fault) in try eraseOnRequest(of: person.customer, in: tx, at: now)
            }
            #expect(again.isEmpty)
            try await world.read { tx, _ throws(Fault) in
                #expect(try listContacts(of: person.customer, in: tx).isEmpty)
                #expect(try !hasConsent(.marketing, of: person.customer, in: tx))
                #expect(try hasConsent(.identityCheck, of: person.customer, in: tx), "the service needs it")
            }
            #expect(try await world.number(of: person, vault) == "360426199101010071", "the law keeps it")
            // 23 November 2026: two, three and thirty years and five months on.
            let day = try #require(BusinessDate("2026-11-23"))
            let until = KeptData.allCases.map { "\($0.rawValue) \($0.lastDay(endedOn: day))" }
            #expect(
                until == [
                    "identity 2028-11-23", "documents 2029-11-23", "records 2029-11-23", "calls 2027-04-23", "books 2056-11-23",
                ])
        }
    }

    /// The service ends on 23 November 2026: identity data are kept until 23 November 2028 and not a day longer, and nothing but a law
    /// opens them meanwhile.
    @Test func afterTheRetentionPeriodDataAreErasedOnTheDay() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            _ = try await world.verified(Wang.form, of: person, vault)
            try await world.write { tx, now throws(Fault) in
                _ = try beginRetention(of: person.customer, endedOn: world.zone.date(of: now), in: tx, at: now)
            }
            await #expect(throws: Fault(.noIdentity, "")) {
                try await world.write { tx, now throws(Fault) in
                    try revealIdentity(of: person.customer, fields: [.phone], with: vault, by: Wang.clerk("li"), in: tx, at: now)
                }
            }
            let order = DisclosureBasis.law(LegalBasis(.criminalProcedure, article: "54", document: "京公(2026)2号"))
            #expect(try await world.give(order, of: person, vault).values[.legalName] == "王秀英")
            let lastDay = try #require(BusinessDate("2028-11-23"))
            // The last millisecond of the last day in Shanghai, then midnight.
            world.clock.advance(to: world.zone.end(of: lastDay).adding(milliseconds: -1))
            #expect(try await world.eraseDue() == 0)
            #expect(try await world.give(order, of: person, vault).values[.legalName] == "王秀英")
            world.clock.advance(to: world.zone.end(of: lastDay))
            #expect(try await world.eraseDue() == 1)
            await #expect(throws: Fault(.noIdentity, "")) { try await world.give(order, of: person, vault) }
        }
    }
}

extension World {
    @discardableResult
    fileprivate func give(_ basis: DisclosureBasis?, of person: Person, _ vault: Vault) async throws(Fault) -> Disclosure {
        let request = DiscloseRequest(customer: person.customer, recipient: "快递公司", fields: [.legalName, .phone], basis: basis)
        return try await write { tx, now throws(Fault) in
            try disclose(request, with: vault, by: Wang.clerk("zhao", .legal), in: tx, at: now, zone: zone)
        }
    }

    fileprivate func number(of person: Person, _ vault: Vault) async throws(Fault) -> String? {
        try await read { tx, _ throws(Fault) in try ownIdentity(of: person.customer, with: vault, in: tx)?.number }
    }

    fileprivate func eraseDue() async throws(Fault) -> Int {
        try await write { tx, now throws(Fault) in try eraseDueCustomers(on: zone.date(of: now), in: tx, at: now) }
    }
}
