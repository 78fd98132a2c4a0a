/// The names of the statements that a connection has prepared; the least recently used one gives way when there are too many.
struct PreparedStatements {
    private let limit: Int
    private var known: [String: (name: String, used: UInt64)] = [:]
    private var uses: UInt64 = 0
    private var made = 0

    init(limit: Int) { self.limit = limit }

    /// Whether a statement repeats: definitions and settings do not.
    static func areWorthwhile(for sql: String) -> Bool {
        ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES"].contains(PortableSQL.firstWord(sql))
    }

    mutating func name(for key: String) -> String? {
        guard let entry = known[key] else { return nil }
        uses += 1
        known[key] = (entry.name, uses)
        return entry.name
    }

    /// Forgets and returns the name that must be deallocated before another is kept.
    mutating func leastUsedIfFull() -> String? {
        guard known.count >= limit, let oldest = known.min(by: { $0.value.used < $1.value.used }) else { return nil }
        known[oldest.key] = nil
        return oldest.value.name
    }

    mutating func newName() -> String {
        made += 1
        return "s\(made)"
    }

    mutating func keep(_ name: String, for key: String) {
        uses += 1
        known[key] = (name, uses)
    }

    mutating func removeAll() { known = [:] }
}
