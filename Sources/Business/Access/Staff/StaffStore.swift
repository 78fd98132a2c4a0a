internal import Basics
internal import Storage

enum StaffStore {
    private static let select = """
        SELECT s.id AS id, s.name AS name, p.sign_in_name AS sign_in_name, s.roles AS roles, s.since AS since,
            s.ended_at AS ended_at, s.password_given_at AS password_given_at, f.confirmed_at AS confirmed_at
        FROM access_staff s JOIN access_principals p ON p.id = s.id LEFT JOIN access_second_factors f ON f.staff = s.id
        """

    static func insert(_ staff: Staff, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO access_staff (id, name, roles, since, password_given_at) VALUES ($1, $2, $3, $4, $5)",
            [
                .id(staff.id), .text(staff.name), .text(text(of: staff.roles)), .time(staff.since),
                .optional(staff.passwordGivenAt),
            ])
    }

    static func find(_ id: StaffID, in tx: any Transaction) throws(Fault) -> Staff? {
        guard let row = try tx.first("\(select) WHERE s.id = $1", [.id(id)]) else { return nil }
        return try read(row)
    }

    /// Those who work here first, then by name.
    static func list(in tx: any Transaction) throws(Fault) -> [Staff] {
        var staff: [Staff] = []
        for row in try tx.query("\(select) ORDER BY COALESCE(s.ended_at, 0), s.name, s.id") { staff.append(try read(row)) }
        return staff
    }

    static func administrators(besides id: StaffID, in tx: any Transaction) throws(Fault) -> Int {
        try list(in: tx).count { $0.isAdministrator && $0.id != id }
    }

    static func set(_ roles: Set<Role>, of id: StaffID, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE access_staff SET roles = $2 WHERE id = $1", [.id(id), .text(text(of: roles))])
    }

    static func end(_ id: StaffID, at now: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE access_staff SET ended_at = $2 WHERE id = $1", [.id(id), .time(now)])
    }

    /// Notes when somebody else gave the password; nil for the person's own.
    static func setPasswordGiven(_ given: Timestamp?, of id: StaffID, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE access_staff SET password_given_at = $2 WHERE id = $1", [.id(id), .optional(given)])
    }

    /// Roles as stored and journaled: sorted, so that the same set has one text.
    static func text(of roles: Set<Role>) -> String { roles.map(\.rawValue).sorted().joined(separator: ",") }

    /// A role that this program does not know gives nobody a right.
    static func roles(_ text: String) -> Set<Role> { Set(text.split(separator: ",").compactMap { Role(rawValue: String($0)) }) }

    private static func read(_ row: Row) throws(Fault) -> Staff {
        Staff(
            id: try row.id("id"), name: try row.text("name"), signInName: try row.text("sign_in_name"),
            roles: roles(try row.text("roles")), since: try row.time("since"), endedAt: try row.optionalTime("ended_at"),
            secondFactorSince: try row.optionalTime("confirmed_at"), passwordGivenAt: try row.optionalTime("password_given_at"))
    }
}
