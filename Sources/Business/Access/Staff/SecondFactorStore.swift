internal import Basics
internal import Storage

/// A second factor as stored.
struct SecondFactor {
    let sealedSecret: [UInt8]
    let confirmedAt: Timestamp?
    let lastStep: Int64
}

enum SecondFactorStore {
    static func find(of staff: StaffID, in tx: any Transaction) throws(Fault) -> SecondFactor? {
        let row = try tx.first(
            "SELECT secret, confirmed_at, last_step FROM access_second_factors WHERE staff = $1\(tx.forUpdate)", [.id(staff)])
        guard let row else { return nil }
        return SecondFactor(
            sealedSecret: try row.blob("secret"), confirmedAt: try row.optionalTime("confirmed_at"),
            lastStep: try row.integer("last_step"))
    }

    static func insert(_ sealedSecret: [UInt8], of staff: StaffID, at now: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO access_second_factors (staff, secret, began_at, last_step) VALUES ($1, $2, $3, -1)",
            [.id(staff), .blob(sealedSecret), .time(now)])
    }

    static func confirm(of staff: StaffID, at now: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE access_second_factors SET confirmed_at = $2 WHERE staff = $1", [.id(staff), .time(now)])
    }

    /// False when the step, or a later one, was used already.
    static func use(_ step: Int64, of staff: StaffID, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            "UPDATE access_second_factors SET last_step = $2 WHERE staff = $1 AND last_step < $2", [.id(staff), .integer(step)])
            == 1
    }

    static func insert(_ codes: [RecoveryCode], of staff: StaffID, in tx: any Transaction) throws(Fault) {
        for code in codes {
            try tx.execute(
                "INSERT INTO access_recovery_codes (staff, code_hash) VALUES ($1, $2)", [.id(staff), .blob(code.hash(of: staff))])
        }
    }

    static func use(_ code: RecoveryCode, of staff: StaffID, at now: Timestamp, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            "UPDATE access_recovery_codes SET used_at = $3 WHERE staff = $1 AND code_hash = $2 AND used_at IS NULL",
            [.id(staff), .blob(code.hash(of: staff)), .time(now)]) == 1
    }

    static func unusedCodes(of staff: StaffID, in tx: any Transaction) throws(Fault) -> Int {
        let row = try tx.first(
            "SELECT COUNT(*) AS number FROM access_recovery_codes WHERE staff = $1 AND used_at IS NULL", [.id(staff)])
        return Int(try row?.integer("number") ?? 0)
    }

    static func deleteCodes(of staff: StaffID, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM access_recovery_codes WHERE staff = $1", [.id(staff)])
    }

    static func delete(of staff: StaffID, in tx: any Transaction) throws(Fault) {
        try deleteCodes(of: staff, in: tx)
        try tx.execute("DELETE FROM access_second_factors WHERE staff = $1", [.id(staff)])
    }
}
