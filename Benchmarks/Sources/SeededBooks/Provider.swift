import Access
import Agreement
import Basics
import Billing
import Charging
import Customers
import Lines
import Notices
import Orders
import Storage

/// The provider whose accounts the benchmarks use: standard plan, standard catalogue, first version of the agreement.
public enum Provider {
    /// Every table of the house that money needs.
    public static let schema =
        StorageSchema.migrations + AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations
        + LinesSchema.migrations + OrdersSchema.migrations + NoticesSchema.migrations + ChargingSchema.migrations
        + BillingSchema.migrations

    /// Its zone.
    public static let zone = BusinessZone.shanghai
    /// The month that is invoiced.
    public static let month = BusinessMonth(of: BusinessDate(clamping: 20_545))
    /// When its customers began: the first of the month.
    public static var begun: Timestamp { zone.start(of: month) }

    /// Makes the tables and what every provider begins with.
    public static func open(_ database: any Database) async throws -> VersionID {
        try await migrate(database, schema)
        let party = ProviderParty(
            name: "Jianmian", legalRepresentative: "Wang", address: "Beijing", phone: "60000000", uscc: "91110000600037341L",
            website: "https://example.com")
        return try await database.write { tx throws(Fault) in
            try ensureStandardCatalogue(in: tx, at: begun, zone: zone)
            return try ensureFirstVersion(.standard(party), in: tx, at: begun).id
        }
    }

    /// The account with a number.
    public static func account(_ index: Int) -> AccountID { AccountID(trusted: "a" + digits(index)) }

    /// Seven digits.
    static func digits(_ index: Int) -> String {
        let text = String(index)
        return String(repeating: "0", count: max(0, 7 - text.count)) + text
    }
}
