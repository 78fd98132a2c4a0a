internal import Basics
internal import Crypto

/// How entries of the journal are chained.
///
/// `hash(0)` is 32 zero bytes; `hash(p) = SHA-256(hash(p − 1) ‖ encoding)`, and the encoding of the entry at position *p* is, all integers
/// big-endian:
///
/// | part | bytes |
/// |---|---|
/// | `jianmian.journal.1` in ASCII | 18 |
/// | position, entry's id, time in milliseconds | 8 + 8 + 8 |
/// | actor, action, subject: length in bytes, then UTF-8 | 4 + n each |
/// | clause: `00`, or `01` and the number | 1 or 1 + 8 |
/// | before, after: `00`, or `01`, length in bytes and UTF-8 | 1 or 1 + 4 + n each |
///
/// Every part is of fixed length or carries its length, so no two entries have the same encoding.
package enum JournalChain {
    package static let start = [UInt8](repeating: 0, count: 32)

    /// The hash of an entry at its position after the hash before it.
    package static func hash(after previous: [UInt8], position: Int64, id: Int64, entry: JournalEntry) -> [UInt8] {
        Array(SHA256.hash(data: previous + encoding(position: position, id: id, entry: entry)))
    }

    package static func encoding(position: Int64, id: Int64, entry: JournalEntry) -> [UInt8] {
        var bytes = Array("jianmian.journal.1".utf8)
        for number in [position, id, entry.at.milliseconds] { append(number, to: &bytes) }
        for text in [entry.actor, entry.action, entry.subject] { append(text, to: &bytes) }
        bytes.append(entry.clause == nil ? 0 : 1)
        if let clause = entry.clause { append(Int64(clause), to: &bytes) }
        for text in [entry.before, entry.after] {
            bytes.append(text == nil ? 0 : 1)
            if let text { append(text, to: &bytes) }
        }
        return bytes
    }

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let utf8 = Array(text.utf8)
        for shift in stride(from: 24, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: utf8.count >> shift)) }
        bytes += utf8
    }
}

extension JournalEntry {
    /// The columns that ``init(row:)`` reads, of the table or alias `journal`.
    static let columns = "journal.id, journal.at, actor, action, subject, clause, state_before, state_after"

    init(row: Row) throws(Fault) {
        self.init(
            at: try row.time("at"), actor: try row.text("actor"), action: try row.text("action"),
            subject: try row.text("subject"),
            clause: try row.optionalInteger("clause").map { Int($0) }, before: try row.optionalText("state_before"),
            after: try row.optionalText("state_after"))
    }
}
