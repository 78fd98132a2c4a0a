internal import Basics

/// One line of a statement as it was read.
struct StatementLine: Equatable {
    /// The line of the file on which it begins; the header is 1.
    let position: Int64
    let on: BusinessDate
    let amount: Money
    let reference: String
    let payer: String
}

/// The lines of a bank statement: CSV after RFC 4180 in UTF-8, with a header of the five columns in Chinese or English, in any order. Every wrong line
/// is named by its number, and nothing is read where one is wrong.
func statementLines(_ csv: [UInt8], today: BusinessDate) throws(Fault) -> [StatementLine] {
    guard csv.count <= BillingLimits.statementBytes else {
        throw Fault(.statementRefused, "a statement has at most \(BillingLimits.statementBytes) bytes", ["field": "size"])
    }
    guard var text = String(validating: csv, as: UTF8.self) else {
        throw Fault(.statementRefused, "the statement is not UTF-8; save it as CSV in UTF-8", ["field": "encoding"])
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    var records = try csvRecords(text)
    guard !records.isEmpty else { throw Fault(.statementRefused, "the statement is empty", ["field": "header"]) }
    let columns = try StatementColumns(records.removeFirst().fields)
    guard records.count <= BillingLimits.statementLines else {
        throw Fault(.statementRefused, "a statement has at most \(BillingLimits.statementLines) lines", ["field": "lines"])
    }
    var (lines, wrong): ([StatementLine], [String]) = ([], [])
    for record in records {
        switch columns.read(record, today: today) {
        case .success(let line): lines.append(line)
        case .failure(let column): wrong.append("\(record.position) (\(column.rawValue))")
        }
    }
    guard wrong.isEmpty else {
        let named =
            wrong.prefix(BillingLimits.wrongLines).joined(separator: ", ") + (wrong.count > BillingLimits.wrongLines ? ", …" : "")
        throw Fault(.linesRefused, "wrong lines: \(named); nothing was imported", ["lines": named, "count": "\(wrong.count)"])
    }
    return lines
}

/// A record of a CSV file and the line on which it begins.
struct CSVRecord {
    let position: Int64
    let fields: [String]
}

/// Fields may be quoted, and contain commas, quotes twice and line ends then; empty lines are passed over.
func csvRecords(_ text: String) throws(Fault) -> [CSVRecord] {
    var (records, fields, field): ([CSVRecord], [String], String) = ([], [], "")
    var (line, start, isQuoted, wasQuoted): (Int64, Int64, Bool, Bool) = (1, 1, false, false)
    func endRecord() {
        fields.append(field)
        if fields.count > 1 || !field.isEmpty { records.append(CSVRecord(position: start, fields: fields)) }
        (fields, field, wasQuoted) = ([], "", false)
    }
    for character in text {
        if character.isNewline { line += 1 }
        if isQuoted {
            if character == "\"" { isQuoted = false } else { field.append(character) }
        } else if character == "\"" {
            guard field.isEmpty || wasQuoted else {
                throw Fault(.linesRefused, "a quote stands in the middle of line \(line)", ["lines": "\(line)", "count": "1"])
            }
            // Inside quotes a quote is written twice.
            if wasQuoted { field.append("\"") }
            (isQuoted, wasQuoted) = (true, true)
        } else if character == "," {
            fields.append(field)
            (field, wasQuoted) = ("", false)
        } else if character.isNewline {
            endRecord()
            start = line
        } else {
            field.append(character)
        }
    }
    guard !isQuoted else {
        throw Fault(.linesRefused, "a quote that begins on line \(start) does not end", ["lines": "\(start)", "count": "1"])
    }
    endRecord()
    return records
}

/// A column of a statement.
enum StatementColumn: String, CaseIterable, Error {
    case date, amount, currency, reference, payer

    /// The names under which banks and people write it.
    var names: Set<String> {
        switch self {
        case .date: ["date", "日期", "交易日期", "入账日期"]
        case .amount: ["amount", "金额", "交易金额", "收入金额"]
        case .currency: ["currency", "币种"]
        case .reference: ["reference", "摘要", "附言", "用途"]
        case .payer: ["payer", "付款人", "付款方", "对方户名"]
        }
    }
}

/// Where the columns stand.
private struct StatementColumns {
    private let places: [StatementColumn: Int]
    private let count: Int

    init(_ header: [String]) throws(Fault) {
        var places: [StatementColumn: Int] = [:]
        let names = header.map { trimmed($0).lowercased() }
        for column in StatementColumn.allCases {
            let found = names.indices.filter { column.names.contains(names[$0]) }
            guard found.count == 1, let place = found.first else {
                throw Fault(
                    .statementRefused, "the header needs the columns date, amount, currency, reference, payer, each once",
                    ["field": column.rawValue])
            }
            places[column] = place
        }
        self.places = places
        count = header.count
    }

    /// The line, or the column that is wrong in it.
    func read(_ record: CSVRecord, today: BusinessDate) -> Result<StatementLine, StatementColumn> {
        guard record.fields.count == count else { return .failure(.date) }
        func text(_ column: StatementColumn) -> String { places[column].map { trimmed(record.fields[$0]) } ?? "" }
        guard let on = BusinessDate(text(.date).replacing("/", with: "-")), on <= today,
            today.days(since: on) <= BillingLimits.backdatingDays
        else { return .failure(.date) }
        guard let amount = Money(text(.amount)), amount > .zero, amount <= BillingLimits.highestPayment, amount.isWholeFen else {
            return .failure(.amount)
        }
        guard ["CNY", "RMB", "人民币"].contains(text(.currency).uppercased()) else { return .failure(.currency) }
        for column in [StatementColumn.reference, .payer] {
            guard text(column).utf8.count <= BillingLimits.statementFieldBytes, isPlain(text(column)) else {
                return .failure(column)
            }
        }
        return .success(
            StatementLine(position: record.position, on: on, amount: amount, reference: text(.reference), payer: text(.payer)))
    }
}

private func trimmed(_ text: String) -> String {
    var text = text[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
}
