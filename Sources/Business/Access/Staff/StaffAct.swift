public import Basics

/// A member of the staff doing something for a stated purpose. Every staff use case takes one, asks it for a permission and journals it.
public struct StaffAct: Sendable, Equatable {
    /// Who.
    public let staff: StaffID
    /// As what.
    public let roles: Set<Role>
    /// What for, in the person's own words; the journal keeps it, and where it was to see personal data the customer can read it.
    public let purpose: String

    /// Checks that there is a purpose of a sensible length.
    public init(staff: StaffID, roles: Set<Role>, purpose: String) throws(Fault) {
        let words = purpose.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else { throw Fault(.purposeMissing, "say what this is for") }
        guard words.utf8.count <= AccessLimits.purposeBytes else {
            throw Fault(
                .purposeTooLong, "a purpose has at most \(AccessLimits.purposeBytes) bytes",
                ["maximum": "\(AccessLimits.purposeBytes)"])
        }
        self.staff = staff
        self.roles = roles
        self.purpose = words
    }

    /// Whoever has the machine itself, by the program's commands: takes in the first administrator, helps when the last one is locked out.
    public static func `operator`(purpose: String) throws(Fault) -> StaffAct {
        try StaffAct(staff: StaffID(trusted: "operator"), roles: [.administrator], purpose: purpose)
    }

    /// The person as the journal names them.
    public var actor: String { "staff:\(staff)" }

    /// Whether one of the roles may do it.
    public func may(_ permission: Permission) -> Bool { roles.contains { $0.permissions.contains(permission) } }

    /// Refuses what none of the roles may do.
    public func require(_ permission: Permission) throws(Fault) {
        guard may(permission) else {
            throw Fault(.staffMayNot, "none of the roles may do \(permission.rawValue)", ["permission": permission.rawValue])
        }
    }
}
