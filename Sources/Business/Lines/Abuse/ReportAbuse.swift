public import Basics
public import Customers
public import Storage

/// A report of abuse as somebody makes it.
public struct ReportAbuseRequest: Sendable {
    /// The id, made by the page, so that a repeat is the same report.
    public var id: AbuseReportID
    /// Who reports.
    public var customer: CustomerID
    /// The customer's line that was concerned.
    public var reporter: LineID
    /// The number that is reported.
    public var number: PhoneNumber
    /// The call in which it happened.
    public var call: CallID?
    /// What for.
    public var category: AbuseReport.Category
    /// What happened.
    public var words: String

    /// Makes a request.
    public init(
        id: AbuseReportID, customer: CustomerID, reporter: LineID, number: PhoneNumber, call: CallID? = nil,
        category: AbuseReport.Category, words: String
    ) {
        self.id = id
        self.customer = customer
        self.reporter = reporter
        self.number = number
        self.call = call
        self.category = category
        self.words = words
    }
}

/// Takes a report of abuse (clause 3), from the call screen or the history. A repeat with the same id is the first report.
@discardableResult
public func reportAbuse(
    _ request: ReportAbuseRequest, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> AbuseReport {
    let words = try abuseWords(request.words)
    let reporter = try line(request.reporter, of: request.customer, in: tx)
    if let there = try AbuseStore.find(request.id, in: tx) {
        guard there.reporter == reporter.id else { throw Fault(.abuseReportDiffers, "this id is taken") }
        guard there.words == words, there.category == request.category, there.call == request.call else {
            throw Fault(.abuseReportDiffers, "a report with this id says something else")
        }
        return there
    }
    guard let accused = try line(numbered: request.number, in: tx) else {
        throw Fault(.unknownLine, "nobody has this number")
    }
    guard accused.customer != request.customer else { throw Fault(.abuseOfOneself, "a customer's own line is not reported") }
    try LineStore.lock(reporter.id, in: tx)
    guard
        try AbuseStore.count(of: reporter.id, since: now.adding(seconds: -86_400), in: tx) < LinesLimits.abuseReportsPerDay
    else {
        throw Fault(
            .tooManyAbuseReports, "a line reports at most \(LinesLimits.abuseReportsPerDay) times a day",
            ["maximum": "\(LinesLimits.abuseReportsPerDay)"])
    }
    let report = AbuseReport(
        id: request.id, reporter: reporter.id, accused: accused.id, call: request.call, category: request.category,
        words: words, reportedAt: now, state: .open, decision: nil)
    guard try AbuseStore.insert(report, in: tx) else { throw Fault(.abuseReportDiffers, "this id is taken") }
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(request.customer)", action: "abuse.reported", subject: "abuse:\(report.id)", clause: 3,
            after: journalState([
                "reporter": .text(reporter.id.rawValue), "accused": .text(accused.id.rawValue),
                "category": .text(report.category.rawValue), "call": .optional(report.call?.rawValue),
            ])),
        in: tx)
    return report
}

/// What somebody wrote, trimmed, of a sensible length.
func abuseWords(_ typed: String) throws(Fault) -> String {
    let words = trimmed(typed)
    guard (1...LinesLimits.abuseWordsBytes).contains(words.utf8.count), !words.utf8.contains(0) else {
        throw Fault(
            .abuseWords, "say what happened in at most \(LinesLimits.abuseWordsBytes) bytes",
            ["maximum": "\(LinesLimits.abuseWordsBytes)"])
    }
    return words
}

private func trimmed(_ text: String) -> String {
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? start
    return String(text[start..<end])
}
