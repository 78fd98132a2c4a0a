public import Access
public import Basics
public import Storage

/// The customer with this id.
public func customer(_ id: CustomerID, in tx: any Transaction) throws(Fault) -> Customer {
    guard let customer = try CustomerStore.find(id, in: tx) else {
        throw Fault(.unknownCustomer, "there is no customer \(id)")
    }
    return customer
}

/// The customer for whom a principal stands.
public func customer(signingInAs principal: PrincipalID, in tx: any Transaction) throws(Fault) -> Customer {
    guard let customer = try CustomerStore.find(principal: principal, in: tx) else {
        throw Fault(.unknownCustomer, "principal \(principal) stands for no customer")
    }
    return customer
}

/// Who signs in for a customer.
public func principals(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [PrincipalID] {
    try CustomerStore.principals(of: customer, in: tx)
}
