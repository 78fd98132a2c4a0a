package import Access
package import Basics
import Foundation
package import Storage
package import Web

/// The demo provider's staff, one for each role. Their passwords are public by intention, and the console's sign-in page shows the code of the
/// moment, so that a visitor needs no authenticator. The secrets behind the codes lie in a file beside the demo's database.
package struct DemoStaff {
    /// One member.
    struct Member {
        let name: String
        let signInName: String
        let password: String
        let roles: Set<Role>
    }

    static let members = [
        Member(name: "赵敏(客服)", signInName: "kefu", password: "chun-feng-11", roles: [.customerService]),
        Member(name: "钱进(账务)", signInName: "zhangwu", password: "xia-yu-12", roles: [.billing]),
        Member(name: "孙强(技术)", signInName: "jishu", password: "qiu-shuang-13", roles: [.technician]),
        Member(name: "李网(网管)", signInName: "wangguan", password: "dong-xue-14", roles: [.networkOperations]),
        Member(name: "周正(法务)", signInName: "fawu", password: "song-bai-15", roles: [.legal]),
        Member(name: "吴察(审计)", signInName: "shenji", password: "qing-shan-16", roles: [.auditor]),
        Member(name: "郑主(管理员)", signInName: "guanli", password: "lu-shui-17", roles: [.administrator]),
    ]

    let database: any Database
    let hasher: PasswordHasher
    let vault: Vault
    /// Where the secrets are kept.
    let file: String

    /// Demo staff over a database.
    package init(database: any Database, hasher: PasswordHasher, vault: Vault, file: String) {
        self.database = database
        self.hasher = hasher
        self.vault = vault
        self.file = file
    }

    /// What the console's sign-in page shows.
    package static var accounts: [WebDemo.StaffAccount] {
        members.map { WebDemo.StaffAccount(name: $0.name, signInName: $0.signInName, password: $0.password) }
    }

    /// Takes in those who are not there yet and enrols their second factors by the use cases of everybody else; returns each one's secret.
    package func seed(at now: Timestamp) async throws(Fault) -> [String: [UInt8]] {
        var secrets = kept()
        let boss = try StaffAct(staff: StaffID(trusted: "demo"), roles: [.administrator], purpose: "demo")
        let there = try await database.read { tx throws(Fault) in try listStaff(by: boss, in: tx).map(\.signInName) }
        for member in Self.members where !there.contains(member.signInName) {
            let password = try await hasher.hash(NewPassword(member.password, signInName: member.signInName))
            let new = try NewStaff(name: member.name, signInName: member.signInName, roles: member.roles)
            try await database.write { tx throws(Fault) in
                // Everybody signs in with the password that the page shows.
                _ = try addStaff(new, password: password, isOwnPassword: true, by: boss, in: tx, at: now)
            }
            secrets[member.signInName] = try await enrol(member, at: now)
            try keep(secrets)
        }
        return secrets
    }

    /// The code that a member's authenticator would show now.
    package static func code(of name: String, from secrets: [String: [UInt8]], at now: Timestamp) -> String? {
        secrets[name].map { TOTP.code(secret: $0, step: TOTP.step(at: now)) }
    }

    private func enrol(_ member: Member, at now: Timestamp) async throws(Fault) -> [UInt8] {
        let request = SignInRequest(name: member.signInName, password: member.password, address: "127.0.0.1", device: "demo")
        let token = try await openStaffSession(request, with: hasher, on: database, at: now).token
        let vault = vault
        let enrolment = try await database.write { tx throws(Fault) in
            try beginSecondFactor(token: token, issuer: "demo", vault: vault, in: tx, at: now)
        }
        guard let secret = bytesOf(base32: enrolment.secret) else {
            throw Fault(.programFile, "the demo's codes cannot be set up")
        }
        // The code of the step before, so that a visitor's own code of this moment is not used up.
        let before = now.adding(seconds: -30)
        _ = try await confirmSecondFactor(
            TOTP.code(secret: secret, step: TOTP.step(at: before)), token: token, vault: vault, on: database, at: now)
        try await database.write { tx throws(Fault) in try endStaffSession(token: token, in: tx, at: now) }
        return secret
    }

    private func kept() -> [String: [UInt8]] {
        guard let data = FileManager.default.contents(atPath: file) else { return [:] }
        return (try? JSONDecoder().decode([String: [UInt8]].self, from: data)) ?? [:]
    }

    private func keep(_ secrets: [String: [UInt8]]) throws(Fault) {
        guard let data = try? JSONEncoder().encode(secrets),
            FileManager.default.createFile(atPath: file, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw Fault(.programFile, "\(file) cannot be written") }
    }
}
