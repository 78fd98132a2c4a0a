internal import Basics
internal import Charging
internal import Crypto
internal import Storage

/// The SQL of bank statements and of money that is to be placed.
enum BankStore {
    /// False where the line has come before.
    @discardableResult
    static func insert(_ line: BankLine, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO billing_bank_lines (id, origin, position, on_day, amount, reference, payer, sealed_payer, state, account,
                reason, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
            """,
            [
                .id(line.id), .text(line.origin), .integer(line.position), .day(line.on), .money(line.amount),
                .text(line.reference), .text(line.payer.plain), line.payer.sealed.map(Value.blob) ?? .null,
                .text(line.state.rawValue), .optional(line.account),
                .optional(line.reason), .time(now),
            ]) == 1
    }

    static func settle(
        _ id: BankLineID, _ state: BankLine.State, account: AccountID?, payment: PaymentID?, reason: String?, by actor: String,
        in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        try tx.execute(
            """
            UPDATE billing_bank_lines SET state = $2, account = $3, payment = $4, reason = $5, decided_by = $6, decided_at = $7
            WHERE id = $1
            """,
            [
                .id(id), .text(state.rawValue), .optional(account), .optional(payment), .optional(reason), .text(actor),
                .time(now),
            ])
    }

    static func list(_ condition: String, _ values: [Value], limit: Int, in tx: any Transaction) throws(Fault) -> [BankLine] {
        var lines: [BankLine] = []
        for row in try tx.query(
            "SELECT * FROM billing_bank_lines WHERE \(condition) ORDER BY on_day, id LIMIT \(limit)", values)
        { lines.append(try read(row)) }
        return lines
    }

    /// A line, locked.
    static func locked(_ id: BankLineID, in tx: any Transaction) throws(Fault) -> BankLine {
        guard let row = try tx.first("SELECT * FROM billing_bank_lines WHERE id = $1\(tx.forUpdate)", [.id(id)]) else {
            throw Fault(.noBankLine, "there is no such line")
        }
        return try read(row)
    }

    private static func read(_ row: Row) throws(Fault) -> BankLine {
        guard let state = BankLine.State(rawValue: try row.text("state")) else {
            throw Fault(.schema, "a bank line is in a state that this program does not know")
        }
        let id: BankLineID = try row.id("id")
        return BankLine(
            id: id, origin: try row.text("origin"), position: try row.integer("position"),
            on: try row.day("on_day"), amount: try row.money("amount"), reference: try row.text("reference"),
            payer: BankPayer(plain: try row.text("payer"), sealed: try row.optionalBlob("sealed_payer"), line: id), state: state,
            account: try row.optionalID("account"),
            payment: try row.optionalID("payment"), reason: try row.optionalText("reason"))
    }

    /// Which of these lines are there.
    static func known(_ ids: [BankLineID], in tx: any Transaction) throws(Fault) -> Set<BankLineID> {
        var known: Set<BankLineID> = []
        for row in try tx.query(about: ids.map(Value.id), { "SELECT id FROM billing_bank_lines WHERE id IN \($0)" }) {
            known.insert(try row.id("id"))
        }
        return known
    }

    static let importColumns = """
        SELECT i.*,
            (SELECT COUNT(*) FROM billing_bank_lines l WHERE l.origin = i.id AND l.state = 'matched') AS matched,
            (SELECT COUNT(*) FROM billing_bank_lines l WHERE l.origin = i.id AND l.state = 'unmatched') AS unmatched,
            (SELECT COUNT(*) FROM billing_bank_lines l WHERE l.origin = i.id AND l.state = 'new') AS waiting
        FROM billing_bank_imports i
        """

    static func readImport(_ row: Row) throws(Fault) -> BankImport {
        BankImport(
            id: try row.id("id"), name: try row.text("name"), lines: try row.integer("lines"),
            matched: try row.integer("matched"), unmatched: try row.integer("unmatched"),
            repeated: try row.integer("repeated"), waiting: try row.integer("waiting"),
            importedAt: try row.time("imported_at"), importedBy: try row.text("imported_by"))
    }
}

/// What names content: the same bytes have the same name everywhere, of 128 bits of their hash.
func contentName(_ bytes: some Sequence<UInt8>) -> String { hexadecimal(SHA256.hash(data: Array(bytes)).prefix(16)) }
