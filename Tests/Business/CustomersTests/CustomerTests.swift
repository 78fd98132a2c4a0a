import Access
import Basics
import Customers
import Storage
import StorageTestSupport
import Testing

@Suite("Parties, on both engines")
struct CustomerTests {
    @Test func aCustomerIsFoundByIdAndByPrincipal() async throws {
        try await withDatabases(schema) { database in
            let id = try await enrol("60000001", database)
            let (byID, byPrincipal) = try await database.read { tx throws(Fault) in
                let principal = try tx.query("SELECT principal FROM customers_principals", []).first?.text("principal") ?? ""
                return (try customer(id, in: tx), try customer(signingInAs: PrincipalID(trusted: principal), in: tx))
            }
            #expect(byID == byPrincipal)
            #expect(byID.name.text == "王秀英")
            #expect(byID.language == .chinese)
            #expect(byID.since == noon)
        }
    }

    @Test func whoIsNoCustomerIsNotFound() async throws {
        try await withDatabases(schema) { database in
            await #expect(throws: Fault(.unknownCustomer, "")) {
                try await database.read { tx throws(Fault) in try customer(.random(), in: tx) }
            }
            await #expect(throws: Fault(.unknownCustomer, "")) {
                try await database.read { tx throws(Fault) in try customer(signingInAs: .random(), in: tx) }
            }
        }
    }

    @Test func aPrincipalStandsForOneCustomer() async throws {
        try await withDatabases(schema) { database in
            _ = try await enrol("60000001", database)
            await #expect(throws: Fault(.principalTaken, "")) {
                try await database.write { tx throws(Fault) in
                    let principal = try tx.query("SELECT principal FROM customers_principals", []).first?.text("principal") ?? ""
                    _ = try enrolCustomer(
                        named: try DisplayName("李伟"), language: .english, signingInAs: PrincipalID(trusted: principal), in: tx,
                        at: noon)
                }
            }
            let count = try await database.read { tx throws(Fault) in try tx.query("SELECT id FROM customers_customers", []).count
            }
            #expect(count == 1)
        }
    }

    @Test func theLanguageChanges() async throws {
        try await withDatabases(schema) { database in
            let id = try await enrol("60000001", database)
            let after = try await database.write { tx throws(Fault) in
                try changeLanguage(of: id, to: .english, in: tx, at: noon)
                return try customer(id, in: tx)
            }
            #expect(after.language == .english)
        }
    }
}
