public import Access
public import Basics
internal import Charging
public import Storage

/// Takes in a bank statement and matches its first lines at once; the clock goes on with the rest (``advanceBilling(policy:in:at:zone:)``). The same
/// file again is answered as the first time. A line that came with an earlier statement already is counted as repeated and not taken again: lines
/// are the same where day, amount, reference and payer are, the second such line of one file being another one than the first. Payers are sealed, and a
/// line's name tells nothing of them to who has no key.
@discardableResult
public func importBankStatement(
    _ csv: [UInt8], name: String, by act: StaffAct, policy: BillingPolicy = .standard, with vault: Vault, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> BankImport {
    try act.require(.recordPayments)
    guard (1...BillingLimits.fileNameBytes).contains(name.utf8.count), isPlain(name) else {
        throw Fault(.textRefused, "a file has a name of 1 to \(BillingLimits.fileNameBytes) bytes")
    }
    let id = BankImportID(trusted: contentName(csv))
    if let there = try bankImport(id, in: tx) { return there }
    let lines = try statementLines(csv, today: zone.date(of: now))
    let contents = numbered(lines)
    // Names of before they were keyed.
    let older = try BankStore.known(contents.map { BankLineID(trusted: contentName($0.utf8)) }, in: tx)
    var repeated: Int64 = 0
    for (line, content) in zip(lines, contents) {
        let name = BankLineID(trusted: hexadecimal(vault.index(content, for: "billing.bank-line").prefix(16)))
        let isKnown = older.contains(BankLineID(trusted: contentName(content.utf8)))
        let payer = try BankPayer(line.payer, of: name, with: vault)
        let taken = BankLine(
            id: name, origin: id.rawValue, position: line.position, on: line.on, amount: line.amount, reference: line.reference,
            payer: payer, state: .new, account: nil, payment: nil, reason: nil)
        guard !isKnown, try BankStore.insert(taken, in: tx, at: now) else {
            repeated += 1
            continue
        }
    }
    try tx.execute(
        "INSERT INTO billing_bank_imports (id, name, lines, repeated, imported_at, imported_by) VALUES ($1, $2, $3, $4, $5, $6)",
        [.id(id), .text(name), .integer(Int64(lines.count)), .integer(repeated), .time(now), .text(act.actor)])
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "bank.imported", subject: "bank-import:\(id)", clause: 5,
            after: journalState([
                "lines": .number(Int64(lines.count)), "repeated": .number(repeated), "purpose": .text(act.purpose),
            ])), in: tx)
    try matchBankLines(policy: policy, in: tx, at: now, zone: zone)
    guard let made = try bankImport(id, in: tx) else { throw Fault(.schema, "the import that was just made is not there") }
    return made
}

/// What each line says, and which of those that say so it is.
private func numbered(_ lines: [StatementLine]) -> [String] {
    var seen: [String: Int] = [:]
    return lines.map { line in
        let content = "\(line.on)\n\(line.amount.micros)\n\(line.reference)\n\(line.payer)"
        seen[content, default: 0] += 1
        return "\(content)\n\(seen[content] ?? 0)"
    }
}

/// An import by its name; nil where there is none.
public func bankImport(_ id: BankImportID, in tx: any Transaction) throws(Fault) -> BankImport? {
    let row = try tx.first("\(BankStore.importColumns) WHERE i.id = $1", [.id(id)])
    return try row.map(BankStore.readImport)
}

/// The imports, newest first; `before` is the last one of the page before.
public func bankImports(before id: BankImportID? = nil, limit: Int = 20, in tx: any Transaction) throws(Fault) -> [BankImport] {
    let limit = min(max(limit, 1), BillingLimits.invoicePage)
    let rows: [Row]
    if let id {
        guard let last = try bankImport(id, in: tx) else { throw Fault(.noBankLine, "there is no such import") }
        rows = try tx.query(
            """
            \(BankStore.importColumns) WHERE i.imported_at < $1 OR (i.imported_at = $1 AND i.id < $2)
            ORDER BY i.imported_at DESC, i.id DESC LIMIT \(limit)
            """, [.time(last.importedAt), .id(id)])
    } else {
        rows = try tx.query("\(BankStore.importColumns) ORDER BY i.imported_at DESC, i.id DESC LIMIT \(limit)")
    }
    var imports: [BankImport] = []
    for row in rows { imports.append(try BankStore.readImport(row)) }
    return imports
}
