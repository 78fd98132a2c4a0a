internal import Basics
internal import Storage

enum NumberStore {
    /// Gives a free number to a line; false when it is not free. One statement, so two people cannot both get it. A number that is
    /// reserved is free for the one that it is reserved for.
    static func take(
        _ number: PhoneNumber, for line: LineID, reservedFor reservation: ReservationID? = nil, in tx: any Transaction,
        at now: Timestamp
    ) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO lines_numbers (number, line, since, free_from, reserved_for) VALUES ($1, $2, $3, NULL, NULL)
            ON CONFLICT (number) DO UPDATE
            SET line = excluded.line, since = excluded.since, free_from = NULL, reserved_for = NULL
            WHERE lines_numbers.line IS NULL AND (lines_numbers.free_from <= excluded.since OR lines_numbers.reserved_for = $4)
            """,
            [.text(number.digits), .id(line), .time(now), .optional(reservation)]) == 1
    }

    /// Keeps a free number for somebody; false when it is not free.
    static func reserve(
        _ number: PhoneNumber, for reservation: ReservationID, until end: Timestamp, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO lines_numbers (number, line, since, free_from, reserved_for) VALUES ($1, NULL, $2, $3, $4)
            ON CONFLICT (number) DO UPDATE
            SET since = excluded.since, free_from = excluded.free_from, reserved_for = excluded.reserved_for
            WHERE lines_numbers.line IS NULL
                AND (lines_numbers.free_from <= excluded.since OR lines_numbers.reserved_for = excluded.reserved_for)
            """,
            [.text(number.digits), .time(now), .time(end), .id(reservation)]) == 1
    }

    /// False when the number is not reserved for this one.
    static func release(
        _ number: PhoneNumber, reservedFor reservation: ReservationID, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) -> Bool {
        try tx.execute(
            """
            UPDATE lines_numbers SET since = $3, free_from = $3, reserved_for = NULL
            WHERE number = $1 AND reserved_for = $2 AND line IS NULL
            """,
            [.text(number.digits), .id(reservation), .time(now)]) == 1
    }

    /// Lets the number of a line rest.
    static func rest(
        _ number: PhoneNumber, of line: LineID, until free: Timestamp, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        try tx.execute(
            "UPDATE lines_numbers SET line = NULL, since = $3, free_from = $4, reserved_for = NULL WHERE number = $1 AND line = $2",
            [.text(number.digits), .id(line), .time(now), .time(free)])
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
