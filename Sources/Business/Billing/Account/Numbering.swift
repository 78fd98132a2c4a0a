internal import Basics
internal import Storage

/// Numbers without holes: the number is taken in the transaction that uses it, so one that is not used was never taken.
enum Numbering {
    /// Invoices.
    static let invoices = "ZD"
    /// Credit notes.
    static let creditNotes = "HZ"

    /// The next number of a series and a year, such as `ZD-2026-000001`.
    static func next(_ series: String, on day: BusinessDate, in tx: any Transaction) throws(Fault) -> String {
        guard let number = try next(1, of: series, on: day, in: tx).first else {
            throw Fault(.schema, "the sequence gave no number")
        }
        return number
    }

    /// So many numbers that follow one another.
    static func next(_ count: Int, of series: String, on day: BusinessDate, in tx: any Transaction) throws(Fault) -> [String] {
        guard count > 0 else { return [] }
        let row = try tx.first(
            """
            INSERT INTO billing_sequences (name, last) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET last = billing_sequences.last + $2 RETURNING last
            """, [.text("\(series)-\(day.year)"), .integer(Int64(count))])
        guard let last = try row?.integer("last") else { throw Fault(.schema, "the sequence gave no number") }
        return (last - Int64(count) + 1...last).map { number in
            let digits = String(number)
            return "\(series)-\(day.year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        }
    }
}
