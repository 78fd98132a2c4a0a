public import Basics
internal import Customers
public import Storage

/// What staff look for among all orders.
public struct OrderSearch: Sendable, Equatable {
    /// What a list can be sorted by; equal ones stand in the order in which they were confirmed.
    public enum Column: Sendable {
        /// The number.
        case number
        /// When it was confirmed.
        case confirmedAt
        /// The kind.
        case kind
        /// Where it stands.
        case state
        /// Since when it stands there.
        case stateAt
    }

    /// Only those of this kind.
    public var kind: OrderContent.Kind?
    /// Only those in this state.
    public var state: OrderState?
    /// The beginning of a number, or of the name of the customer; empty for all.
    public var text = ""
    /// Only those that go on only when somebody of the staff does something.
    public var waitsForStaff = false
    /// The order of the list.
    public var column = Column.confirmedAt
    /// Whether the list is turned around.
    public var isDescending = false

    /// Every order, the oldest first.
    public init() {}
}

/// A page of orders that were looked for.
public struct FoundOrders: Sendable, Equatable {
    /// At most ``OrdersLimits/ordersPage``.
    public let orders: [Order]
    /// How many there are on all pages together.
    public let total: Int
}

extension Order {
    /// Whether the order goes on only when somebody of the staff does something. The same as ``OrderSearch/waitsForStaff``.
    public var waitsForStaff: Bool {
        switch state {
        case .held: true
        case .pending: kind == .addTerminal
        case .inProgress: kind == .addTerminal || kind == .openLine
        default: false
        }
    }
}

/// Finds orders for staff. Pages count from 1; beyond the last one is the last one.
public func searchOrders(_ search: OrderSearch, page: Int = 1, in tx: any Transaction) throws(Fault) -> FoundOrders {
    var (conditions, values): ([String], [Value]) = ([], [])
    if let kind = search.kind {
        values.append(.text(kind.rawValue))
        conditions.append("kind = $\(values.count)")
    }
    if let state = search.state {
        values.append(.text(state.rawValue))
        conditions.append("state = $\(values.count)")
    }
    if search.waitsForStaff { conditions.append(waiting) }
    if !search.text.isEmpty { conditions.append(try named(search.text, &values, in: tx)) }
    let wanted = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let total = try tx.first("SELECT COUNT(*) AS total FROM orders_orders \(wanted)", values)?.integer("total") ?? 0
    let page = min(max(page, 1), (Int(total) + OrdersLimits.ordersPage - 1) / OrdersLimits.ordersPage)
    let direction = search.isDescending ? " DESC" : ""
    let sorted = search.column == .confirmedAt ? "" : "\(search.column.name)\(direction), "
    let orders = try OrderStore.list(
        """
        \(wanted) ORDER BY \(sorted)confirmed_at\(direction), id\(direction)
        LIMIT $\(values.count + 1) OFFSET $\(values.count + 2)
        """,
        values + [.integer(Int64(OrdersLimits.ordersPage)), .integer(Int64(max(0, page - 1) * OrdersLimits.ordersPage))], in: tx)
    return FoundOrders(orders: orders, total: Int(total))
}

/// ``Order/waitsForStaff`` as the database finds it; the states first, so that it looks only at orders that are under way.
private let waiting = """
    state IN ('held', 'pending', 'inProgress')
    AND (state = 'held' OR kind = 'addTerminal' OR (kind = 'openLine' AND state = 'inProgress'))
    """

/// The condition that an order or its customer is called so.
private func named(_ text: String, _ values: inout [Value], in tx: any Transaction) throws(Fault) -> String {
    let customers = try customersNamed(text, limit: OrdersLimits.ordersPage, in: tx)
    values.append(.text(text.uppercased()))
    let first = values.count
    values += customers.map(Value.id)
    let places = customers.indices.map { "$\(first + 1 + $0)" }.joined(separator: ", ")
    let named = customers.isEmpty ? "" : " OR customer IN (\(places))"
    return "(SUBSTR(number, 1, LENGTH($\(first))) = $\(first)\(named))"
}

extension OrderSearch.Column {
    fileprivate var name: String {
        switch self {
        case .number: "number"
        case .confirmedAt: "confirmed_at"
        case .kind: "kind"
        case .state: "state"
        case .stateAt: "state_at"
        }
    }
}
