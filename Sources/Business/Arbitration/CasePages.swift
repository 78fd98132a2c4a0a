internal import Agreement
internal import Basics
internal import Foundation

/// A page of a case as JSON, keys in order.
func jsonItem(_ path: String, _ value: some Encodable) throws(Fault) -> CaseItem {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes: [UInt8]
    do { bytes = Array(try encoder.encode(value)) } catch { throw Fault(.caseUnreadable, "\(path) cannot be written") }
    return try CaseItem(path: path, bytes: bytes)
}

/// A table of a case.
func csvItem(_ path: String, _ header: [String], _ rows: [[String]]) throws(Fault) -> CaseItem {
    try CaseItem(path: path, bytes: Array(CSVText.table(header: header, rows: rows).utf8))
}

/// An instant as ISO 8601 in UTC, as far as milliseconds.
func iso(_ instant: Timestamp) -> String {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    return Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000).formatted(style)
}
