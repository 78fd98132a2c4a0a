import Basics
import Customers
import Lines
import Storage
import StorageTestSupport
import Testing

@Suite("Putting and lifting holds, on both engines")
struct HoldTests {
    @Test func aHoldIsSeenUntilItIsLifted() async throws {
        try await withLine { database, line in
            let hold = try await place(.credit, "limit-reached", line, database)
            #expect(hold.reasonKey == "hold.credit.reason")
            #expect(hold.remedyKey == "hold.credit.remedy")
            #expect(try await active(line, database) == [hold])
            let lifted = try await database.write { tx throws(Fault) in
                try liftHold(hold.id, by: "customer:payer", in: tx, at: noon.adding(seconds: 60))
            }
            #expect(lifted.liftedAt == noon.adding(seconds: 60))
            #expect(lifted.liftedBy == "customer:payer")
            #expect(try await active(line, database).isEmpty)
            #expect(try await database.read { tx throws(Fault) in try holdHistory(of: line, in: tx) } == [lifted])
            await #expect(throws: Fault(.holdLifted, "")) {
                try await database.write { tx throws(Fault) in try liftHold(hold.id, by: "x", in: tx, at: noon) }
            }
            // After lifting, the same thing can happen again.
            #expect(try await place(.credit, "limit-reached", line, database).id != hold.id)
        }
    }

    @Test func theSameHoldIsPutOnceEvenByManyAtOnce() async throws {
        try await withLine { database, line in
            let ids = try await withThrowingTaskGroup(of: HoldID.self) { group in
                for _ in 0..<16 { group.addTask { try await place(.credit, "limit-reached", line, database).id } }
                return try await group.reduce(into: Set<HoldID>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await active(line, database).count == 1)
        }
    }

    @Test func liftingOneKindLeavesTheOthers() async throws {
        try await withLine { database, line in
            _ = try await place(.credit, "limit-reached", line, database)
            let other = try await place(.identity, "evidence-overdue", line, database)
            let lifted = try await database.write { tx throws(Fault) in
                try liftHolds(of: .credit, on: line, by: "system", in: tx, at: noon)
            }
            #expect(lifted.map(\.kind) == [.credit])
            #expect(try await active(line, database) == [other])
            let again = try await database.write { tx throws(Fault) in
                try liftHolds(of: .credit, on: line, by: "system", in: tx, at: noon)
            }
            #expect(again.isEmpty)
        }
    }

    @Test func aHoldNeedsALineAReasonAndAnEvidence() async throws {
        try await withLine { database, line in
            await #expect(throws: Fault(.unknownLine, "")) { try await place(.credit, "limit-reached", .random(), database) }
            await #expect(throws: Fault(.holdText, "")) { try await place(.credit, "", line, database) }
            await #expect(throws: Fault(.holdText, "")) {
                try await place(.credit, String(repeating: "x", count: 201), line, database)
            }
            await #expect(throws: Fault(.unknownHold, "")) {
                try await database.write { tx throws(Fault) in try liftHold(.random(), by: "x", in: tx, at: noon) }
            }
        }
    }

    @Test func aLineHasALimitOfHolds() async throws {
        try await withLine { database, line in
            for index in 0..<LinesLimits.holdsPerLine { _ = try await place(.misuse, "case-\(index)", line, database) }
            await #expect(throws: Fault(.tooManyHolds, "")) { try await place(.misuse, "one more", line, database) }
        }
    }

    private func place(
        _ kind: Hold.Kind, _ reason: String, _ line: LineID, _ database: any Database
    ) async throws(Fault) -> Hold {
        try await database.write { tx throws(Fault) in
            let request = PlaceHoldRequest(
                line: line, kind: kind, clause: 9, reason: reason, evidence: "call:1", effect: .outgoing, by: "system")
            return try placeHold(request, in: tx, at: noon)
        }
    }

    private func active(_ line: LineID, _ database: any Database) async throws(Fault) -> [Hold] {
        try await database.read { tx throws(Fault) in try activeHolds(on: line, in: tx) }
    }

    private func withLine(_ body: @Sendable (any Database, LineID) async throws -> Void) async throws {
        try await withDatabases(schema) { database in
            let customer = try await enrol("60000001", database)
            try await body(database, open("60000001", customer, database).id)
        }
    }
}
