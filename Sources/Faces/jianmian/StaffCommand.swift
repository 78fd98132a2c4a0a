import Access
import ArgumentParser
import Basics
import Foundation
import Storage

/// `jianmian staff`: who works in the console.
struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "Take in the first members of the staff; afterwards the console does it.",
        subcommands: [AddStaffCommand.self, ListStaffCommand.self])
}

/// `jianmian staff add`.
struct AddStaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Take in a member of the staff under a first password, which is printed once.",
        discussion:
            "The person signs in at /console with it, enrols an authenticator app and chooses a password of their own there.")

    @OptionGroup var flags: SettingFlags
    @Option(name: .customLong("name"), help: "The person's name, for colleagues.") var name: String
    @Option(name: .customLong("sign-in"), help: "What the person types to sign in.") var signInName: String
    @Option(
        name: .customLong("role"), help: "A role; may be given again: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    var roles: [String]

    func run() async throws {
        try await withExistingDatabase(flags) { database in
            let roles = try Set(roles.map(Self.role))
            let new = try NewStaff(name: name, signInName: signInName, roles: roles)
            let password = Self.password()
            let hash = try await PasswordHasher().hash(NewPassword(password, signInName: new.signInName))
            let provider = try StaffAct(
                staff: StaffID(trusted: "operator"), roles: [.administrator], purpose: "jianmian staff add")
            let staff = try await database.write { tx throws(Fault) in
                try addStaff(new, password: hash, by: provider, in: tx, at: SystemClock().now())
            }
            print("\(staff.name) signs in at /console as \(staff.signInName) with the first password: \(password)")
        }
    }

    private static func role(_ text: String) throws(Fault) -> Role {
        guard let role = Role(rawValue: text) else {
            throw Fault(.setting, "\(text) is no role; the roles are \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return role
    }

    /// Eighty random bits in letters that are not mistaken for each other.
    private static func password() -> String {
        let text = Identifier<Staff>.random().rawValue.prefix(16)
        return stride(from: 0, to: 16, by: 4).map { start in
            let from = text.index(text.startIndex, offsetBy: start)
            return String(text[from..<text.index(from, offsetBy: 4)])
        }.joined(separator: "-")
    }
}

/// `jianmian staff list`.
struct ListStaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Who works here, and as what.")

    @OptionGroup var flags: SettingFlags

    func run() async throws {
        try await withExistingDatabase(flags) { database in
            let provider = try StaffAct(
                staff: StaffID(trusted: "operator"), roles: [.administrator], purpose: "jianmian staff list")
            let all = try await database.read { tx throws(Fault) in try listStaff(by: provider, in: tx) }
            for staff in all {
                let roles = staff.roles.map(\.rawValue).sorted().joined(separator: ",")
                print("\(staff.signInName)\t\(staff.name)\t\(roles)\t\(staff.endedAt == nil ? "" : "left")")
            }
        }
    }
}
