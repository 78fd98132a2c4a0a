public import Basics
public import Storage

/// A customer's own data in full, for the customer. Staff use ``revealIdentity(of:fields:with:by:in:at:)``. Nil where there are none.
public func ownIdentity(of customer: CustomerID, with vault: Vault, in tx: any Transaction) throws(Fault) -> Identity? {
    try IdentityStore.find(customer, with: vault, in: tx)
}

/// A customer's data as screens show them; nil where there are none.
public func maskedIdentity(of customer: CustomerID, with vault: Vault, in tx: any Transaction) throws(Fault) -> MaskedIdentity? {
    try IdentityStore.find(customer, with: vault, in: tx).map(MaskedIdentity.init)
}
