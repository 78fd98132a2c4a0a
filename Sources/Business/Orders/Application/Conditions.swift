internal import Agreement
internal import Basics
internal import Customers
internal import Storage

/// When each side signed; nil before.
func signatures(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> (customer: Timestamp?, provider: Timestamp?) {
    let agreement = try agreement(of: customer, in: tx)
    return (agreement?.customerSignature?.at, agreement?.providerSignature?.at)
}
