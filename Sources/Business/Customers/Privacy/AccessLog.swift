public import Basics
public import Storage

/// One look at, or one disclosure of, a customer's personal data: what the customer reads under "who looked at my data".
public struct AccessRecord: Sendable, Equatable {
    /// What was done.
    public enum Action: String, Sendable, CaseIterable {
        /// Staff saw fields in full.
        case revealed
        /// Staff opened a copy.
        case evidenceOpened = "evidence-opened"
        /// Data were given to a third party.
        case disclosed
        /// The customer took a copy of everything.
        case exported
    }

    /// When.
    public let at: Timestamp
    /// Who, as in the journal.
    public let actor: String
    /// What was done.
    public let action: Action
    /// What for, in the words of who did it.
    public let purpose: String
    /// Which data.
    public let fields: [IdentityField]
    /// Who got them; nil where nobody else did.
    public let recipient: String?

    package init(at: Timestamp, actor: String, action: Action, purpose: String, fields: [IdentityField], recipient: String?) {
        self.at = at
        self.actor = actor
        self.action = action
        self.purpose = purpose
        self.fields = fields
        self.recipient = recipient
    }
}

/// Who looked at a customer's data, the newest first. Pages count from 0. A disclosure that a law orders to keep secret is not shown
/// (个人信息保护法 art. 18 and 35).
public func accessLog(of customer: CustomerID, page: Int = 0, in tx: any Transaction) throws(Fault) -> [AccessRecord] {
    let offset = max(0, min(page, CustomersLimits.searchPages)) * CustomersLimits.accessLogPage
    return try AccessLogStore.list(of: customer, limit: CustomersLimits.accessLogPage, offset: offset, in: tx)
}

enum AccessLogStore {
    static func add(
        _ record: AccessRecord, of customer: CustomerID, isConfidential: Bool = false, in tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO customers_access_log (customer, at, actor, action, purpose, fields, recipient, is_confidential)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .id(customer), .time(record.at), .text(record.actor), .text(record.action.rawValue), .text(record.purpose),
                .text(joined(record.fields)), .optional(record.recipient), .boolean(isConfidential),
            ])
    }

    static func list(
        of customer: CustomerID, limit: Int, offset: Int, in tx: any Transaction
    ) throws(Fault) -> [AccessRecord] {
        var records: [AccessRecord] = []
        let rows = try tx.query(
            """
            SELECT at, actor, action, purpose, fields, recipient FROM customers_access_log
            WHERE customer = $1 AND is_confidential = 0 ORDER BY id DESC LIMIT $2 OFFSET $3
            """, [.id(customer), .integer(Int64(limit)), .integer(Int64(offset))])
        for row in rows {
            guard let action = AccessRecord.Action(rawValue: try row.text("action")) else { continue }
            records.append(
                AccessRecord(
                    at: try row.time("at"), actor: try row.text("actor"), action: action, purpose: try row.text("purpose"),
                    fields: fields(try row.text("fields")), recipient: try row.optionalText("recipient")))
        }
        return records
    }
}

/// Fields as a list in one column, in the order of their declaration.
func joined(_ fields: some Sequence<IdentityField>) -> String {
    let wanted = Set(fields)
    return IdentityField.allCases.filter(wanted.contains).map(\.rawValue).joined(separator: ",")
}

func fields(_ list: String) -> [IdentityField] {
    list.split(separator: ",").compactMap { IdentityField(rawValue: String($0)) }
}
