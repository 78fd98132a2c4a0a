public import Basics
public import Customers
public import Storage

/// A customer's order; another customer's order is as if it did not exist.
public func order(_ id: OrderID, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Order {
    guard let order = try OrderStore.find(id, in: tx), order.customer == customer else {
        throw Fault(.unknownOrder, "the customer has no order \(id)")
    }
    return order
}

/// A customer's order by its number, `DD-2026-000001`.
public func order(numbered number: String, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Order {
    guard let order = try OrderStore.find(number: number, in: tx), order.customer == customer else {
        throw Fault(.unknownOrder, "the customer has no such order")
    }
    return order
}

/// Any order by its number, for staff.
public func order(numbered number: String, in tx: any Transaction) throws(Fault) -> Order {
    guard let order = try OrderStore.find(number: number, in: tx) else { throw Fault(.unknownOrder, "there is no such order") }
    return order
}

/// The order with this id, whoever's it is.
public func order(_ id: OrderID, in tx: any Transaction) throws(Fault) -> Order {
    guard let order = try OrderStore.find(id, in: tx) else { throw Fault(.unknownOrder, "there is no order \(id)") }
    return order
}

/// A customer's orders, the newest first.
public func orders(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Order] {
    try OrderStore.list(of: customer, in: tx)
}
