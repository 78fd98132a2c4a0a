import Basics
import Charging
import Lines
import Storage
import StorageTestSupport
import Testing

@Suite("64 tasks on one account, on both engines", .serialized)
struct CreditRaceTests {
    /// ¥3 are 600 seconds. 64 calls reserve ten seconds at a time, report and reserve more until nothing is left, and end. Together they use exactly
    /// the limit, and at no instant is more charged and held back than it.
    @Test("Whole calls at once use the limit to the last second and never pass it")
    func wholeCalls() async throws {
        try await withDatabases(ChargingSchema.migrations) { database in
            let limit = Money(yuan: 3)
            try await database.open(limit: limit)
            let costs = try await withThrowingTaskGroup(of: Money.self) { group in
                for number in 0..<64 { group.addTask { try await talkUntilTheCreditEnds("c\(number)", in: database) } }
                group.addTask {
                    for _ in 0..<50 {
                        let summary = try await database.summary()
                        #expect(summary.used + summary.reserved <= limit)
                        await Task.yield()
                    }
                    return .zero
                }
                return try await group.reduce(into: [Money]()) { $0.append($1) }
            }
            let summary = try await database.summary()
            #expect(costs.reduce(.zero, +) == limit)
            #expect(summary.used == limit && summary.reserved == .zero && summary.available == .zero)
        }
    }

    private func talkUntilTheCreditEnds(_ call: String, in database: any Database) async throws(Fault) -> Money {
        do throws(Fault) { try await database.talk(call, slice: 10) } catch {
            #expect(error.code == .creditExhausted)
            return .zero
        }
        var grant = try await database.report(call, 5, "\(call)-0")
        var number = 0
        while !grant.isFinal {
            number += 1
            grant = try await database.report(call, grant.grantedSeconds, "\(call)-\(number)")
        }
        return try await database.settle(call, grant.grantedSeconds).cost
    }
}
