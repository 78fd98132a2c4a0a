import Basics
import Billing
import Charging
import Customers
import Orders
import Storage

/// What a customer would pay to end today, part by part.
struct EndingMoney: Sendable, Equatable {
    struct Part: Sendable, Equatable {
        /// The key of its words.
        var name: String
        var amount: Money
    }

    var parts: [Part]

    var total: Money { parts.reduce(.zero) { $0 + $1.amount } }

    /// What is in the books, and the rent to the day that no invoice has yet.
    static func read(
        of customer: CustomerID, lastDay: BusinessDate, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
    ) throws(Fault) -> EndingMoney {
        let account = try Charging.account(of: customer, in: tx)
        let month = zone.month(of: now)
        var rented = Money.zero
        for charge in try recurringCharges(of: customer, in: month, endingOn: lastDay, in: tx, zone: zone) {
            rented += rent(charge.monthly, from: charge.from, through: min(charge.until ?? lastDay, lastDay), in: month)
        }
        return EndingMoney(parts: [
            Part(name: "contract.endingCalls", amount: try balance(of: .receivable(account.id), in: tx)),
            Part(name: "contract.endingRent", amount: rented),
        ])
    }
}
