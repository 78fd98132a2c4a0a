internal import Agreement
internal import Basics
internal import Customers
internal import Storage

/// Where the check of a customer's identity stands.
func identityState(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> VerificationState { .none }

/// When each side signed; nil before.
func signatures(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> (customer: Timestamp?, provider: Timestamp?) {
    (nil, nil)
}
