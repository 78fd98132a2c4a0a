import Basics
import Charging
import Orders
import Storage

/// The id of an open call.
public func openCall(_ index: Int) -> String { "call" + Provider.digits(index) }

/// Answered video calls that are running, with their first slice reserved, each on the next of so many accounts with the highest credit
/// limit: the rows of `openAccount`, `reserveCredit` and `recordAnswer`, without call records.
public func seedOpenCalls(
    _ calls: Int, accounts: Int, from first: Int, answered: Timestamp, in database: any Database
) async throws {
    let price = standardPrices[.video] ?? .zero
    let slice = price * ChargingLimits.sliceSeconds
    for start in stride(from: 0, to: calls, by: 5_000) {
        let part = start..<min(start + 5_000, calls)
        try await database.write { tx throws(Fault) in
            var opened = Bulk("charging_accounts", "id, customer, credit_limit, reserved, opened_at")
            var sessions = Bulk(
                "charging_sessions", "call, account, price, slice, answered_at, granted, confirmed, reserved, expires_at")
            let callsOfAccount = Int64(calls / accounts)
            for index in part where index < accounts {
                let id = Provider.account(first + index).rawValue
                try opened.add(
                    [
                        .text(id), .text("u" + id), .money(ChargingLimits.highestCreditLimit), .money(slice * callsOfAccount),
                        .time(answered),
                    ], in: tx)
            }
            try opened.finish(in: tx)
            for index in part {
                try sessions.add(
                    [
                        .text(openCall(first + index)), .id(Provider.account(first + index % accounts)), .money(price),
                        .integer(ChargingLimits.sliceSeconds), .time(answered), .integer(ChargingLimits.sliceSeconds),
                        .integer(0), .money(slice), .time(answered.adding(seconds: 90)),
                    ], in: tx)
            }
            try sessions.finish(in: tx)
        }
    }
}
