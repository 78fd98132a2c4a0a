public import Basics
public import Customers
internal import Lines
public import Storage

/// What decides the charges of customers: their lines and the plans of these, what they have in service, their endings.
public struct ChargeFacts {
    private var lines: [CustomerID: [Line]] = [:]
    private var assignments: [LineID: [PlanAssignment]] = [:]
    private var served: [CustomerID: [ServedItem]] = [:]
    private var endings: [CustomerID: [Ending]] = [:]

    func lines(of customer: CustomerID) -> [Line] { lines[customer] ?? [] }
    func assignments(of line: LineID) -> [PlanAssignment] { assignments[line] ?? [] }
    func served(of customer: CustomerID) -> [ServedItem] { served[customer] ?? [] }
    func endings(of customer: CustomerID) -> [Ending] { endings[customer] ?? [] }
}

/// Reads it in a few statements for all of them.
public func chargeFacts(of customers: [CustomerID], in tx: any Transaction) throws(Fault) -> ChargeFacts {
    try ChargeFacts(customers, in: tx)
}

extension ChargeFacts {
    init(_ customers: [CustomerID], in tx: any Transaction) throws(Fault) {
        lines = Dictionary(grouping: try lineHistory(of: customers, in: tx), by: \.customer)
        assignments = try PlanStore.assignments(of: lines.values.joined().map(\.id), in: tx)
        served = try OrderItemStore.served(of: customers, in: tx)
        endings = Dictionary(grouping: try EndingStore.list(of: customers, in: tx), by: \.customer)
    }
}
