import Access
import Basics
import Customers
import Storage
import StorageTestSupport

/// A customer of the tests with the vault of their provider.
struct Party: Sendable {
    let database: any Database
    let vault: Vault
    let customer: CustomerID

    func submit(_ form: PersonForm) async throws -> Verification {
        try await submit(.person(checkPerson(form, on: today).get()))
    }

    func submit(_ identity: Identity) async throws(Fault) -> Verification {
        try await write { tx throws(Fault) in
            try submitIdentity(
                SubmitIdentityRequest(customer: customer, identity: identity, consents: [.identityCheck, .childData]),
                with: vault,
                in: tx, at: morning, zone: .shanghai)
        }
    }

    func ask(_ seen: Verification, days: Int, at now: Timestamp = morning) async throws(Fault) -> Verification {
        try await write { tx throws(Fault) in
            try requestEvidence(
                VerificationDecision(seen.id, version: seen.version, reason: .idCopy), within: days, by: clerk("a"), in: tx,
                at: now,
                zone: .shanghai)
        }
    }

    @discardableResult
    func add(_ id: String, _ bytes: [UInt8]) async throws(Fault) -> EvidenceFile {
        let content = try checkEvidence(bytes)
        return try await write { tx throws(Fault) in
            try addEvidence(
                AddEvidenceRequest(
                    id: EvidenceID(trusted: id), customer: customer, name: "C:\\photos\\front\u{202E}.jpg", content: content),
                with: vault, in: tx, at: morning)
        }
    }

    func handIn() async throws(Fault) -> Verification {
        try await write { tx throws(Fault) in try submitEvidence(of: customer, in: tx, at: morning) }
    }

    func due(_ day: String) async throws(Fault) -> [QueuedVerification] {
        let date = BusinessDate(day) ?? today
        return try await read { tx throws(Fault) in try identitiesToRecheck(on: date, with: vault, in: tx, zone: .shanghai) }
    }

    @discardableResult
    func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await database.write(work)
    }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await database.read(work)
    }
}

/// Runs a test with one customer on both engines.
func withParty(_ body: @Sendable (Party) async throws -> Void) async throws {
    try await withDatabases(schema) { database in
        try await body(Party(database: database, vault: .ephemeral(), customer: enrol("60000000", database)))
    }
}

/// A member of the staff who is testing.
func clerk(_ id: String, _ role: Role = .customerService) throws(Fault) -> StaffAct {
    try StaffAct(staff: StaffID(trusted: id), roles: [role], purpose: "testing")
}
