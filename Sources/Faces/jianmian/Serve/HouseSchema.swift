import Access
import Agreement
import Billing
import Charging
import Customers
import Lines
import Notices
import Orders
import Storage

/// Every room's migrations, in the order in which the rooms depend on each other.
enum HouseSchema {
    static let migrations =
        StorageSchema.migrations + AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations
        + LinesSchema.migrations
        + OrdersSchema.migrations + NoticesSchema.migrations + ChargingSchema.migrations + BillingSchema.migrations

    /// Every room's columns of sealed bytes.
    static let sealed = AccessSchema.sealed + CustomersSchema.sealed + AgreementSchema.sealed + BillingSchema.sealed
}
