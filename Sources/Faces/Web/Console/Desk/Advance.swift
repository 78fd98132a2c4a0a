import Basics
import Customers
import Storage

extension ConsoleDesk {
    /// Takes a customer's application on, after a step that staff took, in the transaction of that step.
    func advance(_ customer: CustomerID, in tx: any Transaction) throws(Fault) {
        try parts.advanceApplication(of: customer, in: tx, at: now)
    }
}
