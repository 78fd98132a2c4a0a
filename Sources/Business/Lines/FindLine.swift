public import Basics
public import Customers
public import Storage

/// The line with this id.
public func line(_ id: LineID, in tx: any Transaction) throws(Fault) -> Line {
    guard let line = try LineStore.find(id, in: tx) else { throw Fault(.unknownLine, "there is no line \(id)") }
    return line
}

/// The line with this id, which has not ended.
public func lineInService(_ id: LineID, in tx: any Transaction) throws(Fault) -> Line {
    let found = try line(id, in: tx)
    guard found.endedAt == nil else { throw Fault(.unknownLine, "line \(id) has ended") }
    return found
}

/// A customer's line in service; another customer's line is as if it did not exist.
public func line(_ id: LineID, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Line {
    guard let found = try LineStore.find(id, in: tx), found.customer == customer, found.endedAt == nil else {
        throw Fault(.unknownLine, "the customer has no line \(id)")
    }
    return found
}

/// The line that answers to a number; nil where nobody has it.
public func line(numbered number: PhoneNumber, in tx: any Transaction) throws(Fault) -> Line? {
    guard let id = try NumberStore.line(holding: number, in: tx) else { return nil }
    return try LineStore.find(id, in: tx)
}

/// A customer's lines in service, the oldest first.
public func lines(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Line] {
    try LineStore.list(customer: customer, in: tx)
}

/// All the lines that a customer has or had, the oldest first.
public func lineHistory(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Line] {
    try LineStore.history(customer: customer, in: tx)
}

/// The same for several customers.
public func lineHistory(of customers: [CustomerID], in tx: any Transaction) throws(Fault) -> [Line] {
    try LineStore.history(customers: customers, in: tx)
}

/// The lines in service that an account pays for.
public func lines(chargedTo account: String, in tx: any Transaction) throws(Fault) -> [Line] {
    try LineStore.list(account: account, in: tx)
}
