import Access
import Agreement
import ArgumentParser
import Basics
import Charging
import Customers
import Foundation
import Lines
import Orders
import Storage

/// `jianmian demo`: data to try things with.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Fill a database with customers to try things with.", subcommands: [SeedCommand.self])
}

/// `jianmian demo seed`: customers in any number, each verified, with an order and an agreement that both have signed.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Take in invented customers, each with data, order, agreement, line and account.",
        discussion: "It can be stopped and run again; customers that are there are left alone. The service must not be running.")

    @OptionGroup var flags: SettingFlags
    @Option(name: .customLong("customers"), help: "How many customers there are to be.") var customers: Int = 10_000

    private static let batch = 100
    /// The first seeded number is this one above the pool's first, to leave the cast of the demo alone.
    private static let offset: Int64 = 10_000

    func run() async throws {
        try await orExplain {
            let settings = try await Settings.read(flags)
            guard (1...80_000).contains(customers) else { throw Fault(.setting, "--customers is between 1 and 80000") }
            let folder = try DataFolder(settings.data)
            let database = try await openDatabase(url: settings.databaseURL)
            defer { withExtendedLifetime(folder) {} }
            try await migrate(database, HouseSchema.migrations)
            let keys = HouseKeys(folder: settings.keys)
            let admission = Admission(
                vault: try keys.vault(), seal: try keys.seal(passphraseFile: settings.sealPassphraseFile), zone: settings.zone,
                pool: settings.pool)
            try await seed(database, admission)
            await database.close()
        }
    }

    private func seed(_ database: any Database, _ admission: Admission) async throws {
        let now = SystemClock().now()
        // The provider is older than its demo, whose past begins two weeks ago.
        let begun = now.adding(seconds: -30 * 86_400)
        try await database.write { tx throws(Fault) in
            try ensureStandardPlan(in: tx, at: begun)
            try ensureStandardCatalogue(in: tx, at: begun, zone: admission.zone)
            _ = try ensureFirstVersion(.standard(DemoCast.provider), in: tx, at: begun)
        }
        // One password for all of them: they are for lists and searches, not for signing in.
        let password = try await PasswordHasher().hash(NewPassword(Identifier<Staff>.random().rawValue, signInName: "seed"))
        let started = ContinuousClock.now
        for start in stride(from: 0, to: customers, by: Self.batch) {
            let members = try (start..<min(start + Self.batch, customers)).map {
                try SeededPerson(index: $0, first: admission.pool.first, offset: Self.offset).newcomer(password)
            }
            try await database.write { tx throws(Fault) in
                for member in members where try lineOrReservation(of: member.number, in: tx) == false {
                    _ = try admission.admit(member, in: tx, at: now)
                }
            }
            report(start + members.count, since: started)
        }
    }

    private func report(_ done: Int, since started: ContinuousClock.Instant) {
        guard done % 1_000 == 0 || done == customers else { return }
        let seconds = Double((ContinuousClock.now - started).components.seconds) + 0.001
        let rate = Int(Double(done) / seconds)
        print("\(done) of \(customers) customers, \(rate) a second, \((customers - done) / max(1, rate)) s left")
        fflush(nil)
    }
}

/// Whether somebody signs in under a number already.
private func lineOrReservation(of number: PhoneNumber, in tx: any Transaction) throws(Fault) -> Bool {
    try tx.first("SELECT 1 AS one FROM access_principals WHERE sign_in_name = $1", [.text(number.digits)]) != nil
}

/// An invented person: the same index is always the same one.
struct SeededPerson {
    let index: Int
    let first: PhoneNumber
    let offset: Int64

    private static let surnames = Array("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
    private static let given = Array("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华玉兰桂梅")
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432")

    var name: String {
        let (a, b) = (index / Self.surnames.count, index / Self.surnames.count / Self.given.count)
        return
            "\(Self.surnames[index % Self.surnames.count])\(Self.given[a % Self.given.count])\(Self.given[b % Self.given.count])"
    }

    /// A number of GB 11643 with its check character, of a day between 1950 and 2000.
    var residentID: (number: String, birth: BusinessDate) {
        let birth = BusinessDate(clamping: -7_305 + Int64(index &* 7 % 18_262))
        let day = birth.description.filter { $0 != "-" }
        let order = String(1_000 + index % 999).suffix(3)
        let body = "110101\(day)\(order)"
        let sum = zip(body.compactMap(\.wholeNumberValue), Self.weights).reduce(0) { $0 + $1.0 * $1.1 }
        return ("\(body)\(Self.checks[sum % 11])", birth)
    }

    func newcomer(_ password: PasswordHash) throws(Fault) -> Newcomer {
        let id = residentID
        let digits = String((Int64(first.digits) ?? 0) + offset + Int64(index))
        return Newcomer(
            name: try DisplayName(name), language: index % 10 == 0 ? .english : .chinese, number: PhoneNumber(trusted: digits),
            password: password,
            identity: PersonForm(
                legalName: name, birthDate: id.birth.description, address: "北京市东城区演示路\(index % 500 + 1)号", postcode: "100010",
                idNumber: id.number, phone: "139\(String(10_000_000 + index).suffix(8))"),
            account: AccountID(trusted: "seed-\(digits)"))
    }
}
