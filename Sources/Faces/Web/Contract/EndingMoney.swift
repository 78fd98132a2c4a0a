import Agreement
import Basics
import Billing
import Charging
import Customers
import Orders
import Storage

/// What a customer would pay to end on a day, part by part: what the final invoice would be, and what else stands open.
struct EndingMoney: Sendable, Equatable {
    struct Part: Sendable, Equatable {
        /// The key of its words.
        var name: String
        var amount: Money
    }

    var parts: [Part]
    /// Below zero where the provider owes the customer.
    var total: Money

    /// The final invoice, once it is out.
    var final: Invoice?

    /// Nil where no agreement is in force and none is being settled, and so nothing can be owed by it.
    static func read(
        of customer: CustomerID, ending: Ending?, lastDay: BusinessDate, in tx: any Transaction, at now: Timestamp,
        zone: BusinessZone
    ) throws(Fault) -> EndingMoney? {
        let settles = ending?.state == .settling || ending?.state == .paid
        let binds = try isInForce(customer, at: now, in: tx)
        guard settles || binds else { return nil }
        let account = try Charging.account(of: customer, in: tx).id
        let bill = try previewFinalInvoice(of: account, lastDay: lastDay, in: tx, at: now, zone: zone)
        let open = try owed(by: account, on: zone.date(of: now), in: tx, at: now, zone: zone)
        var calls = Money.zero
        var rest = Money.zero
        for line in bill.invoice?.lines ?? [] {
            if case .usage = line.subject { calls += line.total } else { rest += line.total }
        }
        var parts = [
            Part(name: "contract.endingCalls", amount: calls), Part(name: "contract.endingRent", amount: rest),
            Part(name: "contract.endingOpen", amount: open.principal), Part(name: "contract.endingPenalty", amount: open.penalty),
        ]
        // Costs of collection and what is in dispute, less what the customer has on deposit.
        let named = parts.reduce(.zero) { $0 + $1.amount }
        parts.append(Part(name: "contract.endingOther", amount: bill.owed - named))
        let final = settles ? try invoices(of: account, in: tx).first { $0.kind == .final } : nil
        return EndingMoney(parts: parts, total: bill.owed, final: final)
    }
}
