public import Basics
public import Customers
public import Storage

/// A customer who appeals against a hold.
public struct FileAppealRequest: Sendable {
    /// The id, so that a repeat is known.
    public var id: AppealID
    /// The hold.
    public var hold: HoldID
    /// The customer.
    public var customer: CustomerID
    /// What they say.
    public var words: String

    /// Makes a request.
    public init(id: AppealID, hold: HoldID, customer: CustomerID, words: String) {
        self.id = id
        self.hold = hold
        self.customer = customer
        self.words = words
    }
}

/// Files an appeal against a hold in force on one of the customer's lines; one at a time for each hold. It is answered by the end of the
/// fifteenth business day (电信用户申诉处理办法).
public func fileAppeal(
    _ request: FileAppealRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> HoldAppeal {
    let words = try appealWords(request.words)
    if let there = try AppealStore.find(request.id, in: tx) {
        guard there.customer == request.customer, there.hold == request.hold, there.words == words else {
            throw Fault(.appealReused, "this id is that of another appeal")
        }
        return there
    }
    guard let hold = try HoldStore.find(request.hold, in: tx), let line = try LineStore.find(hold.line, in: tx),
        line.customer == request.customer
    else { throw Fault(.unknownHold, "the customer has no such hold") }
    guard hold.liftedAt == nil else { throw Fault(.holdLifted, "hold \(hold.id) was lifted already") }
    guard mayAppeal(against: hold.kind) else {
        throw Fault(.appealElsewhere, "the provider cannot decide on this hold; what ordered or ends it is named with it")
    }
    guard try AppealStore.count("WHERE hold = $1 AND state = 'filed'", [.id(hold.id)], in: tx) == 0 else {
        throw Fault(.appealOpen, "an appeal against this hold waits for its answer")
    }
    guard try AppealStore.count("WHERE hold = $1", [.id(hold.id)], in: tx) < LinesLimits.appealsPerHold else {
        throw Fault(.tooManyAppeals, "the hold was appealed against often enough", ["maximum": "\(LinesLimits.appealsPerHold)"])
    }
    let appeal = HoldAppeal(
        id: request.id, hold: hold.id, line: hold.line, customer: request.customer, words: words, filedAt: now,
        dueAt: zone.end(of: zone.date(of: now).adding(days: LinesLimits.appealDays)), state: .filed, answer: nil, decidedAt: nil,
        decidedBy: nil)
    try AppealStore.insert(appeal, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(request.customer)", action: "appeal.filed", subject: "line:\(hold.line)",
            clause: hold.clause,
            after: journalState(["appeal": .text(appeal.id.rawValue), "hold": .text(hold.id.rawValue)])), in: tx)
    return appeal
}

/// Words of an appeal or of its answer: visible text of a sensible length. Line breaks become spaces.
func appealWords(_ typed: String) throws(Fault) -> String {
    guard typed.utf8.count <= 4 * LinesLimits.appealCharacters else { throw .appealTooLong }
    let lines = typed.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\t", with: " ")
    let words = try visibleText(lines)
    guard !words.isEmpty else { throw Fault(.appealWords, "say what is wrong") }
    guard words.count <= LinesLimits.appealCharacters else { throw .appealTooLong }
    return words
}

extension Fault {
    fileprivate static var appealTooLong: Fault {
        Fault(.appealTooLong, "the words are too many", ["maximum": "\(LinesLimits.appealCharacters)"])
    }
}
