import Access
import Basics
import Customers
import Lines
import Storage
import StorageTestSupport
import Testing

let noon = Timestamp(milliseconds: 1_790_000_000_000)
let schema = AccessSchema.migrations + CustomersSchema.migrations + LinesSchema.migrations

/// A customer for whom the tests open lines.
func enrol(_ name: String, _ database: any Database) async throws(Fault) -> CustomerID {
    let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
    let hash = try await hasher.hash(NewPassword("correct horse", signInName: name))
    return try await database.write { tx throws(Fault) in
        let principal = try addPrincipal(signInName: name, password: hash, in: tx, at: noon)
        return try enrolCustomer(named: try DisplayName("王秀英"), language: .chinese, signingInAs: principal.id, in: tx, at: noon)
            .id
    }
}

func open(
    _ number: String, _ customer: CustomerID, _ database: any Database, account: String = "account"
) async throws(Fault) -> Line {
    try await database.write { tx throws(Fault) in
        try openLine(number: PhoneNumber(trusted: number), of: .standard, customer: customer, account: account, in: tx, at: noon)
    }
}

@Suite("Lines and their numbers, on both engines")
struct LineTests {
    @Test func aLineIsOpenedAndFound() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("60000001", database)
            let opened = try await open("60000001", customer, database)
            try await database.read { tx throws(Fault) in
                #expect(try line(opened.id, in: tx) == opened)
                #expect(try line(numbered: opened.number, in: tx) == opened)
                #expect(try lines(of: customer, in: tx) == [opened])
                #expect(try lines(chargedTo: "account", in: tx) == [opened])
                #expect(try line(numbered: PhoneNumber(trusted: "60000002"), in: tx) == nil)
            }
            await #expect(throws: Fault(.unknownLine, "")) {
                try await database.read { tx throws(Fault) in try line(LineID.random(), in: tx) }
            }
        }
    }

    @Test func aNumberThatIsNotOfferedIsRefused() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("60000001", database)
            for number in ["110", "60000000", "70000001", "13800138000"] {
                await #expect(throws: Fault(.numberNotOffered, "")) { try await open(number, customer, database) }
            }
        }
    }

    /// Thirty-two people ask for one number at once: one gets it, thirty-one are told, and the books show one line.
    @Test func twoPeopleNeverGetTheSameNumber() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("60000001", database)
            let outcomes = await withTaskGroup(of: Fault.Code?.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        do throws(Fault) {
                            _ = try await open("60001234", customer, database)
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: [Fault.Code?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.count { $0 == .numberTaken } == 31)
            #expect(try await database.read { tx throws(Fault) in try lines(of: customer, in: tx).count } == 1)
        }
    }

    @Test func aRestingNumberIsFreeWhenItsTimeHasCome() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("60000001", database)
            try await rest("60000005", until: noon.adding(seconds: 1), database)
            await #expect(throws: Fault(.numberTaken, "")) { try await open("60000005", customer, database) }
            try await database.write { tx throws(Fault) in
                _ = try tx.execute("UPDATE lines_numbers SET free_from = $1", [.time(noon)])
            }
            #expect(try await open("60000005", customer, database).number.digits == "60000005")
        }
    }

    @Test func freeNumbersComeInPages() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("60000001", database)
            _ = try await open("60000002", customer, database)
            try await rest("60000004", until: noon.adding(seconds: 1), database)
            // 6000 0000 is kept, 2 is taken, 4 rests.
            let first = try await page(nil, 3, database)
            #expect(first.numbers.map(\.digits) == ["60000001", "60000003", "60000005"])
            #expect(first.next?.digits == "60000006")
            let second = try await page(first.next, 2, database)
            #expect(second.numbers.map(\.digits) == ["60000006", "60000007"])
            let end = try await page(PhoneNumber(trusted: "60099999"), 10, database)
            #expect(end == FreeNumbers(numbers: [PhoneNumber(trusted: "60099999")], next: nil))
            #expect(try await page(PhoneNumber(trusted: "99999999"), 10, database).numbers.isEmpty)
            #expect(try await page(PhoneNumber(trusted: "110"), 1, database).numbers.map(\.digits) == ["60000001"])
            #expect(try await page(nil, 1_000_000, database).numbers.count == LinesLimits.freeNumbersPage)
        }
    }

    private func page(_ start: PhoneNumber?, _ limit: Int, _ database: any Database) async throws(Fault) -> FreeNumbers {
        try await database.read { tx throws(Fault) in
            try freeNumbers(of: .standard, from: start, limit: limit, in: tx, at: noon)
        }
    }

    private func rest(_ number: String, until end: Timestamp, _ database: any Database) async throws(Fault) {
        try await database.write { tx throws(Fault) in
            _ = try tx.execute(
                "INSERT INTO lines_numbers (number, line, since, free_from) VALUES ($1, NULL, 0, $2)",
                [.text(number), .time(end)])
        }
    }
}

@Suite("Devices of a line, on both engines")
struct DeviceTests {
    @Test func devicesAreRememberedUpToALimit() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("60000001", database)
            let line = try await open("60000001", customer, database).id
            for index in 0...LinesLimits.devicesPerLine {
                try await note("device-\(index)", "Browser\n \(index)", line, Int64(index), database)
            }
            let known = try await database.read { tx throws(Fault) in try devices(of: line, in: tx) }
            #expect(known.count == LinesLimits.devicesPerLine)
            #expect(known.first?.id.rawValue == "device-20")
            #expect(known.first?.name == "Browser 20")
            #expect(!known.contains { $0.id.rawValue == "device-0" })
        }
    }

    @Test func aDeviceSeenAgainIsTheSameDevice() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("60000001", database)
            let line = try await open("60000001", customer, database).id
            try await note("mine", "Phone", line, 0, database)
            try await note("mine", "Phone", line, 59, database)
            #expect(try await database.read { tx throws(Fault) in try devices(of: line, in: tx) }.first?.lastSeenAt == noon)
            try await note("mine", "Phone", line, 61, database)
            let known = try await database.read { tx throws(Fault) in try devices(of: line, in: tx) }
            #expect(known.count == 1)
            #expect(known.first?.firstSeenAt == noon)
            #expect(known.first?.lastSeenAt == noon.adding(seconds: 61))
        }
    }

    @Test func aDeviceOfNoLineIsRefused() async throws {
        try await withDatabases(schema) { database in
            await #expect(throws: Fault(.unknownLine, "")) { try await note("mine", "Phone", .random(), 0, database) }
        }
    }

    private func note(
        _ id: String, _ name: String, _ line: LineID, _ seconds: Int64, _ database: any Database
    ) async throws(Fault) {
        try await database.write { tx throws(Fault) in
            _ = try noteDevice(DeviceID(trusted: id), named: name, on: line, in: tx, at: noon.adding(seconds: seconds))
        }
    }
}
