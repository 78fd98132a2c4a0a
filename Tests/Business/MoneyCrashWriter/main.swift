// Invoices a month, or makes calls on every account, telling each committed step on standard output, until it is done or killed. It is a
// process of MoneyCrashTests and no part of the product. What it does is named by the accounts alone, so a second start goes on where the
// first was killed, by the same ids. Usage: DATABASE-URL bill MONTH | DATABASE-URL charge MONTH

import Basics
import Billing
import Charging
import Foundation
import Lines
import Orders
import Storage

let zone = BusinessZone.shanghai
let price = Money(micros: 5_000)

let database = try await openDatabase(url: CommandLine.arguments[1])
guard let month = BusinessMonth(CommandLine.arguments[3]) else { exit(64) }
if CommandLine.arguments[2] == "bill" { try await bill(month) } else { try await charge(month) }
await database.close()
tell("done")

/// One unbuffered write: the parent sees whole lines.
func tell(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

func bill(_ month: BusinessMonth) async throws(Fault) {
    tell("begun")
    let now = zone.end(of: month).adding(seconds: 3_600)
    while true {
        let run = try await database.write { tx throws(Fault) in
            try advanceBillRun(month, accounts: 3, in: tx, at: now, zone: zone)
        }
        tell("\(run.done)")
        if run.isFinished { return }
    }
}

/// Two calls at once on every account.
func charge(_ month: BusinessMonth) async throws {
    let accounts = try await database.read { tx throws(Fault) in
        var accounts: [AccountID] = []
        for row in try tx.query("SELECT id FROM charging_accounts ORDER BY id") { accounts.append(try row.id("id")) }
        return accounts
    }
    tell("begun")
    try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, account) in accounts.enumerated() {
            for number in 0..<2 {
                group.addTask {
                    let answered = zone.start(of: month).adding(seconds: Int64(index * 60 + number))
                    try await call("\(account)-\(number)", on: account, from: answered, seconds: Int64(90 + 7 * index + number))
                }
            }
        }
        try await group.waitForAll()
    }
}

/// A whole call, each step in a commit of its own, as the switch makes them.
func call(_ name: String, on account: AccountID, from answered: Timestamp, seconds: Int64) async throws(Fault) {
    let call = CallID(trusted: "crash-\(name)")
    do throws(Fault) {
        try await step { tx throws(Fault) in
            try recordDialledCall(
                DialledCall(
                    call: call, callerLine: LineID(trusted: "l"), callerNumber: PhoneNumber(trusted: "60000001"),
                    callerDevice: DeviceID(trusted: "d"), calleeLine: nil, calleeNumber: PhoneNumber(trusted: "60000002"),
                    kind: .video, account: account, pricePerSecond: price, dialledAt: answered), in: tx)
        }
    } catch  where error.code == .callExists {}
    try await step { tx throws(Fault) in
        _ = try reserveCredit(
            ReserveCreditRequest(
                operation: OperationID(trusted: "\(call)-r"), call: call, account: account, pricePerSecond: price), in: tx,
            at: answered, zone: zone)
    }
    try await step { tx throws(Fault) in
        try recordAnswer(of: call, by: DeviceID(trusted: "e"), rungAt: answered, in: tx, at: answered)
    }
    for used in stride(from: Int64(20), to: seconds, by: 20) {
        try await step { tx throws(Fault) in
            _ = try reportAndReserve(
                OperationID(trusted: "\(call)-\(used)"), call: call, usedSeconds: used, in: tx,
                at: answered.adding(seconds: used),
                zone: zone)
        }
    }
    let ended = answered.adding(seconds: seconds)
    try await step { tx throws(Fault) in
        let settlement = try settleCredit(
            OperationID(trusted: "\(call)-s"), call: call, usedSeconds: seconds, in: tx, at: ended, zone: zone)
        try closeCallRecord(
            CallClosing(
                call: call, outcome: .hungUp, endedBy: .caller, endedAt: ended, seconds: settlement.seconds,
                cost: settlement.cost), in: tx)
        try postUsage(settlement, kind: .video, endedAt: ended, in: tx, at: ended, zone: zone)
    }
    tell(name)
}

func step(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> Void) async throws(Fault) {
    try await database.write(work)
}
