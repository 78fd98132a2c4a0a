import Basics
import Customers
import Lines
import Storage
import StorageTestSupport
import Testing

private let shanghai = BusinessZone.shanghai
/// 2026-09-21 21:33:20 in Shanghai. Ninety whole days rest: 22 September to 20 December (9 + 31 + 30 + 20), so the number is free at
/// the beginning of 21 December, which is 16:00 UTC on the 20th.
private let free = Timestamp(milliseconds: 1_797_782_400_000)

@Suite("Numbers that are reserved, changed and rest, on both engines")
struct NumberRestTests {
    @Test func ninetyWholeDaysRest() throws {
        let day = try #require(BusinessDate("2026-09-21"))
        #expect(numberIsFreeAgain(givenBackOn: day).description == "2026-12-21")
        #expect(shanghai.start(of: numberIsFreeAgain(givenBackOn: day)) == free)
        // Over a leap day: from 29 January 2028, 2 + 29 + 31 + 28 days, so that 29 April is the first free one.
        let leap = try #require(BusinessDate("2028-01-29"))
        #expect(numberIsFreeAgain(givenBackOn: leap).description == "2028-04-29")
    }

    @Test func theNumberOfAnEndedLineIsFreeToTheMillisecondAndNotBefore() async throws {
        try await withDatabases(schema) { database in
            let (first, second) = (try await enrol("a", database), try await enrol("b", database))
            let ended = try await open("60000001", first, database)
            try await database.write { tx throws(Fault) in
                try endLine(ended.id, by: "system", in: tx, at: noon, zone: shanghai)
                // A repeat changes nothing, the rest least of all.
                try endLine(ended.id, by: "system", in: tx, at: noon.adding(seconds: 86_400), zone: shanghai)
            }
            try await database.read { tx throws(Fault) in
                #expect(try line(ended.id, in: tx).endedAt == noon)
                #expect(try line(numbered: ended.number, in: tx) == nil)
                #expect(try lines(of: first, in: tx).isEmpty)
                #expect(try lineHistory(of: first, in: tx).map(\.id) == [ended.id])
                #expect(
                    try freeNumbers(of: .standard, in: tx, at: free.adding(milliseconds: -1)).numbers.first?.digits == "60000002")
                #expect(try freeNumbers(of: .standard, in: tx, at: free).numbers.first == ended.number)
            }
            await #expect(throws: Fault(.unknownLine, "")) {
                try await database.read { tx throws(Fault) in try lineInService(ended.id, in: tx) }
            }
            await #expect(throws: Fault(.numberTaken, "")) {
                try await take("60000001", second, at: free.adding(milliseconds: -1), database)
            }
            let again = try await take("60000001", second, at: free, database)
            #expect(again.customer == second)
        }
    }

    @Test func aChangedNumberLeavesTheLineAsItIsAndTheOldOneRests() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("a", database)
            let old = try await open("60000001", customer, database)
            let changed = try await database.write { tx throws(Fault) in
                try placeHold(
                    PlaceHoldRequest(
                        line: old.id, kind: .credit, clause: 9, reason: "limit-reached", evidence: "call:1", effect: .outgoing,
                        by: "system"),
                    in: tx, at: noon)
                let request = ChangeNumberRequest(
                    line: old.id, number: PhoneNumber(trusted: "60000002"), pool: .standard, by: "customer:\(customer)")
                _ = try changeNumber(request, in: tx, at: noon, zone: shanghai)
                // Asking for the number that it has changes nothing.
                return try changeNumber(request, in: tx, at: noon.adding(seconds: 1), zone: shanghai)
            }
            #expect(changed.id == old.id)
            #expect(changed.number.digits == "60000002")
            try await database.read { tx throws(Fault) in
                #expect(try line(numbered: old.number, in: tx) == nil)
                #expect(try line(numbered: changed.number, in: tx)?.id == old.id)
                #expect(try activeHolds(on: old.id, in: tx).map(\.kind) == [.credit])
                #expect(try formerNumbers(of: old.id, in: tx).map(\.number) == [old.number])
            }
            await #expect(throws: Fault(.numberTaken, "")) {
                try await take("60000001", customer, at: free.adding(milliseconds: -1), database)
            }
            _ = try await take("60000001", customer, at: free, database)
        }
    }

    @Test func aNumberInUseOrOutsideThePoolIsNotChangedTo() async throws {
        try await withDatabases(schema) { database in
            let (first, second) = (try await enrol("a", database), try await enrol("b", database))
            let own = try await open("60000001", first, database)
            _ = try await open("60000002", second, database)
            for (digits, code) in [("60000002", Fault.Code.numberTaken), ("110", .numberNotOffered)] {
                await #expect(throws: Fault(code, "")) {
                    try await database.write { tx throws(Fault) in
                        try changeNumber(
                            ChangeNumberRequest(
                                line: own.id, number: PhoneNumber(trusted: digits), pool: .standard, by: "system"),
                            in: tx, at: noon, zone: shanghai)
                    }
                }
            }
            #expect(try await database.read { tx throws(Fault) in try line(own.id, in: tx).number } == own.number)
        }
    }

    @Test func aReservedNumberIsForOneAloneUntilItsInstant() async throws {
        try await withDatabases(schema) { database in
            let (first, second) = (try await enrol("a", database), try await enrol("b", database))
            let until = noon.adding(seconds: 3_600)
            try await reserve("60000001", for: "order-a", until: until, database)
            await #expect(throws: Fault(.numberTaken, "")) {
                try await reserve("60000001", for: "order-b", until: until, database)
            }
            await #expect(throws: Fault(.numberTaken, "")) { try await take("60000001", second, at: noon, database) }
            // Reserving again for the same one moves the instant.
            try await reserve("60000001", for: "order-a", until: until.adding(seconds: 60), database)
            await #expect(throws: Fault(.numberTaken, "")) { try await take("60000001", second, at: until, database) }
            let line = try await take("60000001", first, at: noon, database, reservedFor: "order-a")
            #expect(line.customer == first)
            // Taken is taken: the reservation is used up, and giving it back takes nothing away.
            try await release("60000001", "order-a", database)
            await #expect(throws: Fault(.numberTaken, "")) {
                try await reserve("60000001", for: "order-a", until: until, database)
            }
        }
    }

    @Test func aReservationThatIsGivenBackOrRunsOutLeavesTheNumberFree() async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("a", database)
            let until = noon.adding(seconds: 3_600)
            try await reserve("60000001", for: "order-a", until: until, database)
            try await release("60000001", "order-b", database)
            await #expect(throws: Fault(.numberTaken, "")) { try await take("60000001", customer, at: noon, database) }
            try await release("60000001", "order-a", database)
            _ = try await take("60000001", customer, at: noon, database)
            try await reserve("60000002", for: "order-a", until: until, database)
            await #expect(throws: Fault(.numberTaken, "")) {
                try await take("60000002", customer, at: until.adding(milliseconds: -1), database)
            }
            _ = try await take("60000002", customer, at: until, database)
            for end in [noon, noon.adding(seconds: 41 * 86_400)] {
                await #expect(throws: Fault(.reservationTooLong, "")) {
                    try await reserve("60000003", for: "order-a", until: end, database)
                }
            }
        }
    }

    /// Sixty-four orders want one number at once: one has it, and what the books show is that one.
    @Test func sixtyFourOrdersFightForOneNumber() async throws {
        try await withDatabases(schema) { database in
            let outcomes = await withTaskGroup(of: String?.self) { group in
                for index in 0..<64 {
                    group.addTask {
                        do throws(Fault) {
                            try await reserve("60007777", for: "order-\(index)", until: noon.adding(seconds: 60), database)
                            return "order-\(index)"
                        } catch { return error.code == .numberTaken ? nil : "fault \(error)" }
                    }
                }
                return await group.reduce(into: [String]()) { if let winner = $1 { $0.append(winner) } }
            }
            #expect(outcomes.count == 1)
            let row = try await database.read { tx throws(Fault) in
                try tx.first("SELECT reserved_for FROM lines_numbers WHERE number = '60007777'")?.text("reserved_for")
            }
            #expect(row == outcomes.first)
        }
    }

    private func take(
        _ digits: String, _ customer: CustomerID, at now: Timestamp, _ database: any Database, reservedFor: String? = nil
    ) async throws(Fault) -> Line {
        try await database.write { tx throws(Fault) in
            try openLine(
                number: PhoneNumber(trusted: digits), of: .standard, customer: customer, account: "account",
                reservedFor: reservedFor.map(ReservationID.init(trusted:)), in: tx, at: now)
        }
    }

    private func reserve(_ digits: String, for name: String, until: Timestamp, _ database: any Database) async throws(Fault) {
        try await database.write { tx throws(Fault) in
            try reserveNumber(
                PhoneNumber(trusted: digits), of: .standard, for: ReservationID(trusted: name), until: until, by: "system",
                in: tx, at: noon)
        }
    }

    private func release(_ digits: String, _ name: String, _ database: any Database) async throws(Fault) {
        try await database.write { tx throws(Fault) in
            try releaseNumber(
                PhoneNumber(trusted: digits), reservedFor: ReservationID(trusted: name), by: "system", in: tx, at: noon)
        }
    }
}
