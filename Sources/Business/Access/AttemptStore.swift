internal import Basics
internal import Storage

/// What failed attempts are counted against. In the database, so that a restart forgives nothing.
enum AttemptSubject {
    case name(String)
    case address(String)
    case code(StaffID)

    var text: String {
        switch self {
        case .name(let name): "name:\(name)"
        case .address(let address): "address:\(address)"
        case .code(let staff): "code:\(staff)"
        }
    }

    var limit: AttemptLimit {
        switch self {
        case .name: AccessLimits.attemptsPerName
        case .address: AccessLimits.attemptsPerAddress
        case .code: AccessLimits.codesPerStaff
        }
    }
}

enum AttemptStore {
    /// Counts an attempt, or throws when the limit is passed. Counted before the password is checked, so that attempts sent all at
    /// once cannot pass together.
    static func count(_ subject: AttemptSubject, at now: Timestamp, in tx: any Transaction) throws(Fault) {
        switch subject.limit.decide(debtUntil: try debt(subject, in: tx), at: now) {
        case .allowed(let debt):
            try tx.execute(
                """
                INSERT INTO access_attempts (subject, debt_until) VALUES ($1, $2)
                ON CONFLICT (subject) DO UPDATE SET debt_until = excluded.debt_until
                """,
                [.text(subject.text), .time(debt)])
        case .wait(let seconds):
            if case .code = subject { throw Fault(.tooManyCodes, "too many wrong codes", ["seconds": "\(seconds)"]) }
            throw Fault(.tooManyAttempts, "too many wrong passwords", ["seconds": "\(seconds)"])
        }
    }

    /// The attempt was right after all.
    static func forgive(_ subject: AttemptSubject, in tx: any Transaction) throws(Fault) {
        guard let debt = try debt(subject, in: tx) else { return }
        try tx.execute(
            "UPDATE access_attempts SET debt_until = $2 WHERE subject = $1",
            [.text(subject.text), .time(subject.limit.forgiven(debtUntil: debt))])
    }

    static func forget(_ subject: AttemptSubject, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM access_attempts WHERE subject = $1", [.text(subject.text)])
    }

    static func deletePaid(at now: Timestamp, in tx: any Transaction) throws(Fault) -> Int {
        try tx.execute("DELETE FROM access_attempts WHERE debt_until <= $1", [.time(now)])
    }

    private static func debt(_ subject: AttemptSubject, in tx: any Transaction) throws(Fault) -> Timestamp? {
        let rows = try tx.query(
            "SELECT debt_until FROM access_attempts WHERE subject = $1\(tx.forUpdate)", [.text(subject.text)])
        guard let row = rows.first else { return nil }
        return try row.time("debt_until")
    }
}
