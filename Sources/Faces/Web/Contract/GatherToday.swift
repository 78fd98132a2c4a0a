import Agreement
import Basics
import Billing
import Charging
import Customers
import Lines
import Notices
import Orders
import Storage

/// Asks each room for its part of what the clauses mean today.
struct GatherToday {
    let customer: CustomerID
    let line: Line?
    let words: Words
    let language: Language
    let zone: BusinessZone
    let now: Timestamp
    var agreement: Agreement?
    var windows: [ChangeWindow] = []

    init(customer: CustomerID, line: Line?, words: Words, language: Language, zone: BusinessZone, now: Timestamp) {
        self.customer = customer
        self.line = line
        self.words = words
        self.language = language
        self.zone = zone
        self.now = now
    }

    func facts(_ terms: AgreementTerms, in tx: any Transaction) throws(Fault) -> TodayFacts {
        var facts = TodayFacts(terms: terms)
        facts.windows = windows
        facts.annexes = agreement?.annexes.count ?? 0
        facts.fingerprint = agreement?.fingerprint.grouped ?? ""
        facts.inForceSince = agreement?.inForceAt.map(zone.date(of:))
        try addIdentity(to: &facts, in: tx)
        facts.licence = try licenceAcceptances(of: customer, in: tx).last.map { licence in
            TodayFacts.Licence(version: licence.version, day: zone.date(of: licence.at))
        }
        facts.terminals = try terminals(in: tx)
        facts.maintenance = try maintenance(in: tx)
        facts.endingOn = try openEnding(of: customer, in: tx)?.wished
        try addLine(to: &facts, in: tx)
        return facts
    }

    private func addIdentity(to facts: inout TodayFacts, in tx: any Transaction) throws(Fault) {
        let check = try verification(of: customer, in: tx)
        facts.verification = check?.state ?? .none
        facts.evidenceDeadline = check?.deadline.map(zone.date(of:))
        facts.reads = try accessLog(of: customer, in: tx).count { $0.action == .revealed || $0.action == .evidenceOpened }
    }

    /// Works on the network that were announced in the last days.
    private func maintenance(in tx: any Transaction) throws(Fault) -> [TodayFacts.Works] {
        let from = now.adding(seconds: -TodayFacts.announcedSeconds)
        return try listAnnouncements(in: tx).filter { $0.kind == .maintenance && $0.publishedAt >= from }.map { announcement in
            TodayFacts.Works(
                announced: zone.date(of: announcement.publishedAt),
                title: language == .chinese ? announcement.title.zh : announcement.title.en)
        }
    }

    /// Terminals that were ordered and not given back.
    private func terminals(in tx: any Transaction) throws(Fault) -> [TodayFacts.Terminal] {
        let today = zone.date(of: now)
        return try orders(of: customer, in: tx).filter { ![.cancelled, .rejected, .failed].contains($0.state) }.flatMap(\.items)
            .compactMap { item in
                guard item.kind == .terminalSale || item.kind == .terminalRent, item.lastDay.map({ today <= $0 }) ?? true else {
                    return nil
                }
                return TodayFacts.Terminal(name: language == .chinese ? item.name.zh : item.name.en, installed: item.firstDay)
            }
    }

    private func addLine(to facts: inout TodayFacts, in tx: any Transaction) throws(Fault) {
        guard let line else { return }
        facts.held = try activeHolds(on: line.id, in: tx).compactMap { hold in
            hold.clause.map { clause in
                TodayFacts.Held(
                    clause: clause, reason: trimmed(words.text(hold.reasonKey, language) ?? hold.reasonKey),
                    since: zone.date(of: hold.since))
            }
        }
        facts.prices = TodayFacts.Prices(
            plan: try planName(line, in: tx), video: try price(of: line.id, kind: .video, in: tx, at: now, zone: zone).perSecond,
            audio: try price(of: line.id, kind: .audio, in: tx, at: now, zone: zone).perSecond)
        if let account = AccountID(line.account) {
            let summary = try accountSummary(account, in: tx, at: now, zone: zone)
            // Without an agreement there are no terms by which anything could be due.
            facts.debt = agreement?.inForceAt == nil ? nil : try debt(of: account, in: tx)
            facts.openDisputes = try disputes(of: account, in: tx).count(where: \.isOpen)
            facts.usage = TodayFacts.Usage(used: summary.used, limit: summary.creditLimit, available: summary.available)
        }
    }

    /// What is due next and what is overdue; nil where nothing is open.
    private func debt(of account: AccountID, in tx: any Transaction) throws(Fault) -> TodayFacts.Debt? {
        let today = zone.date(of: now)
        let standing = try owed(by: account, on: today, in: tx, at: now, zone: zone).standing
        guard standing.owed > .zero else { return nil }
        let next = standing.claims.first { $0.due >= today && $0.principal > .zero }
        return TodayFacts.Debt(due: next?.principal, dueDay: next?.due, overdue: standing.overdue + standing.penalty)
    }

    /// What the plan is called in the catalogue.
    private func planName(_ line: Line, in tx: any Transaction) throws(Fault) -> String {
        let id = try plan(of: line.id, in: tx, at: now)
        let entry = try catalogue(on: zone.date(of: now), in: tx, zone: zone).first { $0.item.plan == id }
        guard let name = entry?.item.name else { return id.rawValue }
        return language == .chinese ? name.zh : name.en
    }

    /// A sentence without its full stop, to stand in another one.
    private func trimmed(_ text: String) -> String {
        text.hasSuffix("。") || text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
