public import Basics
public import Customers
public import Storage

/// The report with this id.
public func abuseReport(_ id: AbuseReportID, in tx: any Transaction) throws(Fault) -> AbuseReport {
    guard let report = try AbuseStore.find(id, in: tx) else { throw Fault(.unknownAbuseReport, "there is no report \(id)") }
    return report
}

/// What a customer reported, the newest first.
public func abuseReports(by customer: CustomerID, in tx: any Transaction) throws(Fault) -> [AbuseReport] {
    try AbuseStore.list(reportedBy: customer, in: tx)
}

/// What was reported of a line, the newest first.
public func abuseReports(of accused: LineID, in tx: any Transaction) throws(Fault) -> [AbuseReport] {
    try AbuseStore.list(of: accused, in: tx)
}

/// The queue of reports in a state, the oldest first.
public func abuseQueue(
    _ state: AbuseReport.State = .open, after start: AbuseReportID? = nil, in tx: any Transaction
) throws(Fault) -> AbuseReports {
    let page = LinesLimits.abusePage
    var reports = try AbuseStore.queue(state, after: start, limit: page + 1, in: tx)
    guard reports.count > page else { return AbuseReports(reports: reports, next: nil) }
    reports.removeLast()
    return AbuseReports(reports: reports, next: reports.last?.id)
}

/// The evidence of a report, in the order in which it was added.
public func abuseEvidence(of id: AbuseReportID, in tx: any Transaction) throws(Fault) -> [AbuseEvidence] {
    try AbuseStore.evidence(of: id, in: tx)
}
