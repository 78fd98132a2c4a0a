import Basics
import Charging
import Lines
import Orders
import Storage
import Testing

/// Clause 9: when a month's usage charges pass the credit limit that the customer chose, the provider may suspend part or all of the
/// service until they are paid. The system reserves before it allows, so that the limit is not passed at all.
@Suite("Clause 9: the credit limit that the customer chose")
struct Clause09CreditLimitTests {
    let price = Money(micros: 5_000)

    /// Given a limit of ¥0.30, which is 60 s of video at 5,000 micro-yuan: two calls reserve 30 s each, a third finds nothing left, and
    /// neither of the two can be extended. Both talk to the end of what they have: 2 × 30 × 5,000 = 300,000 micro-yuan, the limit.
    @Test func twoCallsAtOnceCannotPassTheLimitTogether() async throws {
        try await World.play { world in
            let payer = try await world.customer("王秀英", "60000001", creditLimit: Money(fen: 30))
            let friend = try await world.customer("李伟", "60000002")
            for call in ["first", "second"] { try await answered(call, from: payer, to: friend, world) }
            await #expect(throws: Fault(.creditExhausted, "")) { try await reserve("third", payer, world) }
            world.clock.advance(seconds: 20)
            for call in ["first", "second"] {
                let grant = try await report(call, used: 20, world)
                #expect(grant.isFinal)
                #expect(grant.grantedSeconds == 30)
            }
            world.clock.advance(seconds: 30)
            for call in ["first", "second"] { #expect(try await settle(call, used: 50, world).cost == Money(micros: 150_000)) }
            let books = try await world.books(of: payer)
            #expect(books.used == Money(fen: 30))
            #expect(books.reserved == .zero)
            #expect(books.available == .zero)
        }
    }

    /// Sixteen calls of one account report and reserve at once, over and over, far more than the limit of ¥1 allows: what they cost
    /// together is never above it, and nothing stays reserved.
    @Test func howeverManyCallsRunAtOnceTheLimitHolds() async throws {
        try await World.play { world in
            let payer = try await world.customer("王秀英", "60000001", creditLimit: Money(yuan: 1))
            let friend = try await world.customer("李伟", "60000002")
            let costs = try await withThrowingTaskGroup(of: Money.self) { group in
                for index in 0..<16 {
                    group.addTask { try await talk("call-\(index)", from: payer, to: friend, world) }
                }
                return try await group.reduce(into: [Money]()) { $0.append($1) }
            }
            let total = costs.reduce(.zero, +)
            let books = try await world.books(of: payer)
            #expect(total <= Money(yuan: 1))
            #expect(books.used == total)
            #expect(books.reserved == .zero)
            // Nothing was granted that was not used: what is left does not pay for another second.
            #expect(books.available < price)
        }
    }

    @Test func aNewMonthBeginsWithTheWholeLimit() async throws {
        try await World.play { world in
            let payer = try await world.customer("王秀英", "60000001", creditLimit: Money(micros: 150_000))
            let friend = try await world.customer("李伟", "60000002")
            try await answered("november", from: payer, to: friend, world)
            _ = try await settle("november", used: 30, world)
            await #expect(throws: Fault(.creditExhausted, "")) { try await reserve("too-soon", payer, world) }
            world.clock.advance(
                to: world.zone.start(of: world.zone.date(of: world.clock.now()).month.next).adding(milliseconds: -1))
            await #expect(throws: Fault(.creditExhausted, "")) { try await reserve("still-november", payer, world) }
            world.clock.advance(milliseconds: 1)
            #expect(try await reserve("december", payer, world).grantedSeconds == 30)
        }
    }

    /// One call that asks for more until nothing more is granted, then settles; returns what it cost.
    private func talk(_ call: String, from payer: Person, to friend: Person, _ world: World) async throws -> Money {
        do throws(Fault) { try await answered(call, from: payer, to: friend, world) } catch {
            guard error.code == .creditExhausted else { throw error }
            return .zero
        }
        var used: Int64 = 0
        for step in 1...40 {
            used += 7
            let grant = try await report(call, used: used, world, step: step)
            used = min(used, grant.grantedSeconds)
            if grant.isFinal && used == grant.grantedSeconds { break }
        }
        return try await settle(call, used: used, world).cost
    }

    private func answered(_ call: String, from payer: Person, to friend: Person, _ world: World) async throws(Fault) {
        let price = price
        try await world.write { tx, now throws(Fault) in
            try recordDialledCall(
                DialledCall(
                    call: CallID(trusted: call), callerLine: payer.line.id, callerNumber: payer.line.number,
                    callerDevice: DeviceID(trusted: "phone"), calleeLine: friend.line.id, calleeNumber: friend.line.number,
                    kind: .video, account: payer.account, pricePerSecond: price, dialledAt: now), in: tx)
        }
        _ = try await reserve(call, payer, world)
        try await world.write { tx, now throws(Fault) in
            try recordAnswer(of: CallID(trusted: call), by: DeviceID(trusted: "other"), rungAt: now, in: tx, at: now)
        }
    }

    private func reserve(_ call: String, _ payer: Person, _ world: World) async throws(Fault) -> CreditGrant {
        let price = price
        return try await world.write { tx, now throws(Fault) in
            try reserveCredit(
                ReserveCreditRequest(
                    operation: OperationID(trusted: "\(call)-reserve"), call: CallID(trusted: call), account: payer.account,
                    pricePerSecond: price), in: tx, at: now, zone: world.zone)
        }
    }

    private func report(_ call: String, used: Int64, _ world: World, step: Int = 1) async throws(Fault) -> CreditGrant {
        try await world.write { tx, now throws(Fault) in
            try reportAndReserve(
                OperationID(trusted: "\(call)-report-\(step)"), call: CallID(trusted: call), usedSeconds: used, in: tx, at: now,
                zone: world.zone)
        }
    }

    private func settle(_ call: String, used: Int64, _ world: World) async throws(Fault) -> Settlement {
        try await world.write { tx, now throws(Fault) in
            try settleCredit(
                OperationID(trusted: "\(call)-settle"), call: CallID(trusted: call), usedSeconds: used, in: tx, at: now,
                zone: world.zone)
        }
    }
}
