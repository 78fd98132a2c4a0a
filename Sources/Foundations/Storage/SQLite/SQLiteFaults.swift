internal import Basics
internal import GRDB

/// SQLite's errors in the words of the house.
enum SQLiteFaults {
    /// The fault for an error that GRDB threw while `doing` something.
    static func fault(_ error: any Error, doing: String) -> Fault {
        if let fault = error as? Fault { return fault }
        guard let error = error as? DatabaseError else { return Fault(.statement, "\(doing): \(error)") }
        let reason = "\(doing): \(text(error))"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: return Fault(.duplicate, reason)
        case .SQLITE_CONSTRAINT_FOREIGNKEY: return Fault(.missingReference, reason)
        case .SQLITE_CONSTRAINT_CHECK, .SQLITE_CONSTRAINT_NOTNULL, .SQLITE_CONSTRAINT_DATATYPE:
            return Fault(.refusedValue, reason)
        case .SQLITE_CONSTRAINT_TRIGGER: return Fault(.appendOnly, reason)
        default: break
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return Fault(.busy, "\(reason); another process holds the database file, end it or wait for it")
        case .SQLITE_FULL, .SQLITE_IOERR: return Fault(.disk, "\(reason); free space or mend the disk")
        case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT: return Fault(.unreachable, reason)
        case .SQLITE_MISUSE where error.message?.contains("closed") == true: return Fault(.closed, reason)
        default: return Fault(.statement, reason)
        }
    }

    /// What SQLite said, without the statement's values.
    static func text(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        return error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    }
}
