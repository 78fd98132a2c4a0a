internal import Basics
internal import Charging
internal import Customers
internal import Notices
internal import Storage

extension BilledAccount {
    /// Whose account it is.
    var customer: CustomerID {
        get throws(Fault) {
            if let known { return known.customer }
            let row = try tx.first("SELECT customer FROM charging_accounts WHERE id = $1", [.id(id)])
            guard let row else { throw Fault(.noAccount, "no such account") }
            return try row.id("customer")
        }
    }

    /// Puts a notice in the customer's box, in the transaction of what it tells of.
    func tell(_ kind: NoticeKind, _ parameters: [String: String], key: String) throws(Fault) {
        let notice = NewNotice(try customer, kind, parameters, key: key)
        if let known { known.writes.add(notice) } else { try notify([notice], in: tx, at: now) }
    }

    /// Tells of a step of the ladder; the same step may come again another time.
    func tell(_ kind: NoticeKind, _ parameters: [String: String] = [:]) throws(Fault) {
        try tell(kind, parameters, key: "\(kind.rawValue):\(id):\(now.milliseconds)")
    }
}
