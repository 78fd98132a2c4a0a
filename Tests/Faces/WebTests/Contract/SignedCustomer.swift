import Access
import Agreement
import Basics
import Customers
import Lines
import Storage
import Web

/// A customer whose agreement is in force, for tests of what comes after.
extension TestWeb {
    static let provider = ProviderParty(
        name: "见面通信有限公司", legalRepresentative: "陈晓", address: "北京市海淀区中关村大街 1 号", phone: "01062000000",
        uscc: "91110000600037341L", website: "https://tel.example.cn")

    /// The customer who has a number.
    func customerID(_ number: String) async throws -> CustomerID {
        try await database.read { tx throws(Fault) in
            guard let line = try line(numbered: try parseNumber(number), in: tx) else {
                throw Fault(.unknownLine, "nobody has \(number)")
            }
            return line.customer
        }
    }

    /// Publishes the standard text and signs it for both parties; the agreement is in force from now.
    func signed(_ name: String, _ number: String) async throws -> (browser: TestBrowser, agreement: Agreement) {
        let browser = try await customer(name, number)
        let id = try await customerID(number)
        let (now, vault, seal) = (clock.now(), self.vault, ProviderSeal.ephemeral())
        let session = SessionID(trusted: "session-of-\(number)")
        let agreement = try await database.write { tx throws(Fault) in
            _ = try ensureFirstVersion(.standard(Self.provider), in: tx, at: now)
            let party = ContractParty(
                kind: .person, name: name, address: "北京市海淀区中关村大街 1 号", postcode: "100080", phone: "13812345678",
                idKind: Wording(zh: "居民身份证", en: "Resident ID"), idNumber: "11010519491231002X")
            _ = try prepareAgreement(for: id, party: party, seal: seal, vault: vault, in: tx, at: now, zone: .shanghai)
            let challenge = try beginSigning(id, method: .code, session: session, in: tx, at: now)
            _ = try signAsCustomer(
                id, answering: challenge.nonce, with: .code(challenge.code ?? ""), session: session, in: tx, at: now)
            return try sealAgreement(of: id, with: seal, in: tx, at: now)
        }
        return (browser, agreement)
    }
}
