/// Tables as CSV (RFC 4180) that a spreadsheet opens as text: no cell can become a formula there.
package enum CSVText {
    /// The lines of a table, the first one its header.
    package static func table(header: [String], rows: [[String]]) -> String {
        ([header] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// The same as a file with a byte order mark, because spreadsheets else take Chinese for another encoding.
    package static func file(header: [String], rows: [[String]]) -> [UInt8] {
        Array("\u{FEFF}\(table(header: header, rows: rows))".utf8)
    }

    /// One cell. What a spreadsheet would take for a formula gets an apostrophe in front.
    package static func cell(_ text: String) -> String {
        let safe = startsFormula(text) ? "'" + text : text
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// `=`, `+`, `-`, `@`, tab and line breaks begin formulas, also in their full-width forms; a plain number with a sign does not.
    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        guard "=+-@\t\r\n|＝＋－＠".unicodeScalars.contains(first) else { return false }
        return Double(text) == nil
    }
}
