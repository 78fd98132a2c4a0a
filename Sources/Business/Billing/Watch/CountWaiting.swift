public import Basics
public import Storage

/// Work that waits for the staff, counted as far as it is worth counting.
public enum WaitingWork: Sendable, CaseIterable {
    /// Objections without an answer.
    case disputes
    /// Money that nobody could match.
    case bankLines
    /// Abnormal fees that nobody has taken note of.
    case abnormalFees

    fileprivate var source: String {
        switch self {
        case .disputes: "billing_disputes WHERE decided_on IS NULL"
        case .bankLines: "billing_bank_lines WHERE state = 'unmatched'"
        case .abnormalFees: "billing_abnormal_fees WHERE acknowledged_at IS NULL"
        }
    }
}

/// How many wait, exactly up to ``BillingLimits/countedWork``; one more than that stands for more.
public func countWaiting(_ work: WaitingWork, in tx: any Transaction) throws(Fault) -> Int64 {
    let row = try tx.first(
        "SELECT COUNT(*) AS number FROM (SELECT 1 AS one FROM \(work.source) LIMIT \(BillingLimits.countedWork + 1)) a")
    return try row?.integer("number") ?? 0
}
