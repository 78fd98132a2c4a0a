import Access
import Agreement
import Basics
import Crypto
import Customers
import Storage
import StorageTestSupport
import Testing

let noon = Timestamp(milliseconds: 1_790_000_000_000)
let shanghai = BusinessZone.shanghai
let schema = AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations

/// A provider with the standard agreement published, on one engine.
struct Provider {
    let database: any Database
    let vault = Vault.ephemeral()
    let seal = ProviderSeal.ephemeral()

    static func open(_ body: @Sendable (Provider) async throws -> Void) async throws {
        try await withDatabases(schema) { database in
            let office = Provider(database: database)
            try await office.write { tx throws(Fault) in
                _ = try ensureFirstVersion(.standard(provider), in: tx, at: noon)
            }
            try await body(office)
        }
    }

    @discardableResult
    func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await database.write(work)
    }

    func customer(_ digits: String = "60000001") async throws(Fault) -> CustomerID {
        let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
        let hash = try await hasher.hash(NewPassword("correct horse", signInName: digits))
        return try await write { tx throws(Fault) in
            let principal = try addPrincipal(signInName: digits, password: hash, in: tx, at: noon)
            return try enrolCustomer(
                named: try DisplayName("王秀英"), language: .chinese, signingInAs: principal.id, in: tx, at: noon
            ).id
        }
    }

    @discardableResult
    func prepare(_ customer: CustomerID, _ party: ContractParty = wang, at now: Timestamp = noon) async throws(Fault) -> Agreement
    {
        let (seal, vault) = (seal, vault)
        return try await write { tx throws(Fault) in
            try prepareAgreement(for: customer, party: party, seal: seal, vault: vault, in: tx, at: now, zone: shanghai)
        }
    }

    func begin(
        _ customer: CustomerID, _ method: SigningMethod = .key, _ session: String = "s1", at now: Timestamp = noon
    ) async throws(Fault) -> SigningChallenge {
        try await write { tx throws(Fault) in
            try beginSigning(customer, method: method, session: SessionID(trusted: session), in: tx, at: now)
        }
    }

    func answer(
        _ customer: CustomerID, _ challenge: SigningChallenge, _ proof: SigningProof, _ session: String = "s1",
        at now: Timestamp = noon
    ) async throws(Fault) -> SigningOutcome {
        try await write { tx throws(Fault) in
            try signAsCustomer(
                customer, answering: challenge.nonce, with: proof, session: SessionID(trusted: session), in: tx, at: now)
        }
    }

    /// A customer with an agreement that both have signed.
    func party(_ digits: String = "60000001", at now: Timestamp = noon) async throws -> CustomerID {
        let customer = try await customer(digits)
        try await prepare(customer, at: now)
        let challenge = try await begin(customer, at: now)
        _ = try await answer(customer, challenge, Pen().sign(challenge.message), at: now)
        let seal = seal
        try await write { tx throws(Fault) in _ = try sealAgreement(of: customer, with: seal, in: tx, at: now) }
        return customer
    }

    func agreement(of customer: CustomerID) async throws -> Agreement {
        try #require(try await database.read { tx throws(Fault) in try agreementOf(customer, tx) })
    }

    func report(_ customer: CustomerID) async throws -> AgreementReport {
        let vault = vault
        return try await database.read { tx throws(Fault) in
            guard let agreement = try agreementOf(customer, tx) else { throw Fault(.unknownAgreement, "") }
            return try verifyAgreement(agreement, vault: vault, in: tx)
        }
    }

    func actions(like pattern: String) async throws(Fault) -> [String] {
        try await database.read { tx throws(Fault) in
            var found: [String] = []
            for row in try tx.query("SELECT action FROM journal WHERE action LIKE $1 ORDER BY id", [.text(pattern)]) {
                found.append(try row.text("action"))
            }
            return found
        }
    }

    static func legal(_ purpose: String = "年度修订") throws(Fault) -> StaffAct {
        try StaffAct(staff: StaffID(trusted: "lawyer"), roles: [.legal], purpose: purpose)
    }
}

/// The use case of this name, which a method of the same name would hide.
private func agreementOf(_ customer: CustomerID, _ tx: any Transaction) throws(Fault) -> Agreement? {
    try agreement(of: customer, in: tx)
}

/// A customer's own key, as a browser keeps it.
struct Pen {
    let key = P256.Signing.PrivateKey()

    func sign(_ message: [UInt8]) throws -> SigningProof {
        .key(
            try CustomerPublicKey(bytes: Array(key.publicKey.x963Representation)),
            signature: Array(try key.signature(for: message).rawRepresentation))
    }
}

let wang = ContractParty(
    kind: .person, name: "王秀英", address: "北京市朝阳区建国路88号", postcode: "100022", phone: "13800138000",
    idKind: Wording(zh: "居民身份证", en: "Resident identity card"), idNumber: "11010119491231002X")

/// A small generator that repeats itself (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
