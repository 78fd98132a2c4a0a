import Basics
import Charging
import Lines
import Storage
import StorageTestSupport
import Testing

@Suite("Call records, on both engines", .serialized)
struct CallRecordTests {
    private func close(
        _ call: String, _ outcome: CallOutcome, by role: CallRole?, at now: Timestamp = noon, seconds: Int64 = 0,
        cost: Money = .zero, in database: any Database
    ) async throws {
        try await database.write { tx throws(Fault) in
            try closeCallRecord(
                CallClosing(
                    call: CallID(trusted: call), outcome: outcome, endedBy: role, rungAt: noon, endedAt: now, seconds: seconds,
                    cost: cost,
                    devices: [
                        DeviceOutcome(device: DeviceID(trusted: "dev-b"), line: LineID(trusted: "line-b"), outcome: outcome)
                    ]),
                in: tx)
        }
    }

    private func history(
        _ line: String, _ filter: CallHistoryFilter = .all, before: String? = nil, limit: Int = 50, in database: any Database
    ) async throws(Fault) -> CallHistoryPage {
        try await database.read { tx throws(Fault) in
            try callHistory(of: LineID(trusted: line), filter: filter, before: before, limit: limit, in: tx)
        }
    }

    @Test("Both lines find the call, each as it may see it, and the payer its cost")
    func bothFindTheCall() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.talk("c1")
            try await close("c1", .credit, by: nil, at: noon.adding(seconds: 31), seconds: 31, cost: price * 31, in: database)
            let own = try #require(try await history("line-a", in: database).calls.first)
            #expect(own.direction == .outgoing && own.peer.digits == "60000002" && own.outcome == .credit)
            #expect(own.cost == price * 31 && own.seconds == 31 && own.endedByThisLine == nil && own.answeredAt == noon)
            let other = try #require(try await history("line-b", in: database).calls.first)
            #expect(other.direction == .incoming && other.peer.digits == "60000001" && other.outcome == .hungUp)
            #expect(other.cost == nil && other.endedByThisLine == false && !other.missed)
        }
    }

    @Test("The missed filter shows what was missed, and an attempt that never concerned the called line stays the caller's")
    func missedFilter() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            for (index, outcome) in [CallOutcome.noAnswer, .declined, .held, .busy].enumerated() {
                try await database.dial("c\(index)", at: noon.adding(seconds: Int64(index)))
                try await close("c\(index)", outcome, by: nil, in: database)
            }
            #expect(try await history("line-a", in: database).calls.map(\.outcome) == [.busy, .held, .declined, .noAnswer])
            #expect(try await history("line-a", .missed, in: database).calls.isEmpty)
            #expect(try await history("line-b", in: database).calls.map(\.outcome) == [.busy, .declined, .noAnswer])
            #expect(try await history("line-b", .missed, in: database).calls.map(\.outcome) == [.busy, .noAnswer])
        }
    }

    @Test("Pages follow one another without loss or repetition, also within one millisecond")
    func paging() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            for index in 0..<7 {
                try await database.dial("c\(index)", at: noon.adding(milliseconds: Int64(index / 4)))
                try await close("c\(index)", .noAnswer, by: nil, in: database)
            }
            var seen: [String] = []
            var next: String?
            repeat {
                let page = try await history("line-a", before: next, limit: 3, in: database)
                seen += page.calls.map(\.call.rawValue)
                next = page.next
            } while next != nil
            #expect(seen == ["c6", "c5", "c4", "c3", "c2", "c1", "c0"])
            await #expect(throws: Fault(.badCursor, "")) { try await history("line-a", before: "x'; --", in: database) }
        }
    }

    @Test("A running call is open, not history; closing it twice changes nothing and writes one journal entry")
    func openAndClosed() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            try await database.open(limit: Money(yuan: 1))
            try await database.talk("c1")
            await #expect(throws: Fault(.callExists, "")) { try await database.dial("c1") }
            #expect(try await history("line-a", in: database).calls.isEmpty)
            let open = try await database.read { tx throws(Fault) in try openCalls(in: tx) }
            #expect(open.map(\.call.rawValue) == ["c1"] && open.first?.answeredAt == noon)
            #expect(open.first?.expiresAt == noon.adding(seconds: 30 + ChargingLimits.expiryMarginSeconds))
            let expired = try await database.read { tx throws(Fault) in
                try openCalls(expiredAt: noon.adding(seconds: 91), in: tx).count
            }
            #expect(expired == 1)
            try await close("c1", .hungUp, by: .callee, in: database)
            try await close("c1", .failed, by: nil, in: database)
            #expect(try await history("line-a", in: database).calls.map(\.outcome) == [.hungUp])
            let entries = try await database.read { tx throws(Fault) in
                try tx.query("SELECT actor FROM journal WHERE subject = 'call:c1'").map { row throws(Fault) in
                    try row.text("actor")
                }
            }
            #expect(entries == ["line:line-b"])
        }
    }
}
