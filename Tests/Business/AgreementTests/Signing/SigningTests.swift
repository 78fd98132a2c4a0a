import Access
import Agreement
import Basics
import Customers
import Foundation
import Storage
import Testing

@Suite("Signing, on both engines")
struct SigningTests {
    @Test func theLaterSignaturePutsItInForce() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            let prepared = try await office.prepare(customer)
            #expect(prepared.number == "JM-2026-000001")
            let challenge = try await office.begin(customer)
            let signedAt = noon.adding(seconds: 60)
            _ = try await office.answer(customer, challenge, Pen().sign(challenge.message), at: signedAt)
            let half = try await office.agreement(of: customer)
            #expect(half.inForceAt == nil && half.customerSignature?.at == signedAt)
            let sealedAt = noon.adding(seconds: 3600)
            let seal = office.seal
            try await office.write { tx throws(Fault) in _ = try sealAgreement(of: customer, with: seal, in: tx, at: sealedAt) }
            let whole = try await office.agreement(of: customer)
            #expect(whole.inForceAt == sealedAt)
            #expect(!whole.isInForce(at: sealedAt.adding(milliseconds: -1)) && whole.isInForce(at: sealedAt))
            for (instant, expected) in [(sealedAt.adding(milliseconds: -1), false), (sealedAt, true)] {
                let answer = try await office.write { tx throws(Fault) in try isInForce(customer, at: instant, in: tx) }
                #expect(answer == expected)
            }
            let report = try await office.report(customer)
            #expect(report.flaws.isEmpty && report.isSignedByBoth && report.unsealedStates == 0)
            #expect(
                try await office.actions(like: "agreement.%") == [
                    "agreement.version-published", "agreement.prepared", "agreement.customer-signed",
                    "agreement.provider-sealed", "agreement.in-force",
                ])
        }
    }

    @Test func theProviderMaySealFirst() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            try await office.prepare(customer)
            let seal = office.seal
            try await office.write { tx throws(Fault) in _ = try sealAgreement(of: customer, with: seal, in: tx, at: noon) }
            #expect(try await office.agreement(of: customer).inForceAt == nil)
            let challenge = try await office.begin(customer)
            _ = try await office.answer(customer, challenge, Pen().sign(challenge.message))
            #expect(try await office.agreement(of: customer).inForceAt == noon)
            // The state of the annexes waits for its seal; the agreement is in force nevertheless.
            #expect(try await office.report(customer).unsealedStates == 1)
            #expect(try await office.write { tx throws(Fault) in try sealFingerprints(with: seal, in: tx) } == 1)
            let report = try await office.report(customer)
            #expect(report.flaws.isEmpty && report.unsealedStates == 0)
        }
    }

    @Test func aForgedSignatureIsRefused() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            try await office.prepare(customer)
            let challenge = try await office.begin(customer)
            let pen = Pen()
            guard case .key(let key, let right) = try pen.sign(challenge.message) else { return }
            let strange = try Pen().sign(challenge.message)
            guard case .key(let other, _) = strange else { return }
            var forgeries: [SigningProof] = [
                .key(other, signature: right), try pen.sign(Array(challenge.documentHash.bytes + challenge.nonce)),
                .key(key, signature: []), .key(key, signature: Array(repeating: 0, count: 64)),
                .key(key, signature: Array(right.dropLast())), .key(key, signature: right + [0]), .code("123456"),
            ]
            for bit in stride(from: 0, to: 512, by: 37) {
                var bent = right
                bent[bit / 8] ^= 1 << UInt8(bit % 8)
                forgeries.append(.key(key, signature: bent))
            }
            for forgery in forgeries {
                await #expect(throws: Fault(.signatureWrong, "")) { try await office.answer(customer, challenge, forgery) }
            }
            #expect(try await office.agreement(of: customer).customerSignature == nil)
            // The right one still is.
            _ = try await office.answer(customer, challenge, .key(key, signature: right))
            #expect(try await office.agreement(of: customer).customerSignature?.publicKey == key)
        }
    }

    @Test func aChallengeIsOfOneCustomerOneSessionOneDocumentAndTenMinutes() async throws {
        try await Provider.open { office in
            let (a, b) = (try await office.customer("60000001"), try await office.customer("60000002"))
            try await office.prepare(a)
            try await office.prepare(b)
            let challenge = try await office.begin(a)
            let pen = Pen()
            let proof = try pen.sign(challenge.message)
            let over = Fault(.challengeOver, "")
            await #expect(throws: over) { try await office.answer(b, challenge, proof) }
            await #expect(throws: over) { try await office.answer(a, challenge, proof, "s2") }
            await #expect(throws: over) { try await office.answer(a, challenge, proof, at: noon.adding(seconds: 600)) }
            // Beginning again ends the first challenge.
            let second = try await office.begin(a)
            await #expect(throws: over) { try await office.answer(a, challenge, proof) }
            // So does another document: the name was corrected.
            var corrected = wang
            corrected.name = "王秀瑛"
            try await office.prepare(a, corrected)
            let late = try pen.sign(second.message)
            await #expect(throws: over) { try await office.answer(a, second, late) }
            let third = try await office.begin(a)
            let last = try pen.sign(third.message)
            let signed = try await office.answer(a, third, last, at: noon.adding(milliseconds: 599_999))
            // Repeated, because the reply was lost, it answers alike; with another signature it does not.
            #expect(try await office.answer(a, third, last) == signed)
            let again = try Pen().sign(third.message)
            await #expect(throws: Fault(.alreadySigned, "")) { try await office.answer(a, third, again) }
        }
    }

    @Test func aCodeHasFiveTries() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            try await office.prepare(customer)
            let challenge = try await office.begin(customer, .code)
            let code = try #require(challenge.code)
            #expect(code.utf8.count == 6 && code.utf8.allSatisfy { (48...57).contains($0) })
            let wrong = code == "000000" ? "000001" : "000000"
            for left in [4, 3, 2, 1, 0] {
                #expect(try await office.answer(customer, challenge, .code(wrong)) == .wrongCode(triesLeft: left))
            }
            await #expect(throws: Fault(.challengeOver, "")) { try await office.answer(customer, challenge, .code(code)) }
            let again = try await office.begin(customer, .code)
            let spoken = try #require(again.code)
            let spaced = spoken.prefix(3) + " " + spoken.suffix(3)
            guard case .signed(let agreement) = try await office.answer(customer, again, .code(String(spaced))) else {
                Issue.record("the code was right")
                return
            }
            #expect(agreement.customerSignature?.method == .code)
            let kept = try await office.write { tx throws(Fault) in try tx.query("SELECT code_hash FROM agreement_challenges") }
            #expect(kept.count == 2)
            #expect(try await office.report(customer).flaws.isEmpty)
        }
    }

    @Test func beginningToSignHasALimit() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            try await office.prepare(customer)
            for _ in 0..<10 { _ = try await office.begin(customer, .code) }
            await #expect(throws: Fault(.tooManyChallenges, "")) { try await office.begin(customer, .code) }
            _ = try await office.begin(customer, .code, at: noon.adding(seconds: 3600))
        }
    }

    @Test func anOutdatedDocumentIsNotSigned() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            let before = try await office.prepare(customer)
            #expect(try await office.prepare(customer, at: noon.adding(seconds: 86_400)) == before)
            let vault = office.vault
            try await office.write { tx throws(Fault) in
                let hash = try storeDocument(Array("order".utf8), kind: "order", of: customer, vault: vault, in: tx, at: noon)
                try attachAnnex(
                    number: "DD-2026-000001", title: Wording(zh: "订单", en: "Order"), document: hash, of: customer, seal: nil,
                    in: tx,
                    at: noon)
            }
            await #expect(throws: Fault(.documentOutdated, "")) { try await office.begin(customer) }
            let after = try await office.prepare(customer)
            #expect(after.documentHash != before.documentHash && after.number == before.number && after.annexes.count == 1)
            _ = try await office.begin(customer)
            // What nobody signed is not kept.
            await #expect(throws: Fault(.unknownDocument, "")) {
                try await office.write { tx throws(Fault) in try storedDocument(before.documentHash, vault: vault, in: tx) }
            }
        }
    }

    /// The key of RFC 7515, appendix A.3; its thumbprint was computed with Python's hashlib.
    @Test func aBrowsersKeyIsReadAndNothingElse() throws {
        let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
        let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        let key = try CustomerPublicKey(
            jwk: #"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)","ext":true,"key_ops":["verify"]}"#)
        #expect(key.bytes.count == 65 && key.bytes.first == 4)
        #expect(base64url(key.thumbprint.bytes) == "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U")
        let swapped = x.replacingOccurrences(of: "f83", with: "f84")
        for bad in [
            "", "null", "{}", "[]", #"{"kty":"EC","crv":"P-384","x":"\#(x)","y":"\#(y)"}"#,
            #"{"kty":"RSA","crv":"P-256","x":"\#(x)","y":"\#(y)"}"#, #"{"kty":"EC","crv":"P-256","x":"\#(x)=","y":"\#(y)"}"#,
            #"{"kty":"EC","crv":"P-256","x":"\#(swapped)","y":"\#(y)"}"#, #"{"kty":"EC","crv":"P-256","x":"","y":"\#(y)"}"#,
            #"{"kty":"EC","crv":"P-256","x":"\#(x)\#(x)","y":"\#(y)"}"#, String(repeating: " ", count: 10_000),
            #"{"kty":"EC","crv":"P-256","x":"\#(x)"}"#,
        ] {
            #expect(throws: Fault(.signingKey, ""), "\(bad.prefix(80))") { try CustomerPublicKey(jwk: bad) }
        }
        #expect(throws: Fault(.signingKey, "")) { try CustomerPublicKey(bytes: Array(repeating: 0, count: 65)) }
    }

    @Test func onlyTheSealThatTheDocumentNamesMaySealIt() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            try await office.prepare(customer)
            await #expect(throws: Fault(.sealChanged, "")) {
                try await office.write { tx throws(Fault) in
                    try sealAgreement(of: customer, with: .ephemeral(), in: tx, at: noon)
                }
            }
            let service = try StaffAct(staff: StaffID(trusted: "s"), roles: [.customerService], purpose: "seal")
            let seal = office.seal
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await office.write { tx throws(Fault) in
                    try sealAgreement(of: customer, with: seal, by: service, in: tx, at: noon)
                }
            }
        }
    }

    @Test func whatIsAlteredInTheDatabaseIsFound() async throws {
        let changes: [(String, AgreementFlaw)] = [
            ("UPDATE agreement_signatures SET at = at + 1 WHERE party = 'provider'", .providerSignature),
            ("UPDATE agreement_signatures SET at = at - 1 WHERE party = 'customer'", .providerSignature),
            ("UPDATE agreement_signatures SET nonce = signature WHERE party = 'customer'", .customerSignature),
            ("UPDATE agreement_documents SET content = hash_of_nothing", .document),
            ("UPDATE agreement_agreements SET document = fingerprint", .customerSignature),
            ("UPDATE agreement_agreements SET fingerprint = document", .fingerprint),
            ("UPDATE agreement_fingerprints SET signature = fingerprint", .fingerprintSeal(annexes: 0)),
            ("DELETE FROM agreement_fingerprints", .fingerprint),
        ]
        for (sql, flaw) in changes {
            try await Provider.open { office in
                let customer = try await office.party()
                #expect(try await office.report(customer).flaws.isEmpty)
                try await office.write { tx throws(Fault) in
                    if sql.contains("hash_of_nothing") {
                        let row = try tx.first("SELECT content FROM agreement_documents")
                        var bytes = try row?.blob("content") ?? []
                        bytes[bytes.count / 2] ^= 1
                        try tx.execute("UPDATE agreement_documents SET content = $1", [.blob(bytes)])
                    } else {
                        try tx.execute(sql)
                    }
                }
                #expect(try await office.report(customer).flaws.contains(flaw), "\(sql)")
            }
        }
    }

    @Test func whatIsReturnedIsSignedAnew() async throws {
        try await Provider.open { office in
            let customer = try await office.customer()
            try await office.prepare(customer)
            let challenge = try await office.begin(customer)
            _ = try await office.answer(customer, challenge, Pen().sign(challenge.message))
            // The document stays as it is once signed.
            var other = wang
            other.name = "王秀瑛"
            #expect(try await office.prepare(customer, other).documentHash == challenge.documentHash)
            try await office.write { tx throws(Fault) in
                _ = try returnForSigning(customer, by: Provider.legal("姓名有误"), in: tx, at: noon)
            }
            let fresh = try await office.prepare(customer, other)
            #expect(fresh.documentHash != challenge.documentHash && fresh.customerSignature == nil)
        }
    }

    @Test func anEndedAgreementIsOver() async throws {
        try await Provider.open { office in
            let customer = try await office.party()
            let end = noon.adding(seconds: 1000)
            let ended = try await office.write { tx throws(Fault) in
                try endAgreement(of: customer, because: .customer, actor: "customer:\(customer)", in: tx, at: end)
            }
            #expect(ended.endedAt == end && ended.endReason == "customer")
            let again = try await office.write { tx throws(Fault) in
                try endAgreement(of: customer, because: .arrears, actor: "system", in: tx, at: end.adding(seconds: 1))
            }
            #expect(again == ended)
            #expect(try await office.write { tx throws(Fault) in try isInForce(customer, at: end, in: tx) } == false)
            #expect(try await office.report(customer).flaws.isEmpty)
        }
    }
}
