public import Basics

extension Transaction {
    /// Asks about many keys, so many in a statement: `sql` is given their places, `($1, $2, …)`, for a condition `IN`. Lists have few lengths –
    /// the last key is repeated – so that statements stay prepared. Rows of one key stay together in the statement's order.
    public func query(about keys: [Value], _ sql: (String) -> String) throws(Fault) -> [Row] {
        var rows: [Row] = []
        for start in stride(from: 0, to: keys.count, by: StorageLimits.keysPerQuery) {
            let part = keys[start..<min(start + StorageLimits.keysPerQuery, keys.count)]
            let length = StorageLimits.keyListLengths.first { $0 >= part.count } ?? part.count
            let places = "(" + (1...length).map { "$\($0)" }.joined(separator: ", ") + ")"
            let last = part.last.map { Array(repeating: $0, count: length - part.count) } ?? []
            rows += try query(sql(places), part + last)
        }
        return rows
    }
}
