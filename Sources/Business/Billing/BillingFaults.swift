public import Basics

extension Fault.Code {
    /// The entries do not sum to zero, or there are too few or too many: our own defect, nothing was booked.
    public static let unbalanced = Fault.Code("billing.unbalanced", .defect)
    /// The transaction's id was used for another posting.
    public static let postingReused = Fault.Code("billing.posting-reused", .conflict)
}
