public import Access
public import Basics
public import Storage

/// Publishes how the provider reads a clause, from today or a later day; it is never changed, only followed by another. Whoever publishes
/// confirms having read ``Interpretation/reminder``.
public func publishInterpretation(
    _ id: InterpretationID, of clause: Int, _ words: Wording, from day: BusinessDate, reminderConfirmed: Bool, by act: StaffAct,
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Interpretation {
    try act.require(.interpretAgreement)
    guard (1...clauseCount).contains(clause) else { throw Fault(.unknownClause, "there is no clause \(clause)") }
    let words = Wording(zh: try checkedWords(words.zh), en: try checkedWords(words.en))
    let row = try tx.first(
        "SELECT id, clause, zh, en, from_day, published_at FROM agreement_interpretations WHERE id = $1", [.id(id)])
    if let row {
        let there = try interpretation(row)
        guard there.clause == clause, there.words == words, there.from == day else {
            throw Fault(.otherContentUnderSameID, "interpretation \(id) is there already with other content")
        }
        return there
    }
    guard reminderConfirmed else { throw Fault(.reminderNotConfirmed, "confirm the reminder of Civil Code art. 498") }
    guard day >= zone.date(of: now) else {
        throw Fault(.interpretationInThePast, "an interpretation holds from today at the earliest")
    }
    try tx.execute(
        "INSERT INTO agreement_interpretations (id, clause, zh, en, from_day, published_at) VALUES ($1, $2, $3, $4, $5, $6)",
        [.id(id), .integer(Int64(clause)), .text(words.zh), .text(words.en), .integer(day.dayNumber), .time(now)])
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "agreement.interpretation-published", subject: "interpretation:\(id)",
            clause: clause,
            after: journalState([
                "clause": .number(Int64(clause)), "from": .text("\(day)"),
                "words": .text(ContentHash(of: Array((words.zh + "\n" + words.en).utf8)).hex), "purpose": .text(act.purpose),
            ])),
        in: tx)
    return Interpretation(id: id, clause: clause, words: words, from: day, publishedAt: now)
}
