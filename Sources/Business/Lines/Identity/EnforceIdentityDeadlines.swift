public import Basics
internal import Customers
public import Storage

/// Holds the service of customers whose deadline for evidence has passed, at most `CustomersLimits.stepRows` of them; returns how many. The
/// daily close and the ticker call it until it answers 0; again, it does nothing.
public func enforceIdentityDeadlines(in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    let overdue = try overdueVerifications(in: tx, at: now)
    for verification in overdue {
        let noted = try recordOverdue(verification, in: tx, at: now)
        try holdIdentity(of: noted, .evidenceOverdue, by: "system", in: tx, at: now)
    }
    return overdue.count
}
