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
        let row = try tx.first(
            """
            INSERT INTO billing_sequences (name, last) VALUES ($1, 1)
            ON CONFLICT (name) DO UPDATE SET last = billing_sequences.last + 1 RETURNING last
            """, [.text("\(series)-\(day.year)")])
        guard let last = try row?.integer("last") else { throw Fault(.schema, "the sequence gave no number") }
        let digits = String(last)
        return "\(series)-\(day.year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
