import Access
import Basics
import Billing
import Charging
import Customers
import Lines
import Storage

/// Money that came to the bank and has to be somebody's: the lines that nobody could match by themselves, the oldest first.
extension ConsoleSubject {
    static let bank = ConsoleSubject(
        key: "bank", permission: .viewBooks, icon: "bank",
        columns: ["on", "amount", "payer", "reference", "suggestion", "reason"].map { ConsoleColumn($0, isSortable: false) },
        isQueue: true,
        acts: { _ in [ConsoleOffer(BankActs.takeIn)] },
        rows: { desk, query, tx throws(Fault) in
            let lines = try unmatchedBankLines(
                after: query.after.flatMap { BankLineID($0) }, limit: ConsoleLimits.pageRows, in: tx)
            var rows: [ConsoleRow] = []
            for line in lines { rows.append(try row(line, desk, tx)) }
            let words = query.text.lowercased()
            let found = rows.filter { row in words.isEmpty || row.cells.contains { $0.text.lowercased().contains(words) } }
            let next = lines.count == ConsoleLimits.pageRows ? lines.last?.id.rawValue : nil
            let imports = ConsoleSection(
                key: "bankImports",
                table: .init(columns: importColumns, rows: try importRows(try Billing.bankImports(limit: 5, in: tx), desk, tx)))
            return ConsoleRows(
                found, paged: .init(next: next), above: query.after == nil ? [imports] : [],
                waiting: query.waitsOnly ? try countWaiting(.bankLines, in: tx) : nil)
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = BankLineID(id) else { throw Fault(.webNotFound, "no such line") }
            return try BankLineSheet(desk: desk, line: try bankLine(id, in: tx)).sheet(in: tx)
        })

    /// Every statement that was taken in, with what became of each of its lines.
    static let bankImports = ConsoleSubject(
        key: "bank-imports", permission: .viewBooks, icon: "bank",
        columns: importColumns.map { ConsoleColumn($0, isSortable: false) },
        rows: { desk, query, tx throws(Fault) in
            let found = try Billing.bankImports(
                before: query.after.flatMap { BankImportID($0) }, limit: ConsoleLimits.pageRows, in: tx)
            let next = found.count == ConsoleLimits.pageRows ? found.last?.id.rawValue : nil
            return ConsoleRows(try importRows(found, desk, tx), paged: .init(next: next))
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = BankImportID(id), let found = try bankImport(id, in: tx) else {
                throw Fault(.webNotFound, "no such import")
            }
            let lines = try bankLines(of: id, limit: ConsoleLimits.bankLines, in: tx)
            var rows: [ConsoleRow] = []
            for line in lines { rows.append(try lineRow(line, desk, tx)) }
            return ConsoleSheet(
                title: found.name, lead: desk.text("console.bank.import", counts(found)),
                badge: found.unmatched > 0
                    ? desk.badge("importState", "unmatched", .warn)
                    : desk.badge("importState", found.waiting > 0 ? "waiting" : "done", found.waiting > 0 ? .warn : .good),
                sections: [
                    ConsoleSection(
                        key: "bankLines",
                        table: .init(
                            columns: ["line", "on", "amount", "payer", "reference", "state", "account", "reason"], rows: rows))
                ])
        })

    private static let importColumns = ["file", "at", "lines", "matched", "unmatched", "repeated", "actor"]

    private static func counts(_ one: BankImport) -> [String: String] {
        [
            "lines": "\(one.lines)", "matched": "\(one.matched)", "unmatched": "\(one.unmatched)", "repeated": "\(one.repeated)",
            "waiting": "\(one.waiting)",
        ]
    }

    private static func importRows(
        _ imports: [BankImport], _ desk: ConsoleDesk, _ tx: any Transaction
    ) throws(Fault) -> [ConsoleRow] {
        let names = try StaffNames(of: imports.map(\.importedBy), in: tx)
        return imports.map { importRow($0, names, desk) }
    }

    private static func importRow(_ one: BankImport, _ names: StaffNames, _ desk: ConsoleDesk) -> ConsoleRow {
        ConsoleRow(
            id: one.id.rawValue, link: "/console/bank-imports/\(one.id)",
            cells: [
                ConsoleCell(one.name), desk.cell(one.importedAt), desk.cell(Int(one.lines)), desk.cell(Int(one.matched)),
                desk.cell(Int(one.unmatched)), desk.cell(Int(one.repeated)), names.cell(one.importedBy, desk),
            ])
    }

