public import Access
public import Basics
public import Storage

/// Publishes days on which the tariff windows for holidays hold (clause 2): from tomorrow on, never taken back, as prices are. Days that
/// are published already stay; returns the new ones.
@discardableResult
public func publishHolidays(
    _ days: [BusinessDate], by act: StaffAct, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [BusinessDate] {
    try act.require(.publishPrices)
    guard (1...OrdersLimits.holidaysPerList).contains(days.count) else {
        throw Fault(
            .holidayList, "a list has 1 to \(OrdersLimits.holidaysPerList) holidays",
            ["maximum": "\(OrdersLimits.holidaysPerList)"])
    }
    let today = zone.date(of: now)
    guard days.allSatisfy({ $0 > today }) else { throw Fault(.priceInThePast, "a holiday is published for tomorrow or later") }
    var new: [BusinessDate] = []
    for day in days.sorted() where try TariffStore.insert(holiday: day, by: act.actor, in: tx, at: now) { new.append(day) }
    guard !new.isEmpty else { return [] }
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "holidays.published", subject: "plan:\(Plan.standardID)", clause: 2,
            after: journalState([
                "days": .text(new.map(\.description).joined(separator: " ")), "purpose": .text(act.purpose),
            ])),
        in: tx)
    return new
}
