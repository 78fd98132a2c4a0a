internal import Basics
internal import Customers
internal import Storage

enum LineStore {
    static let columns = "id, number, customer, account, opened_at, ended_at"

    static func insert(_ line: Line, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO lines_lines (\(columns)) VALUES ($1, $2, $3, $4, $5, NULL)",
            [.id(line.id), .text(line.number.digits), .id(line.customer), .text(line.account), .time(line.openedAt)])
    }

    static func find(_ id: LineID, in tx: any Transaction) throws(Fault) -> Line? {
        try list("id = $1", [.id(id)], in: tx).first
    }

    static func list(customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Line] {
        try list("customer = $1 AND ended_at IS NULL", [.id(customer)], in: tx)
    }

    static func history(customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Line] {
        try list("customer = $1", [.id(customer)], in: tx)
    }

    static func history(customers: [CustomerID], in tx: any Transaction) throws(Fault) -> [Line] {
        try tx.query(
            about: customers.map(Value.id),
            { "SELECT \(columns) FROM lines_lines WHERE customer IN \($0) ORDER BY opened_at, id" }
        ).map(read)
    }

    static func list(account: String, in tx: any Transaction) throws(Fault) -> [Line] {
        try list("account = $1 AND ended_at IS NULL", [.text(account)], in: tx)
    }

    /// Customers with a line in service whose number begins with these digits. Digits order alike in every collation.
    static func customers(numberedFrom digits: String, limit: Int, in tx: any Transaction) throws(Fault) -> [CustomerID] {
        let last = digits + String(repeating: "9", count: max(0, PhoneNumber.length.upperBound - digits.count))
        let rows = try tx.query(
            """
            SELECT l.customer AS customer FROM lines_numbers n JOIN lines_lines l ON l.id = n.line
            WHERE n.number >= $1 AND n.number <= $2 AND l.ended_at IS NULL ORDER BY n.number LIMIT $3
            """, [.text(digits), .text(last), .integer(Int64(limit))])
        var found: [CustomerID] = []
        for row in rows { found.append(try row.id("customer")) }
        return found
    }

    /// The numbers in service of a page of customers, the oldest first, in one statement.
    static func numbers(of customers: [CustomerID], in tx: any Transaction) throws(Fault) -> [CustomerID: [PhoneNumber]] {
        guard let page = idPage(customers) else { return [:] }
        let rows = try tx.query(
            """
            SELECT customer, number FROM lines_lines WHERE ended_at IS NULL AND customer IN (\(page.places))
            ORDER BY opened_at, id
            """, page.values)
        var found: [CustomerID: [PhoneNumber]] = [:]
        for row in rows {
            found[try row.id("customer"), default: []].append(PhoneNumber(trusted: try row.text("number")))
        }
        return found
    }

    /// Makes writers to one line queue, on the engine where they would not by themselves.
    static func lock(_ id: LineID, in tx: any Transaction) throws(Fault) {
        let rows = try tx.query("SELECT id FROM lines_lines WHERE id = $1\(tx.forUpdate)", [.id(id)])
        guard !rows.isEmpty else { throw Fault(.unknownLine, "there is no line \(id)") }
    }

    static func set(
        _ number: PhoneNumber, of line: LineID, instead old: PhoneNumber, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        try tx.execute("UPDATE lines_lines SET number = $2 WHERE id = $1", [.id(line), .text(number.digits)])
        try tx.execute(
            "INSERT INTO lines_number_changes (line, changed_at, old_number, new_number) VALUES ($1, $2, $3, $4)",
            [.id(line), .time(now), .text(old.digits), .text(number.digits)])
    }

    static func formerNumbers(of line: LineID, in tx: any Transaction) throws(Fault) -> [FormerNumber] {
        let rows = try tx.query(
            "SELECT old_number, changed_at FROM lines_number_changes WHERE line = $1 ORDER BY changed_at DESC, old_number",
            [.id(line)])
        var numbers: [FormerNumber] = []
        for row in rows {
            numbers.append(
                FormerNumber(number: PhoneNumber(trusted: try row.text("old_number")), until: try row.time("changed_at")))
        }
        return numbers
    }

    static func end(_ line: LineID, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        try tx.execute("UPDATE lines_lines SET ended_at = $2 WHERE id = $1", [.id(line), .time(now)])
    }

    private static func list(_ condition: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [Line] {
        try tx.query("SELECT \(columns) FROM lines_lines WHERE \(condition) ORDER BY opened_at, id", values).map(read)
    }

    private static func read(_ row: Row) throws(Fault) -> Line {
        Line(
            id: try row.id("id"), number: PhoneNumber(trusted: try row.text("number")), customer: try row.id("customer"),
            account: try row.text("account"), openedAt: try row.time("opened_at"), endedAt: try row.optionalTime("ended_at"))
    }
}
