import Access
import Agreement
import Basics
import Billing
import Charging
import Customers
import Foundation
import Lines
import Orders
import Storage

/// What seeding wrote.
public struct Seeded: Sendable {
    /// Calls that were rated.
    public var calls = 0
    /// What they cost together.
    public var cost = Money.zero
    /// Seconds spent rating them.
    public var ratingSeconds = 0.0

    /// Nothing yet.
    public init() {}
}

/// Accounts with a customer in force under the agreement, one line on the standard plan, and calls of one month that are settled and in the
/// books: the rows that the product's own use cases would have written, without the histories that billing does not read
/// (`charging_operations`, `call_parties`, `call_devices`, the journal).
public func seedAccounts(
    _ indices: Range<Int>, callsEach: Int, version: VersionID, in database: any Database
) async throws -> Seeded {
    var seeded = Seeded()
    for start in stride(from: indices.lowerBound, to: indices.upperBound, by: 500) {
        let part = start..<min(start + 500, indices.upperBound)
        let rated = rate(part, callsEach: callsEach)
        seeded.calls += rated.calls.count
        seeded.cost += rated.cost
        seeded.ratingSeconds += rated.seconds
        try await database.write { tx throws(Fault) in
            var books = SeededAccounts(charged: rated.calls.reduce(into: [:]) { $0[$1.account, default: .zero] += $1.cost })
            for index in part { try books.open(index, version: version, in: tx) }
            try books.finishAccounts(in: tx)
            for call in rated.calls { try books.add(call, in: tx) }
            try books.finish(in: tx)
        }
    }
    return seeded
}

/// A call as it is settled.
struct SeededCall: Sendable {
    let id: String
    let account: AccountID
    let line: String
    let kind: CallKind
    let answered: Timestamp
    let ended: Timestamp
    let price: Money
    let seconds: Int64
    let cost: Money
}

/// Rates the calls by the product's own rules.
private func rate(_ accounts: Range<Int>, callsEach: Int) -> (calls: [SeededCall], cost: Money, seconds: Double) {
    var calls: [SeededCall] = []
    calls.reserveCapacity(accounts.count * callsEach)
    var cost = Money.zero
    let clock = ContinuousClock()
    let began = clock.now
    for index in accounts {
        let account = Provider.account(index)
        for number in 0..<callsEach {
            let kind: CallKind = (index + number) % 4 == 0 ? .audio : .video
            let day = Int64(number % 28)
            let answered = Provider.begun.adding(seconds: day * 86_400 + Int64((index * 7 + number * 997) % 86_000))
            let ended = answered.adding(milliseconds: Int64(5_000 + (index * 7_919 + number * 104_729) % 25_000))
            let price = standardPrices[kind] ?? .zero
            let seconds = chargedSeconds(from: answered, to: ended)
            let shares = monthShares(answered: answered, from: 0, to: seconds, zone: Provider.zone)
            let total = shares.reduce(Money.zero) { $0 + price * $1.seconds }
            cost += total
            calls.append(
                SeededCall(
                    id: "c\(Provider.digits(index))\(number)", account: account, line: "l" + Provider.digits(index), kind: kind,
                    answered: answered, ended: ended, price: price, seconds: seconds, cost: total))
        }
    }
    return (calls, cost, seconds(clock.now - began))
}

/// Seconds of a duration.
public func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}

/// Seconds of processor time that this process has used, in all its threads.
public func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The rows of accounts and calls, gathered table by table.
private struct SeededAccounts {
    private var customers = Bulk("customers_customers", "id, name, language, since, folded")
    private var agreements = Bulk(
        "agreement_agreements", "id, customer, number, version, document, fingerprint, prepared_at, in_force_at")
    private var lines = Bulk("lines_lines", "id, number, customer, account, opened_at")
    private var numbers = Bulk("lines_numbers", "number, line, since")
    private var plans = Bulk("orders_line_plans", "line, effective_from, plan")
    private var accounts = Bulk(
        "charging_accounts", "id, customer, credit_limit, reserved, opened_at, charged_month, charged")
    private var records = Bulk(
        "call_records",
        """
        call, caller_line, caller_number, caller_device, callee_number, kind, account, price, dialled_at, rung_at, answered_at,
        ended_at, outcome, ended_by, seconds, cost
        """)
    private var sessions = Bulk(
        "charging_sessions",
        "call, account, price, slice, answered_at, granted, confirmed, charged, reserved, expires_at, settled_at")
    private var transactions = Bulk("ledger_transactions", "id, kind, subject, effective_at, recorded_at")
    private var entries = Bulk(
        "ledger_entries", "transaction_id, position, account, amount", rowsPerStatement: 40)
    private var sums = Bulk("billing_usage_sums", "account, counted, month, kind, calls, amount", rowsPerStatement: 40)
    private let charged: [AccountID: Money]
    private var balances: [String: Money] = [:]
    private var summed: [AccountID: [CallKind: (calls: Int64, amount: Money)]] = [:]

