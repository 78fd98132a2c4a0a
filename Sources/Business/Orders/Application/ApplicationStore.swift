internal import Access
internal import Basics
internal import Customers
internal import Lines
internal import Storage

enum ApplicationStore {
    private static let columns = "customer, principal, party, number, account, begun_at, last_day, state, line"

    static func insert(_ application: Application, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO orders_applications (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [
                .id(application.customer), .id(application.principal), .text(application.party.rawValue),
                .text(application.number.digits), .text(application.account), .time(application.begunAt),
                .day(application.lastDay), .text(application.state.rawValue), .optional(application.line),
            ])
    }

    static func find(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Application? {
        try list("WHERE customer = $1", [.id(customer)], in: tx).first
    }

    static func locked(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Application? {
        try list("WHERE customer = $1\(tx.forUpdate)", [.id(customer)], in: tx).first
    }

    static func open(numbered number: PhoneNumber, in tx: any Transaction) throws(Fault) -> [Application] {
        try list("WHERE number = $1 AND state = 'open'", [.text(number.digits)], in: tx)
    }

    static func open(by day: BusinessDate, limit: Int, in tx: any Transaction) throws(Fault) -> [Application] {
        try list(
            "WHERE state = 'open' AND last_day <= $1 ORDER BY last_day, customer LIMIT $2\(tx.forUpdate)",
            [.day(day), .integer(Int64(limit))], in: tx)
    }

    static func set(_ state: Application.State, line: LineID?, of customer: CustomerID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE orders_applications SET state = $2, line = $3 WHERE customer = $1",
            [.id(customer), .text(state.rawValue), .optional(line)])
    }

    static func set(lastDay day: BusinessDate, of customer: CustomerID, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE orders_applications SET last_day = $2 WHERE customer = $1", [.id(customer), .day(day)])
    }

    private static func list(_ rest: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [Application] {
        var applications: [Application] = []
        for row in try tx.query("SELECT \(columns) FROM orders_applications \(rest)", values) {
            guard let state = Application.State(rawValue: try row.text("state")),
                let party = PartyKind(rawValue: try row.text("party"))
            else { throw Fault(.schema, "an application is of a kind or in a state that this program does not know") }
            applications.append(
                Application(
                    customer: try row.id("customer"), principal: try row.id("principal"), party: party,
                    number: PhoneNumber(trusted: try row.text("number")), account: try row.text("account"),
                    begunAt: try row.time("begun_at"), lastDay: try row.day("last_day"), state: state,
                    line: try row.optionalID("line")))
        }
        return applications
    }
}
