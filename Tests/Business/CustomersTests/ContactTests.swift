import Access
import Basics
import Customers
import Storage
import StorageTestSupport
import Testing

let noon = Timestamp(milliseconds: 1_790_000_000_000)
let schema = AccessSchema.migrations + CustomersSchema.migrations

@Suite("The address book, on both engines")
struct ContactTests {
    @Test func contactsAreAddedChangedAndRemoved() async throws {
        try await withCustomer { database, owner in
            let added = try await add("奶奶", "6000 0001", owner, database)
            #expect(try await all(owner, database) == [added])
            let changed = try await database.write { tx throws(Fault) in
                try changeContact(added.id, name: try DisplayName("王秀英"), number: nil, of: owner, in: tx, at: noon)
            }
            #expect(changed.name.text == "王秀英")
            #expect(changed.number.digits == "60000001")
            #expect(try await all(owner, database) == [changed])
            try await database.write { tx throws(Fault) in try removeContact(added.id, of: owner, in: tx, at: noon) }
            #expect(try await all(owner, database).isEmpty)
            await #expect(throws: Fault(.unknownContact, "")) {
                try await database.write { tx throws(Fault) in try removeContact(added.id, of: owner, in: tx, at: noon) }
            }
        }
    }

    @Test func theSameIdAgainAddsNothing() async throws {
        try await withCustomer { database, owner in
            let id = ContactID(trusted: "made-by-the-page")
            let first = try await add("李伟", "60000002", owner, database, id: id)
            let again = try await add("李伟", "60000002", owner, database, id: id)
            #expect(first == again)
            #expect(try await all(owner, database).count == 1)
        }
    }

    @Test func aNumberIsInABookOnce() async throws {
        try await withCustomer { database, owner in
            _ = try await add("李伟", "60000002", owner, database)
            let second = try await add("张敏", "60000003", owner, database)
            await #expect(throws: Fault(.contactNumberTaken, "")) { try await add("老李", "6000-0002", owner, database) }
            await #expect(throws: Fault(.contactNumberTaken, "")) {
                try await database.write { tx throws(Fault) in
                    try changeContact(second.id, name: nil, number: PhoneNumber(trusted: "60000002"), of: owner, in: tx, at: noon)
                }
            }
        }
    }

    @Test func nobodySeesOrChangesTheBookOfAnother() async throws {
        try await withCustomer { database, owner in
            let contact = try await add("李伟", "60000002", owner, database)
            let other = try await enrol("69999999", database)
            #expect(try await all(other, database).isEmpty)
            await #expect(throws: Fault(.unknownContact, "")) {
                try await database.write { tx throws(Fault) in
                    try changeContact(contact.id, name: try DisplayName("X"), number: nil, of: other, in: tx, at: noon)
                }
            }
            // The same id in another book is another contact.
            _ = try await add("陈晓", "60000004", other, database, id: contact.id)
            #expect(try await all(owner, database) == [contact])
        }
    }

    @Test func aBookHasALimit() async throws {
        try await withCustomer { database, owner in
            try await database.write { tx throws(Fault) in
                for index in 0..<CustomersLimits.contacts {
                    _ = try addContact(
                        name: try DisplayName("P\(index)"), number: PhoneNumber(trusted: "7\(1_000_000 + index)"), to: owner,
                        in: tx,
                        at: noon)
                }
            }
            let fault = await #expect(throws: Fault.self) { try await add("one more", "60000009", owner, database) }
            #expect(fault?.code == .tooManyContacts)
        }
    }

    @Test func aNumberIsNamed() async throws {
        try await withCustomer { database, owner in
            _ = try await add("奶奶", "60000001", owner, database)
            let names = try await database.read { tx throws(Fault) in
                [
                    try contactName(for: PhoneNumber(trusted: "60000001"), of: owner, in: tx)?.text,
                    try contactName(for: PhoneNumber(trusted: "60000002"), of: owner, in: tx)?.text,
                ]
            }
            #expect(names == ["奶奶", nil])
        }
    }

    /// Best first: name begins with it, a word of the name does, the name holds it, the number begins with it, the number holds it.
    @Test func theSearchOrderIsByFit() throws {
        let book = try [
            contact("Thomas Lin", "60001111"), contact("Lin Wei", "60002222"), contact("Colin", "60003333"),
            contact("Anna", "60006000"), contact("Berta", "11160003"),
        ]
        #expect(search(book, for: "LIN").map(\.name.text) == ["Lin Wei", "Thomas Lin", "Colin"])
        #expect(search(book, for: "6000").map(\.name.text) == ["Anna", "Colin", "Lin Wei", "Thomas Lin", "Berta"])
        #expect(search(book, for: "1116 0").map(\.name.text) == ["Berta"])
        #expect(search(book, for: "x").isEmpty)
        #expect(search(book, for: "  ").map(\.name.text) == ["Anna", "Berta", "Colin", "Lin Wei", "Thomas Lin"])
        #expect(search(try [contact("Zoë", "60001111")], for: "zoe").count == 1)
    }

    @Test func theJournalHoldsNoNamesAndNumbersOfContacts() async throws {
        try await withCustomer { database, owner in
            _ = try await add("奶奶", "60000077", owner, database)
            let rows = try await database.read { tx throws(Fault) in try tx.query("SELECT * FROM journal", []) }
            #expect(!rows.isEmpty)
            #expect(!rows.contains { "\($0)".contains("奶奶") || "\($0)".contains("60000077") })
        }
    }

    private func contact(_ name: String, _ number: String) throws -> Contact {
        Contact(id: .random(), name: try DisplayName(name), number: PhoneNumber(trusted: number))
    }

    private func add(
        _ name: String, _ number: String, _ owner: CustomerID, _ database: any Database, id: ContactID = .random()
    ) async throws(Fault) -> Contact {
        let name = try DisplayName(name)
        guard let number = PhoneNumber(number) else { throw Fault(.unknownContact, "the test's number is none") }
        return try await database.write { tx throws(Fault) in
            try addContact(id, name: name, number: number, to: owner, in: tx, at: noon)
        }
    }

    private func all(_ owner: CustomerID, _ database: any Database) async throws(Fault) -> [Contact] {
        try await database.read { tx throws(Fault) in try listContacts(of: owner, in: tx) }
    }

    private func withCustomer(_ body: @Sendable (any Database, CustomerID) async throws -> Void) async throws {
        try await withDatabases(schema) { database in try await body(database, enrol("60000000", database)) }
    }
}

/// A customer to whom the tests' address books belong.
func enrol(_ name: String, _ database: any Database) async throws(Fault) -> CustomerID {
    let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
    let hash = try await hasher.hash(NewPassword("correct horse", signInName: name))
    return try await database.write { tx throws(Fault) in
        let principal = try addPrincipal(signInName: name, password: hash, in: tx, at: noon)
        return try enrolCustomer(
            named: try DisplayName("王秀英"), language: .chinese, signingInAs: principal.id, in: tx, at: noon
        ).id
    }
}
