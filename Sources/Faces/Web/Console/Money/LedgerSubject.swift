import Access
import Basics
import Billing
import Charging
import Foundation
import Storage

/// The books: the chart of accounts with its balances, which together are zero.
extension ConsoleSubject {
    static let ledger = ConsoleSubject(
        key: "ledger", permission: .viewBooks, icon: "book",
        columns: ["ledgerAccount", "ledgerName", "debit", "credit", "balance"].map { ConsoleColumn($0, isSortable: false) },
        filters: [
            ConsoleFilter(day: "asOf"),
            ConsoleFilter(key: "time", kind: "ledgerTime", values: LedgerTime.allCases.map(\.rawValue)),
        ],
        hasPersonalData: false,
        rows: { desk, query, tx throws(Fault) in
            let (day, time) = (try day(query.filters["asOf"], "asOf"), time(query, otherwise: .effective))
            let balances = try trialBalance(through: day, by: time, in: tx, zone: desk.zone)
            let sum = balances.reduce(Money.zero) { $0 + $1.balance }
            let rows = balances.map { one in
                ConsoleRow(
                    id: one.code, link: "/console/entries?q=\(one.code)",
                    cells: [
                        ConsoleCell(one.code), ConsoleCell(desk.words(ofLedger: one)), exact(one.debit), exact(one.credit),
                        exact(one.balance),
                    ])
            }
            let proof = ConsoleSection(
                key: "trialBalance",
                facts: [
                    .init("debits", exact(balances.reduce(.zero) { $0 + $1.debit })),
                    .init("credits", exact(balances.reduce(.zero) { $0 + $1.credit })),
                ],
                notices: [
                    ConsoleNotice(
                        tone: sum == .zero ? .good : .bad,
                        words: desk.text(
                            sum == .zero ? "console.ledger.balanced" : "console.ledger.unbalanced",
                            ["sum": sum.exactlyFormatted, "day": PlainWords.day(day ?? desk.today, desk.language)]))
                ])
            let found = rows.filter { query.text.isEmpty || $0.id.contains(query.text) }
            return ConsoleRows(found, paged: .init(next: nil), above: [proof])
        })

    /// Single entries, by account, transaction or what they are about.
    static let entries = ConsoleSubject(
        key: "entries", permission: .viewBooks, icon: "book",
        columns: EntryRows.columns.map { ConsoleColumn($0, isSortable: false) },
        filters: [
            ConsoleFilter(key: "time", kind: "ledgerTime", values: LedgerTime.allCases.map(\.rawValue)),
            ConsoleFilter(day: "firstDay"), ConsoleFilter(day: "lastDay"),
        ],
        rows: { desk, query, tx throws(Fault) in
            var question = LedgerQuestion()
            question.time = time(query, otherwise: .recorded)
            question.from = try day(query.filters["firstDay"], "firstDay")
            question.through = try day(query.filters["lastDay"], "lastDay")
            var page = LedgerPage.empty
            // The same words may name an account, a transaction or a subject: the first that finds something counts.
            for ask in EntryRows.questions(query.text, question) {
                page = try ledgerPage(ask, after: query.after, in: tx, zone: desk.zone)
                if !page.lines.isEmpty { break }
            }
            return ConsoleRows(page.lines.map { EntryRows.row($0, desk) }, paged: .init(next: page.next))
        })

    private static func time(_ query: ListQuery, otherwise: LedgerTime) -> LedgerTime {
        query.filters["time"].flatMap { LedgerTime(rawValue: $0) } ?? otherwise
    }

    private static func day(_ text: String?, _ field: String) throws(Fault) -> BusinessDate? {
        guard let text else { return nil }
        guard let day = BusinessDate(text) else { throw Fault(.consoleDate, "not a date", ["field": field]) }
        return day
    }

    /// The books are exact: nothing is rounded here.
    static func exact(_ amount: Money) -> ConsoleCell {
        ConsoleCell(amount.exactlyFormatted, value: .integer(amount.micros), isFigure: true)
    }
}

extension ConsoleDesk {
    /// What an account of the chart is.
    func words(ofLedger balance: LedgerBalance) -> String {
        let key = "console.value.ledger.\(balance.code.replacingOccurrences(of: ":", with: "-"))"
        return words.text(key, language) ?? ""
    }
}

/// How entries stand in tables.
enum EntryRows {
    static let columns = [
        "transaction", "entryKind", "ledgerAccount", "debit", "credit", "effectiveAt", "recordedAt", "subject", "corrects",
    ]

    static func row(_ line: LedgerLine, _ desk: ConsoleDesk) -> ConsoleRow {
        let (id, amount) = (line.transaction.rawValue, line.entry.amount)
        return ConsoleRow(
            id: "\(id)/\(line.position)",
            cells: [
                .name(id, link: "/console/entries?q=\(id)"),
                ConsoleCell(desk.value("entryKind", line.kind), value: .text(line.kind)),
                .name(line.entry.account.code, link: "/console/entries?q=\(line.entry.account.code)"),
                amount > .zero ? ConsoleSubject.exact(amount) : .empty, amount < .zero ? ConsoleSubject.exact(-amount) : .empty,
                desk.cell(line.effectiveAt), desk.cell(line.recordedAt),
                .name(line.subject, link: desk.link(toSubject: line.subject)),
                line.corrects.map { .name($0.rawValue, link: "/console/entries?q=\($0.rawValue)") } ?? .empty,
            ])
    }

    /// Of one account: without the account, which is the same in all of them.
    static let accountColumns = columns.filter { $0 != "ledgerAccount" && $0 != "corrects" }

    static func accountRow(_ line: LedgerLine, _ desk: ConsoleDesk) -> ConsoleRow {
        var row = row(line, desk)
        row.cells = zip(columns, row.cells).filter { accountColumns.contains($0.0) }.map(\.1)
        return row
    }

    static func questions(_ text: String, _ question: LedgerQuestion) -> [LedgerQuestion] {
        guard !text.isEmpty else { return [question] }
        var (account, transaction, subject) = (question, question, question)
        account.account = text
        transaction.transaction = LedgerTransactionID(text)
        subject.subject = text
        return [account, transaction, subject]
    }
}
