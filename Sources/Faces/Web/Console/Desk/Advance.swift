import Basics
import Charging
import Customers
import Orders
import Storage

extension ConsoleDesk {
    /// Takes a customer's application on, after a step that staff took, in the transaction of that step.
    func advance(_ customer: CustomerID, in tx: any Transaction) throws(Fault) {
        guard let application = try application(of: customer, in: tx), application.state != .lapsed else { return }
        let activation = try activate(customer, pool: services.pool, in: tx, at: now, zone: zone)
        guard case .open(_, let account, true) = activation, let account = AccountID(account) else { return }
        try openAccount(OpenAccountRequest(id: account, customer: customer), in: tx, at: now)
    }
}
