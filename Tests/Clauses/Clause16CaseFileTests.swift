import Agreement
import Basics
import Storage
import Testing

/// Clause 16: what the agreement leaves open goes to the named commission, with a case file that anybody can verify.
@Suite("Clause 16: the case file")
struct Clause16CaseFileTests {
    /// Given the signed document and the journal of an agreement in a case file, it verifies offline; with one byte changed in either, that
    /// byte is named.
    @Test func theFileVerifiesAndOneChangedByteIsFound() async throws {
        try await Contract.play { world, contract in
            let person = try await contract.party()
            let agreement = try await contract.agreement(of: person)
            try await world.write { tx, _ throws(Fault) in _ = try sealJournal(in: tx) }
            let (vault, seal) = (contract.vault, contract.seal)
            let file = try await world.read { tx, now throws(Fault) in
                let document = try storedDocument(agreement.documentHash, vault: vault, in: tx)
                let slice = try journalSlice(about: ["agreement:\(agreement.id)"], in: tx)
                return try caseFile(
                    [CaseItem(path: "agreement/document.html", bytes: document.content), CaseJournal.item(slice)],
                    about: CaseSubject(
                        agreement: agreement.number, customer: "\(person.customer)", madeAt: now, madeBy: "staff:lawyer"),
                    sealedBy: seal)
            }
            let report = verifyCaseFile(file)
            #expect(report.isRight && report.files == 2 && report.about?.agreement == agreement.number)
            // Prepared, signed, sealed, in force.
            #expect(report.journalEntries == 4)
            for offset in stride(from: 11, to: file.count - 128, by: file.count / 40) {
                var altered = file
                altered[offset] ^= 0x20
                let misfit = verifyCaseFile(altered).misfit
                #expect(misfit?.offset == offset && misfit?.isExact == true, "byte \(offset)")
            }
        }
    }

    @Test func theCommissionStandsInTheAgreement() async throws {
        try await Contract.play { world, contract in
            let person = try await contract.party()
            let (agreement, vault) = (try await contract.agreement(of: person), contract.vault)
            let document = try await world.read { tx, _ throws(Fault) in
                try storedDocument(agreement.documentHash, vault: vault, in: tx)
            }
            #expect(document.html.contains("任何一方均可以直接提交北京仲裁委员会"))
            #expect(checkTerms(Contract.terms).isEmpty)
            var unnamed = Contract.terms
            unnamed.arbitrationCommission = ""
            #expect(checkTerms(unnamed).first?.kind == .refused)
        }
    }
}
