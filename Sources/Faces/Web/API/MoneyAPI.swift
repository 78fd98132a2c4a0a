import Basics
import Billing
import Charging
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// What is owed and why, the calls of a month, the credit limit (clauses 5 and 9).
struct MoneyAPI: Sendable {
    let parts: WebParts

    private struct Claim: Encodable {
        var invoice: String
        var due: String
        var principal: Int64
        var penalty: Int64
        var held: Int64
    }

    private struct Step: Encodable {
        var step: String
        var on: String
    }

    private struct Credit: Encodable {
        var limit: Int64
        var used: Int64
        var reserved: Int64
        var available: Int64
        /// What is held at the limit: `outgoing` calls, or `all` service.
        var holdScope: String

        init(_ summary: AccountSummary) {
            limit = summary.creditLimit.micros
            used = summary.used.micros
            reserved = summary.reserved.micros
            available = summary.available.micros
            holdScope = summary.holdScope.rawValue
        }
    }

    private struct Page: Encodable {
        var owed: Int64
        var principal: Int64
        var penalty: Int64
        var costs: Int64
        var held: Int64
        var deposit: Int64
        var unbilled: Int64
        var step: String
        var since: String
        var next: Step?
        var claims: [Claim]
        var credit: Credit
    }

    private struct Call: Encodable {
        var call: String
        var kind: String
        var number: String
        var answeredAt: Int64
        var endedAt: Int64
        var seconds: Int64
        var pricePerSecond: Int64
        var cost: Int64
        var invoice: String?
        /// What the cost is made of, where it is more than seconds at the price.
        var parts: [RatedPart.Answer]?
    }

    private struct Sum: Encodable {
        var kind: String
        var calls: Int64
        var seconds: Int64
        var cost: Int64
    }

    private struct Calls: Encodable {
        var month: String
        var sums: [Sum]
        var calls: [Call]
        var next: String?
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/money") { request, _ in try await money(request) }
        api.get("me/money/calls") { request, _ in try await calls(request) }
        api.get("me/credit-limit") { request, _ in try await limit(request) }
        api.put("me/credit-limit") { request, _ in try await choose(request) }
        api.put("me/credit-hold-scope") { request, _ in try await chooseScope(request) }
    }

    private func money(_ request: Request) async throws -> Response {
        let account = try await parts.payer(request).account
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let dossier = try await parts.services.database.read { tx throws(Fault) in
            try MoneyDossier.read(account, in: tx, at: now, zone: zone)
        }
        let owed = dossier.owed
        let claims = owed.standing.claims.filter(\.isOpen).map { claim in
            Claim(
                invoice: dossier.invoices[claim.claim]?.number ?? "", due: "\(claim.due)", principal: claim.principal.micros,
                penalty: claim.penalty.micros, held: (claim.held + claim.heldPenalty).micros)
        }
        return try JSONBody.response(
            Page(
                owed: owed.total.micros, principal: owed.principal.micros, penalty: owed.penalty.micros,
                costs: owed.standing.costs.micros, held: owed.standing.held.micros, deposit: owed.deposit.micros,
                unbilled: owed.unbilled.micros, step: owed.position.step.rawValue, since: "\(owed.position.since)",
                next: owed.position.next.map { Step(step: $0.step.rawValue, on: "\($0.on)") }, claims: claims,
                credit: Credit(dossier.summary)))
    }

    private func calls(_ request: Request) async throws -> Response {
        let account = try await parts.payer(request).account
        let query = request.uri.queryParameters
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let month = try query["month"].map { text throws(Fault) in try CallsOfMonth.month(String(text)) } ?? zone.month(of: now)
        let before = query["before"].map(String.init)
        let (page, sums, rated) = try await parts.services.database.read { tx throws(Fault) in
            let page = try monthCalls(of: account, in: month, before: before, in: tx, zone: zone)
            return (
                page, try monthSums(of: account, in: month, in: tx, zone: zone),
                try RatedParts.read(of: page.calls.map(\.call), in: month, tx: tx)
            )
        }
        return try JSONBody.response(
            Calls(
                month: "\(month)",
                sums: sums.map { Sum(kind: $0.kind.rawValue, calls: $0.calls, seconds: $0.seconds, cost: $0.cost.micros) },
                calls: page.calls.map { call in
                    Call(
                        call: call.call.rawValue, kind: call.kind.rawValue, number: call.dialled.digits,
                        answeredAt: call.answeredAt.milliseconds, endedAt: call.endedAt.milliseconds, seconds: call.seconds,
                        pricePerSecond: call.pricePerSecond.micros, cost: call.cost.micros, invoice: call.invoice,
                        parts: rated[call.call]?.map(\.answer))
                }, next: page.next))
    }

    private func limit(_ request: Request) async throws -> Response {
        let account = try await parts.payer(request).account
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let summary = try await parts.services.database.read { tx throws(Fault) in
            try accountSummary(account, in: tx, at: now, zone: zone)
        }
        return try JSONBody.response(Credit(summary))
    }

    private func choose(_ request: Request) async throws -> Response {
        let (holder, account) = try await parts.payer(request)
        var body = try await parts.body(request)
        let limit = try body.money("limit")
        try body.finish()
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let summary = try await parts.services.database.write { tx throws(Fault) in
            try chooseCreditLimit(
                of: account, to: limit, by: "customer:\(holder.customer.id)", in: tx, at: now, zone: zone)
            return try accountSummary(account, in: tx, at: now, zone: zone)
        }
        return try JSONBody.response(Credit(summary))
    }

    private func chooseScope(_ request: Request) async throws -> Response {
        let (holder, account) = try await parts.payer(request)
        var body = try await parts.body(request)
        guard let scope = Hold.Effect(rawValue: try body.text("scope", atMost: 16)) else {
            throw Fault.field("scope", "is outgoing or all")
        }
        try body.finish()
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let summary = try await parts.services.database.write { tx throws(Fault) in
            try chooseCreditHoldScope(of: account, to: scope, by: "customer:\(holder.customer.id)", in: tx, at: now)
            return try accountSummary(account, in: tx, at: now, zone: zone)
        }
        return try JSONBody.response(Credit(summary))
    }
}

extension JSONReader {
    /// An amount in micro-yuan: whole fen, within what the house can reckon with.
    mutating func money(_ name: String) throws(Fault) -> Money {
        guard let amount = try optionalMoney(name) else { throw .field(name, "is missing") }
        return amount
    }

    mutating func optionalMoney(_ name: String) throws(Fault) -> Money? {
        guard let micros = try optionalInteger(name) else { return nil }
        let amount = Money(micros: micros)
        guard amount.isWithinLimit, amount.isWholeFen else { throw .field(name, "is not an amount in whole fen") }
        return amount
    }
}
