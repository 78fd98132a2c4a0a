internal import Basics

/// PostgreSQL's errors in the words of the house (SQLSTATE, appendix A of its manual).
enum PostgreSQLFaults {
    static func fault(sqlState: String, message: String, doing: String) -> Fault {
        let reason = "\(doing): \(message)"
        switch sqlState {
        case "40001", "40P01": return Fault(.conflict, reason)
        case "23505": return Fault(.duplicate, reason)
        case "23503": return Fault(.missingReference, reason)
        case "23502", "23514", "22001", "22003": return Fault(.refusedValue, reason)
        case "JM001": return Fault(.appendOnly, reason)
        case "55P03", "57014": return Fault(.busy, "\(reason); a lock or the statement took too long")
        case "53100", "58030": return Fault(.disk, "\(reason); free space or mend the disk of the server")
        // Too many connections, shutting down, starting up, cannot connect now.
        case "53300", "57P01", "57P02", "57P03": return Fault(.unreachable, "PostgreSQL: \(message)")
        default: return Fault(.statement, "\(reason) (SQLSTATE \(sqlState))")
        }
    }

    /// Why a connection could not be made and how to mend it; the address's password is never in libpq's message.
    static func unreachable(_ message: String, place: String) -> Fault {
        let text = message.split(separator: "\n").joined(separator: " ")
        let mends = [
            ("refused", refusedMend), ("No such file", refusedMend),
            ("too many clients", "raise max_connections or close other programs"),
            ("authentication", "check user and password of the address (or ~/.pgpass)"),
            ("password", "check user and password of the address (or ~/.pgpass)"),
            ("does not exist", "make the database and its user first (createuser, createdb)"),
        ]
        let advice = mends.first { text.contains($0.0) }?.1 ?? "check the address and the network"
        return Fault(.unreachable, "PostgreSQL at \(place) cannot be reached: \(text); \(advice)", ["place": place])
    }

    private static let refusedMend =
        "nothing listens there: start PostgreSQL (systemctl start postgresql) or give another --database"
}
