internal import Access
internal import Agreement
public import Basics
internal import Customers
internal import Lines
internal import Orders
public import Storage

/// Tells customers what the journal says happened to them. No other room has to think of notices: whatever was journaled is told, once, a
/// moment after its entry was sealed into the chain. A published version, price list or interpretation starts the job that tells
/// everybody. Returns how many entries were looked at; the first look of all begins at the end of the journal.
@discardableResult
public func followEvents(on database: any Database, clock: any ServiceClock, zone: BusinessZone) async throws(Fault) -> Int {
    var seen = 0
    while !Task.isCancelled {
        guard try await database.read({ tx throws(Fault) in try isBehind(in: tx) }) else { break }
        let now = clock.now()
        let step = try await database.write { tx throws(Fault) in try followEvents(in: tx, at: now, zone: zone) }
        seen += step
        if step < NoticesLimits.entriesFollowed { break }
    }
    return seen
}

/// Whether there is anything to follow: a look that writes nothing, since it is taken every second.
private func isBehind(in tx: any Transaction) throws(Fault) -> Bool {
    guard let row = try tx.first("SELECT position FROM notices_followed WHERE id = 1") else { return true }
    return try row.integer("position") < journalEnd(in: tx)
}

/// One transaction of it: what was followed and what was told are one, so nothing is told twice or left out after a crash.
func followEvents(in tx: any Transaction, at now: Timestamp, zone: BusinessZone) throws(Fault) -> Int {
    guard let row = try tx.first("SELECT position FROM notices_followed WHERE id = 1\(tx.forUpdate)") else {
        try tx.execute(
            "INSERT INTO notices_followed (id, position) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
            [.integer(try journalEnd(in: tx))])
        return 0
    }
    let records = try followJournal(after: try row.integer("position"), limit: NoticesLimits.entriesFollowed, in: tx)
    guard let last = records.last?.position else { return 0 }
    for record in records { try tell(record, in: tx, at: now, zone: zone) }
    try tx.execute("UPDATE notices_followed SET position = $1 WHERE id = 1", [.integer(last)])
    return records.count
}

private func tell(_ record: JournalRecord, in tx: any Transaction, at now: Timestamp, zone: BusinessZone) throws(Fault) {
    let entry = record.entry
    if let notice = eventNotice(entry, id: record.id, zone: zone) {
        do throws(Fault) {
            guard let (customer, subject) = try owner(of: entry.subject, in: tx) else { return }
            var parameters = notice.parameters
            if let name = notice.fromSubject { parameters[name] = subject }
            _ = try giveNotice(
                to: customer, notice.kind, parameters, clause: notice.kind.clause ?? entry.clause, key: notice.key, in: tx,
                at: now)
        } catch {
            // An entry about something that is not there any more, or of somebody who is no customer, is nobody's notice.
            guard error.code.kind == .notFound else { throw error }
        }
    } else if let broadcast = eventBroadcast(entry) {
        try Broadcast.start(broadcast, by: entry.actor, in: tx, at: now)
    } else if entry.action == "agreement.version-published", entry.actor.hasPrefix("staff:") {
        let id = VersionID(trusted: String(entry.subject.dropFirst("agreement-version:".count)))
        _ = try startAnnouncing(id, by: entry.actor, purpose: nil, in: tx, at: now)
    }
}

/// The customer to whom a subject belongs, and the number by which people know it.
private func owner(of subject: String, in tx: any Transaction) throws(Fault) -> (CustomerID, String?)? {
    guard let colon = subject.firstIndex(of: ":") else { return nil }
    let id = String(subject[subject.index(after: colon)...])
    switch subject[..<colon] {
    case "customer": return (try customer(CustomerID(trusted: id), in: tx).id, nil)
    case "line": return (try line(LineID(trusted: id), in: tx).customer, nil)
    case "principal": return (try customer(signingInAs: PrincipalID(trusted: id), in: tx).id, nil)
    case "order":
        let order = try order(OrderID(trusted: id), in: tx)
        return (order.customer, order.number)
    case "agreement":
        let agreement = try agreement(AgreementID(trusted: id), in: tx)
        return (agreement.customer, agreement.number)
    case "objection":
        let objection = try objection(ObjectionID(trusted: id), in: tx)
        return (objection.customer, "\(objection.versionNumber)")
    case "abuse":
        let reporter = try abuseReport(AbuseReportID(trusted: id), in: tx).reporter
        return (try line(reporter, in: tx).customer, nil)
    default: return nil
    }
}
