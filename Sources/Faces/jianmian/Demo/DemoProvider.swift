package import Access
package import Agreement
package import Basics
import Charging
import Customers
import Lines
import Orders
package import Storage
package import Web

/// The demo provider: four customers who know each other, their contacts and two weeks of calls, made by the same use cases as
/// everything else, at instants in the past.
package struct DemoProvider {
    let database: any Database
    let hasher: PasswordHasher
    let zone: BusinessZone
    let vault: Vault
    let seal: ProviderSeal

    /// A demo over a database.
    package init(database: any Database, hasher: PasswordHasher, zone: BusinessZone, vault: Vault, seal: ProviderSeal) {
        self.database = database
        self.hasher = hasher
        self.zone = zone
        self.vault = vault
        self.seal = seal
    }

    /// The clock that a demo runs on: the system's, which can be moved ahead. After a restart it does not fall behind what was
    /// written while it was ahead.
    package static func clock(over database: any Database) async throws(Fault) -> MovableClock {
        let clock = MovableClock(following: SystemClock())
        let latest = try await database.read { tx throws(Fault) in
            try tx.first("SELECT MAX(at) AS latest FROM journal")?.optionalTime("latest")
        }
        if let latest { clock.advance(to: latest) }
        return clock
    }

    /// What the sign-in page shows.
    package static var accounts: [WebDemo.Account] {
        DemoCast.members.map { WebDemo.Account(name: $0.name, number: $0.number, password: $0.password) }
    }

    /// What the program prints.
    package static var announcement: String {
        let rows = DemoCast.members.map { "  \(PhoneNumber(trusted: $0.number))   \($0.password)   \($0.name)" }
        return (["Demo customers 演示用户 (number 号码, password 密码, name 姓名):"] + rows).joined(separator: "\n")
    }

    /// Seeds what is not there yet; the program runs it at every start of a demo, before anything else is written. All of it is one
    /// transaction, so a start that is killed leaves nothing half done.
    package func seed(at now: Timestamp) async throws(Fault) {
        let first = PhoneNumber(trusted: DemoCast.members[0].number)
        let isThere = try await database.read { tx throws(Fault) in try line(numbered: first, in: tx) != nil }
        guard !isThere else { return }
        var passwords: [PasswordHash] = []
        for member in DemoCast.members {
            passwords.append(try await hasher.hash(NewPassword(member.password, signInName: member.number)))
        }
        let (hashes, zone) = (passwords, zone)
        let admission = Admission(vault: vault, seal: seal, zone: zone, pool: .standard)
        try await database.write { tx throws(Fault) in
            guard try line(numbered: first, in: tx) == nil else { return }
            let story = DemoStory(zone: zone, now: now)
            let lines = try story.enrol(hashes, admission, in: tx)
            try story.replay(DemoCast.past, between: lines, in: tx)
        }
    }
}
