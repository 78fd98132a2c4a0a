import Access
import Agreement
import Arbitration
import Basics
import Billing
import Charging
import Crypto
import Customers
import Lines
import Notices
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Gathering a case, on both engines")
struct GatherCaseTests {
    /// 2026-11-23 09:00 in Shanghai.
    static let morning = Timestamp(milliseconds: 1_795_395_600_000)
    static let schema =
        AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations + LinesSchema.migrations
        + OrdersSchema.migrations + NoticesSchema.migrations + ChargingSchema.migrations + BillingSchema.migrations
    static let seal = ProviderSeal.ephemeral()
    static let vault = Vault.ephemeral()
    static let provider = ProviderParty(
        name: "见面视讯有限公司", legalRepresentative: "张见", address: "北京市海淀区中关村大街1号", phone: "010-60000000",
        uscc: "91110000600037341L", website: "https://jianmian.example")

    private func act(_ role: Role) throws(Fault) -> StaffAct {
        try StaffAct(staff: StaffID(trusted: "lawyer"), roles: [role], purpose: "仲裁案 2026-17")
    }

    /// The files are document, signatures, version 1, orders, lines, holds, calls, books and journal, and ten of the service.
    @Test func aCaseHoldsTheSignedPapersAndTheJournalAndVerifies() async throws {
        try await withDatabases(Self.schema) { database in
            let customer = try await signedCustomer(database)
            let bytes = try await gather(customer, as: .legal, database)
            let report = verifyCaseFile(bytes)
            #expect(report.misfit == nil)
            #expect(report.about?.customer == customer.rawValue)
            #expect(report.journalEntries >= 4, "enrolled, prepared, signed, sealed")
            #expect(report.files == 19)
            var wrong = bytes
            wrong[bytes.count / 2] ^= 1
            #expect(verifyCaseFile(wrong).misfit?.offset == bytes.count / 2)
        }
    }

    /// A call of 200 s at ¥0.005 with what was measured, and a payment of ¥20: both stand in the case, and one changed digit of either is found.
    @Test func theCaseHoldsCallsWithTheirEvidenceAndPayments() async throws {
        try await withDatabases(Self.schema) { database in
            let customer = try await signedCustomer(database)
            let account = AccountID(trusted: "a1")
            try await database.write { tx throws(Fault) in
                guard let line = try lineHistory(of: customer, in: tx).first else { throw Fault(.unknownLine, "no line") }
                let call = CallID(trusted: "call-1")
                try recordDialledCall(
                    DialledCall(
                        call: call, callerLine: line.id, callerNumber: line.number, callerDevice: DeviceID(trusted: "d"),
                        calleeLine: nil, calleeNumber: PhoneNumber(trusted: "60000002"), kind: .video, account: account,
                        pricePerSecond: Money(micros: 5_000), dialledAt: Self.morning), in: tx)
                try recordAnswer(of: call, by: DeviceID(trusted: "e"), rungAt: Self.morning, in: tx, at: Self.morning)
                try closeCallRecord(
                    CallClosing(
                        call: call, outcome: .hungUp, endedBy: .caller, endedAt: Self.morning.adding(seconds: 200), seconds: 200,
                        cost: Money(micros: 1_000_000), media: #"{"lossPermille":31}"#), in: tx)
                _ = try receivePayment(
                    PaymentRequest(id: PaymentID(trusted: "p1"), account: account, amount: Money(yuan: 20), method: .provider),
                    from: "provider:demo", in: tx, at: Self.morning, zone: .shanghai)
            }
            let bytes = try await gather(customer, as: .legal, database)
            #expect(verifyCaseFile(bytes).isRight)
            for words in ["lossPermille", "\"amount\" : 20000000"] {
                let place = try #require(bytes.firstRange(of: Array(words.utf8))?.lowerBound, "\(words)")
                var wrong = bytes
                wrong[place + 2] ^= 1
                #expect(verifyCaseFile(wrong).misfit?.offset == place + 2)
                #expect(verifyCaseFile(wrong).misfit?.part.contains("service/") == true)
            }
        }
    }

    @Test func onlyWhoMayExportsAndWithoutAnAgreementThereIsNoCase() async throws {
        try await withDatabases(Self.schema) { database in
            let customer = try await signedCustomer(database)
            await #expect(throws: Fault(.staffMayNot, "")) { try await gather(customer, as: .technician, database) }
            await #expect(throws: Fault(.unknownAgreement, "")) { try await gather(.random(), as: .legal, database) }
        }
    }

    private func gather(_ customer: CustomerID, as role: Role, _ database: any Database) async throws(Fault) -> [UInt8] {
        let act = try act(role)
        return try await database.write { tx throws(Fault) in
            try gatherCase(of: customer, by: act, seal: Self.seal, vault: Self.vault, in: tx, at: Self.morning, zone: .shanghai)
        }
    }

    /// A customer with a line, an account and an agreement that both have signed.
    private func signedCustomer(_ database: any Database) async throws -> CustomerID {
        let customer = try await registered(database)
        let session = SessionID(trusted: "s1")
        let party = ContractParty(
            kind: .person, name: "王秀英", address: "北京市朝阳区建国路88号", postcode: "100022", phone: "13800138000",
            idKind: Wording(zh: "居民身份证", en: "Resident identity card"), idNumber: "11010119491231002X")
        let challenge = try await database.write { tx throws(Fault) in
            _ = try ensureFirstVersion(.standard(Self.provider), in: tx, at: Self.morning)
            _ = try prepareAgreement(
                for: customer, party: party, seal: Self.seal, vault: Self.vault, in: tx, at: Self.morning, zone: .shanghai)
            return try beginSigning(customer, method: .key, session: session, in: tx, at: Self.morning)
        }
        let key = P256.Signing.PrivateKey()
        let proof = SigningProof.key(
            try CustomerPublicKey(bytes: Array(key.publicKey.x963Representation)),
            signature: Array(try key.signature(for: challenge.message).rawRepresentation))
        try await database.write { tx throws(Fault) in
            _ = try signAsCustomer(customer, answering: challenge.nonce, with: proof, session: session, in: tx, at: Self.morning)
            _ = try sealAgreement(of: customer, with: Self.seal, in: tx, at: Self.morning)
        }
        return customer
    }

    private func registered(_ database: any Database) async throws -> CustomerID {
        let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
        let hash = try await hasher.hash(NewPassword("correct horse", signInName: "60000001"))
        let name = try DisplayName("王秀英")
        return try await database.write { tx throws(Fault) in
            try ensureStandardPlan(in: tx, at: Self.morning)
            let request = RegisterCustomerRequest(
                name: name, language: .chinese, number: PhoneNumber(trusted: "60000001"), password: hash, account: "a1")
            let registered = try registerCustomer(request, in: tx, at: Self.morning)
            try openAccount(
                OpenAccountRequest(id: AccountID(trusted: "a1"), customer: registered.customer.id), in: tx, at: Self.morning)
            return registered.customer.id
        }
    }
}
