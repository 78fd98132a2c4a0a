import Access
import Basics
import Billing
import Charging
import Storage
import Synchronization

extension ConsoleAct {
    /// An act on the money of one account: how to find the account, and what is done in one transaction. Its preview does the same and takes
    /// it back, so that it shows exactly what would happen.
    static func money(
        _ key: String, _ permission: Permission, path: String, fields: [ActField], isDangerous: Bool = false,
        account: @escaping @Sendable (ActValues, any Transaction) throws(Fault) -> AccountID = { values, _ throws(Fault) in
            try values.identifier()
        },
        work: @escaping @Sendable (ConsoleDesk, StaffAct, ActValues, any Transaction) throws(Fault) -> [String: JSONValue]
    ) -> ConsoleAct {
        ConsoleAct(
            key: key, permission: permission, path: path, fields: fields, isDangerous: isDangerous,
            perform: { desk, act, values in
                try await desk.services.database.write { tx throws(Fault) in try work(desk, act, values, tx) }
            },
            preview: { desk, act, values in
                try await desk.rehearse { tx throws(Fault) in
                    try MoneyState.compare(try account(values, tx), desk, in: tx) { () throws(Fault) in
                        try work(desk, act, values, tx)
                    }
                }
            })
    }
}

extension Fault.Code {
    /// Takes a rehearsal back; nobody sees it.
    fileprivate static let rehearsed = Fault.Code("console.rehearsed", .conflict)
}

extension ConsoleDesk {
    /// What some work would give: it is done in a transaction of its own, which is then taken back.
    func rehearse<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        let seen = Rehearsal<T>()
        do throws(Fault) {
            try await services.database.write { tx throws(Fault) in
                seen.keep(try work(tx))
                throw Fault(.rehearsed, "a rehearsal is not kept")
            }
        } catch {
            guard error == Fault(.rehearsed, ""), let result = seen.result else { throw error }
            return result
        }
        throw Fault(.webDefect, "a rehearsal was kept")
    }
}

/// What a rehearsal has found; a transaction may run more than once, the last one counts.
private final class Rehearsal<T: Sendable>: Sendable {
    private let found = Mutex<T?>(nil)
    var result: T? { found.withLock { $0 } }
    func keep(_ value: T) { found.withLock { $0 = value } }
}

/// What an account owes at a moment, to be compared with another.
struct MoneyState {
    let amounts: [(key: String, amount: Money)]
    let step: LadderStep

    init(of account: AccountID, _ desk: ConsoleDesk, in tx: any Transaction) throws(Fault) {
        let owed = try owed(by: account, on: desk.zone.date(of: desk.now), in: tx, at: desk.now, zone: desk.zone)
        amounts = [
            ("owed", owed.total), ("principal", owed.principal), ("penalty", owed.penalty), ("costs", owed.standing.costs),
            ("held", owed.standing.held), ("deposit", owed.deposit),
        ]
        step = owed.position.step
    }

    /// What some work changes, line by line.
    static func compare(
        _ account: AccountID, _ desk: ConsoleDesk, in tx: any Transaction,
        _ work: () throws(Fault) -> [String: JSONValue]
    ) throws(Fault) -> [ConsoleSection.Fact] {
        let before = try MoneyState(of: account, desk, in: tx)
        let answer = try work()
        return before.facts(becoming: try MoneyState(of: account, desk, in: tx), answer, desk)
    }

    /// Amounts that an act answers with.
    private static let answered = ["toCosts", "toPenalty", "toPrincipal", "toDeposit"]

    private func facts(becoming after: MoneyState, _ answer: [String: JSONValue], _ desk: ConsoleDesk) -> [ConsoleSection.Fact] {
        var facts: [ConsoleSection.Fact] = []
        for key in Self.answered {
            guard case .integer(let micros) = answer[key], micros != 0 else { continue }
            facts.append(.init(key, desk.cell(Money(micros: micros))))
        }
        for (old, new) in zip(amounts, after.amounts) where old.amount != new.amount || old.key == "owed" {
            let words = old.amount == new.amount ? new.amount.formatted : "\(old.amount.formatted) → \(new.amount.formatted)"
            facts.append(.init(old.key, ConsoleCell(words, value: .integer(new.amount.micros), isFigure: true)))
        }
        if step != after.step {
            let words = "\(desk.value("step", step.rawValue)) → \(desk.value("step", after.step.rawValue))"
            facts.append(.init("step", ConsoleCell(words, value: .text(after.step.rawValue))))
        }
        if case .integer(let lifted) = answer["lifted"], lifted > 0 {
            let words = desk.text("console.money.lifted", ["count": "\(lifted)"])
            facts.append(.init("holds", ConsoleCell(words, value: .integer(lifted))))
        }
        return facts
    }
}
