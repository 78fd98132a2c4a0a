import Foundation

/// A table as CSV (RFC 4180) that a spreadsheet opens as text: no cell can become a formula there.
package enum CSVText {
    /// UTF-8 with a byte order mark, because spreadsheets else take Chinese for another encoding.
    static func file(header: [String], rows: [[String]]) -> Data {
        var text = "\u{FEFF}"
        for row in [header] + rows { text += row.map(cell).joined(separator: ",") + "\r\n" }
        return Data(text.utf8)
    }

    /// One cell. What a spreadsheet would take for a formula gets an apostrophe in front.
    package static func cell(_ text: String) -> String {
        let safe = startsFormula(text) ? "'" + text : text
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }

    /// `=`, `+`, `-`, `@`, tab and line breaks begin formulas, also in their full-width forms; a plain negative number does not.
    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        guard "=+-@\t\r\n|＝＋－＠".unicodeScalars.contains(first) else { return false }
        return Double(text) == nil
    }
}