    /// Accounts that were charged so much in the month; nothing has been written.
    init(charged: [AccountID: Money]) { self.charged = charged }

    mutating func open(_ index: Int, version: VersionID, in tx: any Transaction) throws(Fault) {
        let digits = Provider.digits(index)
        let begun = Value.time(Provider.begun)
        let customer = Value.text("u" + digits)
        try customers.add(
            [customer, .text("王秀英"), .text(Language.chinese.rawValue), begun, .blob(Array("王秀英".utf8))], in: tx)
        try agreements.add(
            [
                .text("g" + digits), customer, .text("AG-" + digits), .id(version), .blob([1]), .blob([1]), begun, begun,
            ], in: tx)
        let line = Value.text("l" + digits)
        let number = Value.text("6" + digits)
        try lines.add([line, number, customer, .text("a" + digits), begun], in: tx)
        try numbers.add([number, line, begun], in: tx)
        try plans.add([line, begun, .id(Plan.standardID)], in: tx)
        let charged = charged[Provider.account(index)]
        try accounts.add(
            [
                .text("a" + digits), customer, .money(ChargingLimits.standardCreditLimit), .integer(0), begun,
                .optional(charged.map { _ in Provider.month.description }), .money(charged ?? .zero),
            ], in: tx)
    }

    /// What the rows of calls refer to is there before them.
    mutating func finishAccounts(in tx: any Transaction) throws(Fault) {
        try customers.finish(in: tx)
        try agreements.finish(in: tx)
        try lines.finish(in: tx)
        try numbers.finish(in: tx)
        try plans.finish(in: tx)
        try accounts.finish(in: tx)
    }

    mutating func add(_ call: SeededCall, in tx: any Transaction) throws(Fault) {
        let (answered, ended) = (Value.time(call.answered), Value.time(call.ended))
        let account = Value.id(call.account)
        try records.add(
            [
                .text(call.id), .text(call.line), .text("60000001"), .text("d"), .text("60000002"), .text(call.kind.rawValue),
                account, .money(call.price), answered, answered, answered, ended, .text(CallOutcome.hungUp.rawValue),
                .text("caller"), .integer(call.seconds), .money(call.cost),
            ], in: tx)
        let granted = ChargingLimits.sliceSeconds
        try sessions.add(
            [
                .text(call.id), account, .money(call.price), .integer(granted), answered, .integer(granted),
                .integer(call.seconds), .money(call.cost), .integer(0), answered, ended,
            ], in: tx)
        let transaction = Value.text("usage:\(call.id):\(Provider.month)")
        try transactions.add([transaction, .text("usage"), .text("call:\(call.id)"), ended, ended], in: tx)
        try entries.add(
            [transaction, .integer(0), .text(LedgerAccount.receivable(call.account).code), .money(call.cost)], in: tx)
        try entries.add(
            [transaction, .integer(1), .text(LedgerAccount.usageRevenue(call.kind).code), .money(-call.cost)], in: tx)
        balances[LedgerAccount.usageRevenue(call.kind).code, default: .zero] += call.cost
        let sum = summed[call.account, default: [:]][call.kind] ?? (0, .zero)
        summed[call.account, default: [:]][call.kind] = (sum.calls + 1, sum.amount + call.cost)
    }

    mutating func finish(in tx: any Transaction) throws(Fault) {
        for (account, kinds) in summed.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for (kind, sum) in kinds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                try sums.add(
                    [
                        .id(account), .text(Provider.month.description), .text(Provider.month.description), .text(kind.rawValue),
                        .integer(sum.calls),
                        .money(sum.amount),
                    ], in: tx)
            }
        }
        try sums.finish(in: tx)
        try records.finish(in: tx)
        try sessions.finish(in: tx)
        try transactions.finish(in: tx)
        try entries.finish(in: tx)
        for (code, amount) in balances {
            for (code, debit, credit) in [(code, Money.zero, amount), ("receivable", amount, Money.zero)] {
                try tx.execute(
                    """
                    INSERT INTO ledger_balances (code, debit, credit) VALUES ($1, $2, $3) ON CONFLICT (code)
                    DO UPDATE SET debit = ledger_balances.debit + excluded.debit, credit = ledger_balances.credit + excluded.credit
                    """, [.text(code), .money(debit), .money(credit)])
            }
        }
    }
}
