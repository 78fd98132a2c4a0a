public import Basics
public import Customers
public import Storage

/// The agreement of a customer; nil while nothing has been prepared.
public func agreement(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Agreement? {
    try AgreementStore.find(of: customer, in: tx)
}

/// The agreement with this id.
public func agreement(_ id: AgreementID, in tx: any Transaction) throws(Fault) -> Agreement {
    guard let agreement = try AgreementStore.find(id, in: tx) else {
        throw Fault(.unknownAgreement, "there is no agreement \(id)")
    }
    return agreement
}

/// The customer's agreement, or `agreement.unknown`.
func existingAgreement(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Agreement {
    guard let agreement = try AgreementStore.find(of: customer, in: tx) else {
        throw Fault(.unknownAgreement, "customer \(customer) has no agreement")
    }
    return agreement
}

/// The agreement with this number, as people write it down; nil where there is none.
public func agreement(numbered number: String, in tx: any Transaction) throws(Fault) -> Agreement? {
    try AgreementStore.find(number: number, in: tx)
}
