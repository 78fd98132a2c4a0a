internal import Basics
internal import Storage

enum NumberStore {
    /// Gives a free number to a line; false when it is not free. One statement, so two people cannot both get it.
    static func take(_ number: PhoneNumber, for line: LineID, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO lines_numbers (number, line, since, free_from) VALUES ($1, $2, $3, NULL)
            ON CONFLICT (number) DO UPDATE SET line = excluded.line, since = excluded.since, free_from = NULL
            WHERE lines_numbers.line IS NULL AND lines_numbers.free_from <= excluded.since
            """,
            [.text(number.digits), .id(line), .time(now)]) == 1
    }

    /// The numbers from `low` to `high` that are not free.
    static func taken(
        from low: PhoneNumber, to high: PhoneNumber, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) -> Set<PhoneNumber> {
        let rows = try tx.query(
            """
            SELECT number FROM lines_numbers
            WHERE number >= $1 AND number <= $2 AND (line IS NOT NULL OR free_from IS NULL OR free_from > $3)
            """,
            [.text(low.digits), .text(high.digits), .time(now)])
        var numbers: Set<PhoneNumber> = []
        for row in rows { numbers.insert(PhoneNumber(trusted: try row.text("number"))) }
        return numbers
    }

    static func line(holding number: PhoneNumber, in tx: any Transaction) throws(Fault) -> LineID? {
        let rows = try tx.query("SELECT line FROM lines_numbers WHERE number = $1", [.text(number.digits)])
        guard let row = rows.first else { return nil }
        return try row.optionalText("line").map(LineID.init(trusted:))
    }
}
