import Access
import Agreement
import Basics
import Customers
import Lines
import Notices
import Orders
import Storage
import StorageTestSupport
import Synchronization

/// Noon in Shanghai of 24 September 2026.
let noon = Timestamp(milliseconds: 1_790_222_400_000)

let houseMigrations =
    AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations + LinesSchema.migrations
    + OrdersSchema.migrations + NoticesSchema.migrations

/// Customers `c00000`, `c00001` … without anything but a name.
func addCustomers(
    _ count: Int, to database: any Database, at since: Timestamp = noon, prefix: String = "c"
) async throws(Fault) -> [CustomerID] {
    let ids = (0..<count).map { CustomerID(trusted: prefix + String(String(100_000 + $0).dropFirst())) }
    for start in stride(from: 0, to: count, by: 1000) {
        let part = Array(ids[start..<min(start + 1000, count)])
        try await database.write { tx throws(Fault) in
            for id in part {
                try tx.execute(
                    "INSERT INTO customers_customers (id, name, language, since) VALUES ($1, 'Li', 'zh', $2)",
                    [.id(id), .time(since)])
            }
        }
    }
    return ids
}

func staff(_ roles: Set<Role>) throws(Fault) -> StaffAct {
    try StaffAct(staff: StaffID(trusted: "s1"), roles: roles, purpose: "test of the house")
}

func count(_ sql: String, _ database: any Database) async throws(Fault) -> Int {
    try await database.read { tx throws(Fault) in
        Int(try tx.first("SELECT COUNT(*) AS number FROM \(sql)")?.integer("number") ?? -1)
    }
}

/// A delivery that answers as the test says and remembers what it saw.
final class FakeDelivery: NoticeDelivery {
    private let state: Mutex<(seen: [String], answer: @Sendable (Int) -> Fault?)>

    init(_ answer: @escaping @Sendable (_ attempt: Int) -> Fault? = { _ in nil }) { state = Mutex(([], answer)) }

    var seen: [String] { state.withLock { $0.seen } }

    func deliver(_ message: NoticeMessage, at now: Timestamp) async throws(Fault) {
        let fault = state.withLock { state in
            state.seen.append(message.notice.id.rawValue)
            return state.answer(state.seen.count)
        }
        if let fault { throw fault }
    }

    func deliver(_ message: CodeMessage, at now: Timestamp) async throws(Fault) {
        state.withLock { $0.seen.append(message.code) }
    }
}