    static func reason(_ line: BankLine, _ desk: ConsoleDesk) -> ConsoleCell {
        guard let reason = line.reason else { return .empty }
        return ConsoleCell(desk.value("bankReason", reason), value: .text(reason))
    }

    /// As lists show it: masked, unless it is a payment provider.
    static func payer(_ line: BankLine, _ desk: ConsoleDesk) throws(Fault) -> String {
        let name = try line.payer.name(with: desk.services.vault)
        return line.origin.hasPrefix("provider:") ? name : maskedName(name)
    }

    private static func row(_ line: BankLine, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleRow {
        ConsoleRow(
            id: line.id.rawValue, link: "/console/bank/\(line.id)",
            cells: [
                desk.cell(line.on), desk.cell(line.amount), ConsoleCell(try payer(line, desk)), ConsoleCell(line.reference),
                try line.account.map { id throws(Fault) in try desk.owner(of: id, in: tx) } ?? .empty, reason(line, desk),
            ],
            waitsSince: desk.zone.start(of: line.on), summary: "\(line.amount.formatted) · \(try payer(line, desk))")
    }

    private static func lineRow(_ line: BankLine, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleRow {
        var account = ConsoleCell.empty
        if line.state == .matched, let id = line.account { account = try desk.owner(of: id, in: tx) }
        return ConsoleRow(
            id: line.id.rawValue, link: "/console/bank/\(line.id)",
            cells: [
                desk.cell(Int(line.position)), desk.cell(line.on), desk.cell(line.amount), ConsoleCell(try payer(line, desk)),
                ConsoleCell(line.reference), BankLineSheet.badge(line, desk), account, reason(line, desk),
            ])
    }
}

/// One line with the accounts that it may belong to.
struct BankLineSheet {
    let desk: ConsoleDesk
    let line: BankLine

    static func badge(_ line: BankLine, _ desk: ConsoleDesk) -> ConsoleCell {
        let tone: ConsoleCell.Tone =
            switch line.state {
            case .matched: .good
            case .new, .unmatched: .warn
            case .setAside: .plain
            }
        return desk.badge("bankState", line.state.rawValue, tone)
    }

    func sheet(in tx: any Transaction) throws(Fault) -> ConsoleSheet {
        var facts: [ConsoleSection.Fact] = [
            .init("amount", desk.cell(line.amount)), .init("on", desk.cell(line.on)),
            .init("payer", try line.payer.name(with: desk.services.vault)),
            .init("reference", line.reference), .init("reason", ConsoleSubject.reason(line, desk)),
        ]
        if line.state == .matched, let account = line.account {
            facts.append(.init("account", try desk.owner(of: account, in: tx)))
            if let payment = line.payment {
                facts.append(.init("payment", ConsoleCell(payment.rawValue, link: "/console/payments/\(payment)")))
            }
        }
        var sections = [ConsoleSection(key: "bankLine", facts: facts)]
        var acts: [ConsoleOffer] = []
        if line.state == .unmatched {
            let found = try suggestions(in: tx)
            sections.append(try suggested(found, in: tx))
            acts = [
                ConsoleOffer(BankActs.match, id: line.id.rawValue, prefill: ["account": found.first?.account.rawValue ?? ""]),
                ConsoleOffer(BankActs.setAside, id: line.id.rawValue),
            ]
        }
        return ConsoleSheet(
            title: desk.text(
                "console.bank.heading", ["amount": line.amount.formatted, "payer": try ConsoleSubject.payer(line, desk)]),
            lead: desk.text(line.state == .unmatched ? "console.bank.whose" : "console.bank.placed"),
            badge: Self.badge(line, desk), acts: acts, sections: sections)
    }

    /// Whose it may be: the account that the reference named, then customers of the payer's name; who owes just this amount first.
    private func suggestions(in tx: any Transaction) throws(Fault) -> [ListedAccount] {
        var found: [ListedAccount] = []
        if let account = line.account { found.append(try listedAccount(account, in: tx, at: desk.now, zone: desk.zone)) }
        let payer = try line.payer.name(with: desk.services.vault)
        if !payer.isEmpty {
            let customers = try searchCustomers(text: payer, page: 0, with: desk.services.vault, in: tx)
            let ids = customers.items.prefix(10).map(\.customer.id)
            found += try Billing.accounts(of: Array(ids), in: tx, at: desk.now, zone: desk.zone)
        }
        var seen: Set<AccountID> = []
        let distinct = found.filter { seen.insert($0.account).inserted }
        return distinct.filter { $0.owed.total == line.amount } + distinct.filter { $0.owed.total != line.amount }
    }

    private func suggested(_ found: [ListedAccount], in tx: any Transaction) throws(Fault) -> ConsoleSection {
        var section = ConsoleSection(key: "suggestions")
        var rows: [ConsoleRow] = []
        for one in found {
            let name = try desk.cell(one.account, of: one.customer, in: tx)
            rows.append(
                ConsoleRow(
                    id: one.account.rawValue,
                    cells: [
                        name, desk.badge(one.owed.position.step), desk.cell(one.owed.total),
                        desk.overdue(one.owed.standing.overdue),
                    ]))
            section.acts.append(
                ConsoleOffer(
                    BankActs.matchTo, id: line.id.rawValue, part: one.account.rawValue,
                    parameters: ["name": name.text, "amount": line.amount.formatted]))
        }
        section.table = .init(columns: ["account", "step", "owed", "overdue"], rows: rows)
        return section
    }
}

/// What staff do with bank statements.
enum BankActs {
    static let all = [takeIn, match, matchTo, setAside]

    /// A statement as the bank gives it. The same file again changes nothing.
    static let takeIn = ConsoleAct(
        key: "bank.import", permission: .recordPayments, path: "bank/imports",
        fields: [ActField("file", .file(BillingLimits.statementBytes))],
        perform: { desk, act, values in
            let (bytes, name) = (values.file, values.text("name"))
            let made = try await desk.services.database.write { tx throws(Fault) in
                try importBankStatement(
                    bytes, name: name, by: act, with: desk.services.vault, in: tx, at: desk.now, zone: desk.zone)
            }
            return [
                "id": .text(made.id.rawValue), "lines": .integer(made.lines), "matched": .integer(made.matched),
                "unmatched": .integer(made.unmatched), "repeated": .integer(made.repeated), "waiting": .integer(made.waiting),
                "next": .text("/console/bank-imports/\(made.id)"),
            ]
        })

    /// An account as people name it: by its id, a line's number, or the number of an invoice.
    private static func account(_ text: String, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> AccountID {
        let text = text.filter { !$0.isWhitespace }
        if let paper = try accountOfPaper(numbered: text.uppercased(), in: tx, at: desk.now, zone: desk.zone) {
            return paper.account
        }
        // Only what looks like a number of ours is one: an account's id may have digits, too.
        if text.allSatisfy({ $0.isNumber || $0 == "-" }), let number = PhoneNumber(text.filter(\.isNumber)),
            let found = try line(numbered: number, in: tx), let id = AccountID(found.account)
        {
            return id
        }
        guard let id = AccountID(text) else { throw Fault(.noAccount, "no such account") }
        return id
    }

    private static func matching(
        _ key: String, path: String, fields: [ActField], _ name: @escaping @Sendable (ActValues) -> String
    ) -> ConsoleAct {
        ConsoleAct(
            key: key, permission: .recordPayments, path: path, fields: fields,
            perform: { desk, act, values in
                let id: BankLineID = try values.identifier()
                let outcome = try await desk.services.database.write { tx throws(Fault) in
                    try matchBankLine(
                        id, to: try account(name(values), desk, tx), by: act, in: tx, at: desk.now, zone: desk.zone)
                }
                return AccountActs.answer(outcome)
            },
            preview: { desk, act, values in
                let id: BankLineID = try values.identifier()
                return try await desk.rehearse { tx throws(Fault) in
                    let account = try account(name(values), desk, tx)
                    return try MoneyState.compare(account, desk, in: tx) { () throws(Fault) in
                        AccountActs.answer(
                            try matchBankLine(id, to: account, by: act, in: tx, at: desk.now, zone: desk.zone))
                    }
                }
            })
    }

    static let match = matching("bank.match", path: "bank/{id}/match", fields: [ActField("account", .line(64))]) {
        $0.text("account")
    }
    static let matchTo = matching("bank.matchTo", path: "bank/{id}/match/{part}", fields: []) { $0.part }

    static let setAside = ConsoleAct(
        key: "bank.setAside", permission: .recordPayments, path: "bank/{id}/set-aside",
        fields: [ActField("reason", .line(BillingLimits.referenceBytes))], isDangerous: true,
        perform: { desk, act, values in
            let id: BankLineID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in
                try setAsideBankLine(id, reason: values.text("reason"), by: act, in: tx, at: desk.now)
            }
            return [:]
        })
}
