internal import Access
internal import Basics
internal import Customers
internal import Storage

/// Lets whoever signs in by a number sign in by the new one.
func moveSignIn(
    of customer: CustomerID, from old: PhoneNumber, to new: PhoneNumber, by actor: String, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) {
    for id in try principals(of: customer, in: tx) {
        guard try principal(id, in: tx).signInName == old.digits else { continue }
        _ = try renameSignIn(id, to: new.digits, by: actor, in: tx, at: now)
    }
}
