public import Basics

/// The id of a member of the staff; the same text as the id of the principal that they sign in as.
public typealias StaffID = Identifier<Staff>

/// Somebody who works for the provider.
public struct Staff: Sendable, Equatable {
    /// The id.
    public let id: StaffID
    /// The person's name, for colleagues.
    public let name: String
    /// What is typed to sign in.
    public let signInName: String
    /// What the person is employed for.
    public let roles: Set<Role>
    /// Since when.
    public let since: Timestamp
    /// When the person left; nil while they work here.
    public let endedAt: Timestamp?
    /// Since when a second factor is enrolled; nil until the first sign-in.
    public let secondFactorSince: Timestamp?
    /// When somebody else gave the present password; nil once the person has chosen their own.
    public let passwordGivenAt: Timestamp?

    /// Whether the person works here and may manage the staff.
    public var isAdministrator: Bool { endedAt == nil && roles.contains(.administrator) }

    /// Who the person is to signing in.
    var principal: PrincipalID { PrincipalID(trusted: id.rawValue) }
}

/// Somebody who is to be taken in; checked.
public struct NewStaff: Sendable, Equatable {
    /// The person's name, for colleagues.
    public let name: String
    /// What will be typed to sign in.
    public let signInName: String
    /// What the person is employed for.
    public let roles: Set<Role>

    /// Checks the names and that there is a role.
    public init(name: String, signInName: String, roles: Set<Role>) throws(Fault) {
        self.name = try checkedStaffName(name)
        self.signInName = try checkedStaffSignInName(signInName)
        self.roles = try checkedRoles(roles)
    }
}
