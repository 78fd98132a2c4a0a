import Agreement
import Basics
import Storage
import Testing

/// Clause 17: in force when both have signed and sealed; two originals of equal force.
@Suite("Clause 17: signing and force")
struct Clause17SigningTests {
    @Test func signedByOneItIsNotInForce() async throws {
        try await Contract.play { world, contract in
            let person = try await world.customer("王秀英", "60000001")
            _ = try await contract.prepare(person)
            #expect(try await isBinding(person, world) == false)
            try await contract.sign(person)
            #expect(try await isBinding(person, world) == false)
            await #expect(throws: Fault(.notInForce, "")) { try await contract.terms(of: person, on: "2030-01-01") }
            // Two days later the provider seals: in force from then, not from the customer's signature.
            world.clock.advance(seconds: 2 * 86_400)
            try await contract.sealIt(person)
            #expect(try await isBinding(person, world))
            let agreement = try await contract.agreement(of: person)
            #expect(agreement.inForceAt == world.clock.now() && agreement.inForceAt == agreement.providerSignature?.at)
            let since = try await contract.terms(of: person, on: "2030-01-01").since
            #expect(since == world.zone.date(of: world.clock.now()))
        }
    }

    @Test func anybodyCanVerifyBothSignaturesFromWhatIsStored() async throws {
        try await Contract.play { world, contract in
            let person = try await contract.party()
            let report = try await contract.report(on: person)
            #expect(report.flaws.isEmpty && report.isSignedByBoth)
            try await world.write { tx, _ throws(Fault) in
                _ = try tx.execute("UPDATE agreement_signatures SET at = at + 1 WHERE party = 'provider'", [])
            }
            #expect(try await contract.report(on: person).flaws == [.providerSignature])
        }
    }

    @Test func anAlteredPDFIsNoOriginal() async throws {
        try await Contract.play { world, contract in
            let person = try await contract.party()
            let pdf = Array("%PDF-1.7 original one of two".utf8)
            let found = try await world.write { tx, now throws(Fault) in
                try registerOriginal(of: person.customer, copy: 1, pdf: ContentHash(of: pdf), in: tx, at: now)
                return try findByOriginalHash(ContentHash(of: pdf), in: tx)
            }
            #expect(found?.copy == 1 && found?.customer == "王*英" && found?.inForceAt == world.clock.now())
            for index in pdf.indices {
                var altered = pdf
                altered[index] ^= 1
                let hash = ContentHash(of: altered)
                #expect(try await world.read { tx, _ throws(Fault) in try findByOriginalHash(hash, in: tx) } == nil)
            }
        }
    }

    /// Given an agreement in force, its fingerprint tells anybody what was signed and when; an annex (clause 2) moves it on, the old one
    /// stays known as an earlier state.
    @Test func theFingerprintCoversTheAnnexes() async throws {
        try await Contract.play { world, contract in
            let person = try await contract.party()
            let before = try await contract.agreement(of: person).fingerprint
            let (vault, seal) = (contract.vault, contract.seal)
            try await world.write { tx, now throws(Fault) in
                let hash = try storeDocument(
                    Array("<p>order</p>".utf8), kind: "order", of: person.customer, vault: vault, in: tx, at: now)
                try attachAnnex(
                    number: "DD-2026-000001", title: Wording(zh: "订单", en: "Order"), document: hash, of: person.customer,
                    seal: seal,
                    in: tx, at: now)
            }
            let after = try await contract.agreement(of: person)
            #expect(after.fingerprint != before && after.annexes.map(\.number) == ["DD-2026-000001"])
            #expect(try await contract.report(on: person).flaws.isEmpty)
            let old = try await world.read { tx, _ throws(Fault) in try findByFingerprint(before, in: tx) }
            let new = try await world.read { tx, _ throws(Fault) in try findByFingerprint(after.fingerprint, in: tx) }
            #expect(old?.isLatest == false && old?.annexes == 0 && new?.isLatest == true && new?.annexes == 1)
        }
    }

    private func isBinding(_ person: Person, _ world: World) async throws(Fault) -> Bool {
        try await world.read { tx, now throws(Fault) in try isInForce(person.customer, at: now, in: tx) }
    }
}
