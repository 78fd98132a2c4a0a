internal import Basics
internal import Charging
internal import Notices
internal import Storage

/// What a step writes for many accounts, gathered account by account and written table by table, many rows to a statement. Nothing reads it before
/// it is written.
final class GatheredWrites {
    private let tx: any Transaction
    private let now: Timestamp
    private let zone: BusinessZone
    private var invoices: [(purpose: String, invoice: Invoice)] = []
    private var transactions: [LedgerTransaction] = []
    private var notices: [NewNotice] = []
    private var journal: [JournalEntry] = []
    private var deposits: [(account: AccountID, deposit: Money)] = []
    private var warnings: [[Value]] = []
    private var steps: [AccountID: WrittenStep] = [:]
    private var looks: [AccountID: BusinessDate] = [:]

    init(in tx: any Transaction, at now: Timestamp, zone: BusinessZone) {
        self.tx = tx
        self.now = now
        self.zone = zone
    }

    func add(_ invoice: Invoice, purpose: String) { invoices.append((purpose, invoice)) }
    func add(_ transaction: LedgerTransaction) { transactions.append(transaction) }
    func add(_ notice: NewNotice) { notices.append(notice) }
    func add(_ entry: JournalEntry) { journal.append(entry) }
    /// What is on deposit covers calls.
    func cover(_ account: AccountID, _ deposit: Money) { deposits.append((account, deposit)) }
    /// Where an account stands now.
    func place(_ account: AccountID, on step: WrittenStep) { steps[account] = step }
    /// When the sweep looks at an account again.
    func look(at account: AccountID, on day: BusinessDate) { looks[account] = day }

    /// A notice of the ladder.
    func warn(_ account: AccountID, of step: LadderStep, for invoice: InvoiceID, on day: BusinessDate) {
        warnings.append([.id(invoice), .text(step.rawValue), .id(account), .day(day), .time(now)])
    }

    /// Writes what was gathered since the last time.
    func write() throws(Fault) {
        for (purpose, own) in Dictionary(grouping: invoices, by: \.purpose) {
            try InvoiceStore.insert(own.map(\.invoice), purpose: purpose, in: tx, at: now)
        }
        try postTransactions(transactions, in: tx, at: now)
        try tx.insert(into: "billing_notices (invoice, step, account, on_day, at)", warnings)
        // Which calls are on no invoice yet depends on the invoices.
        try coverUsageByDeposits(deposits, in: tx, at: now, zone: zone)
        for (step, own) in Dictionary(grouping: steps, by: \.value) { try step.write(AccountList(own.map(\.key)), in: tx) }
        for (day, own) in Dictionary(grouping: looks, by: \.value) {
            let list = AccountList(own.map(\.key))
            try tx.execute(
                "UPDATE billing_accounts SET next_look = $\(list.length + 1) WHERE account IN \(list.places)",
                list.values() + [.day(day)])
        }
        try notify(notices, in: tx, at: now)
        try appendJournal(journal, in: tx)
        (invoices, transactions, warnings, deposits, steps, looks, notices, journal) = ([], [], [], [], [:], [:], [], [])
    }
}

/// A step of the ladder with the day since which an account stands on it, as written.
struct WrittenStep: Hashable {
    let step: LadderStep
    let since: BusinessDate

    func write(_ accounts: AccountList, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            UPDATE billing_accounts SET step = $\(accounts.length + 1), step_since = $\(accounts.length + 2)
            WHERE account IN \(accounts.places)
            """, accounts.values() + [.text(step.rawValue), .day(since)])
    }
}
