public import Basics
public import Storage

/// A dispute whose answer is due soon, as the staff was reminded of it.
public struct DisputeReminder: Sendable, Equatable {
    /// The dispute.
    public let dispute: Dispute
    /// Days until the answer is due when the reminder was written: 3, or 0 on the last day and after it.
    public let daysLeft: Int64
    /// When it was written.
    public let at: Timestamp
}

/// Reminders of disputes that are still to be answered, the most urgent first; a dispute that was answered is in none any more.
public func disputeReminders(limit: Int = 50, in tx: any Transaction) throws(Fault) -> [DisputeReminder] {
    let rows = try tx.query(
        """
        SELECT r.dispute, r.days_left, r.at FROM billing_dispute_reminders r JOIN billing_disputes d ON d.id = r.dispute
        WHERE d.state = 'investigating'
            AND NOT EXISTS (SELECT 1 FROM billing_dispute_reminders l WHERE l.dispute = r.dispute AND l.days_left < r.days_left)
        ORDER BY d.answer_due, d.id LIMIT \(min(max(limit, 1), BillingLimits.invoicePage))
        """)
    var reminders: [DisputeReminder] = []
    for row in rows {
        guard let dispute = try dispute(row.id("dispute"), in: tx) else { continue }
        reminders.append(DisputeReminder(dispute: dispute, daysLeft: try row.integer("days_left"), at: try row.time("at")))
    }
    return reminders
}

/// Writes the reminders that are due: three days before the last day for an answer, and on that day – or later, where the service was down. An
/// escalated dispute was answered. Returns how many.
func remindOfDisputes(in tx: any Transaction, at now: Timestamp, zone: BusinessZone) throws(Fault) -> Int {
    let today = zone.date(of: now)
    var written = 0
    for days in BillingLimits.disputeReminderDays {
        let rows = try tx.query(
            """
            SELECT d.id, d.account, d.answer_due FROM billing_disputes d
            WHERE d.decided_on IS NULL AND d.state = 'investigating' AND d.answer_due <= $1
                AND NOT EXISTS (SELECT 1 FROM billing_dispute_reminders r WHERE r.dispute = d.id AND r.days_left <= $2)
            ORDER BY d.answer_due, d.id LIMIT \(BillingLimits.singlesPerStep)
            """, [.day(today.adding(days: days)), .integer(days)])
        for row in rows {
            let inserted = try tx.execute(
                "INSERT INTO billing_dispute_reminders (dispute, days_left, on_day, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                [.text(try row.text("id")), .integer(days), .day(today), .time(now)])
            guard inserted == 1 else { continue }
            written += 1
            try appendJournal(
                JournalEntry(
                    at: now, actor: "system", action: "dispute.reminded", subject: "account:\(try row.text("account"))",
                    clause: 6,
                    after: journalState([
                        "dispute": .text(try row.text("id")), "answerDue": .text("\(try row.day("answer_due"))"),
                        "daysLeft": .number(days),
                    ])), in: tx)
        }
    }
    return written
}
