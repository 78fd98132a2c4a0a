import Access
import Basics
import Billing
import Charging
import Storage

/// Calls that suddenly cost far more than before (电信条例, art. 33); the customer was told at once, the staff takes note here.
extension ConsoleSubject {
    static let fees = ConsoleSubject(
        key: "fees", permission: .handleDisputes, icon: "alert",
        columns: ["account", "feeKind", "on", "amount", "average", "times", "foundAt"].map {
            ConsoleColumn($0, isSortable: false)
        },
        isQueue: true,
        rows: { desk, query, tx throws(Fault) in
            let last = try query.after.map { id throws(Fault) in try FeeActs.fee(id, in: tx) }
            let fees = try abnormalFees(after: last, limit: ConsoleLimits.pageRows, in: tx)
            var rows: [ConsoleRow] = []
            for fee in fees { rows.append(try row(fee, desk, tx)) }
            let words = query.text.lowercased()
            let found = rows.filter { row in words.isEmpty || row.cells.contains { $0.text.lowercased().contains(words) } }
            let next = fees.count == ConsoleLimits.pageRows ? fees.last.map(FeeActs.id) : nil
            return ConsoleRows(
                found, paged: .init(next: next), waiting: query.waitsOnly ? try countWaiting(.abnormalFees, in: tx) : nil)
        },
        sheet: { desk, id, tx throws(Fault) in
            let fee = try FeeActs.fee(id, in: tx)
            let owner = try desk.owner(of: fee.account, in: tx)
            return ConsoleSheet(
                title: owner.text, lead: desk.text("console.lead.fees"),
                badge: desk.badge(
                    "feeState", fee.acknowledgedBy == nil ? "open" : "acknowledged", fee.acknowledgedBy == nil ? .warn : .good),
                acts: fee.acknowledgedBy == nil
                    ? [ConsoleOffer(FeeActs.acknowledge, id: id, parameters: ["name": owner.text])] : [],
                sections: [
                    ConsoleSection(
                        key: "fee",
                        facts: [
                            .init("account", owner), .init("feeKind", desk.value("feeKind", fee.kind.rawValue)),
                            .init("day", desk.cell(fee.on)), .init("amount", desk.cell(fee.amount)),
                            .init("average", desk.cell(fee.average)), .init("foundAt", desk.cell(fee.foundAt)),
                        ]),
                    try desk.timeline(of: ["account:\(fee.account)"], in: tx),
                ])
        })

    private static func row(_ fee: AbnormalFee, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleRow {
        let owner = try desk.owner(of: fee.account, in: tx)
        var name = owner
        name.link = "/console/fees/\(FeeActs.id(of: fee))"
        let times = fee.average > .zero ? "× \(fee.amount.micros / fee.average.micros)" : "–"
        return ConsoleRow(
            id: FeeActs.id(of: fee), link: name.link,
            cells: [
                name, desk.badge("feeKind", fee.kind.rawValue), desk.cell(fee.on), desk.cell(fee.amount), desk.cell(fee.average),
                ConsoleCell(times, isFigure: true), desk.cell(fee.foundAt),
            ],
            waitsSince: fee.foundAt,
            summary: desk.text(
                "console.fees.summary",
                ["name": owner.text, "amount": fee.amount.formatted, "average": fee.average.formatted]))
    }
}

/// What staff do about abnormal fees.
enum FeeActs {
    static let all = [acknowledge]

    /// An alarm has no id of its own: account, kind and day name it.
    static func id(of fee: AbnormalFee) -> String { "\(fee.kind.rawValue)-\(fee.on)-\(fee.account)" }

    static func fee(_ id: String, in tx: any Transaction) throws(Fault) -> AbnormalFee {
        let parts = id.split(separator: "-", maxSplits: 4)
        guard parts.count == 5, let account = AccountID(String(parts[4])),
            let fee = try abnormalFees(of: account, in: tx).first(where: { Self.id(of: $0) == id })
        else { throw Fault(.webNotFound, "no such alarm") }
        return fee
    }

    static let acknowledge = ConsoleAct(
        key: "fees.acknowledge", permission: .handleDisputes, path: "fees/{id}/acknowledge",
        perform: { desk, act, values in
            try await desk.services.database.write { tx throws(Fault) in
                try acknowledgeAbnormalFee(try fee(values.id, in: tx), by: act, in: tx, at: desk.now)
            }
            return ["next": .text("/console/fees")]
        })
}
