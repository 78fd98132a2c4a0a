public import Basics

// The room's limits on everything from outside, each with a name.

/// The limits of plans and prices.
public enum OrdersLimits {
    /// The highest price of a second of a call: ¥100.
    public static let pricePerSecond = Money(yuan: 100)
    /// Price changes of one plan that may lie in the future or the past.
    public static let pricesPerPlan = 1_000
    /// Bytes of an account's id.
    public static let accountBytes = 1...64
    /// The highest price of an item: ¥1,000,000.
    public static let itemPrice = Money(yuan: 1_000_000)
    /// Bytes of an item's name.
    public static let itemNameBytes = 1...120
    /// Bytes of an item's description.
    public static let itemDescriptionBytes = 2_000
    /// A VAT rate in per mille; the highest of China's is 13 %.
    public static let taxPermille = 0...200
    /// Items of the catalogue, offered or not any more.
    public static let catalogueItems = 500
    /// Items of one order.
    public static let orderItems = 20
    /// Orders of one customer.
    public static let ordersPerCustomer = 5_000
    /// Lines in service of one customer.
    public static let linesPerCustomer = 200
    /// Orders in one page of a list.
    public static let ordersPage = 50
    /// Bytes of the reason for a change of an order's state.
    public static let reasonBytes = 2_000
    /// Days for which an application keeps its number; the last of them is a whole day.
    public static let applicationDays: Int64 = 30
    /// Days ahead for which an ending may be wished.
    public static let endingDaysAhead: Int64 = 366
    /// Rates of one tariff.
    public static let ratesPerTariff = 500
    /// The highest connect fee: ¥100.
    public static let connectFee = Money(yuan: 100)
    /// Seconds of the longest block that is charged whole.
    public static let blockSeconds: Int64 = 600
    /// Digits of the longest prefix.
    public static let prefixDigits = 15
    /// The most seconds that may be free in a month: all of the longest month.
    public static let allowanceSeconds: Int64 = 31 * 86_400
    /// Holidays published at once.
    public static let holidaysPerList = 366
    /// Days ahead whose holidays a call's tariff knows: the longest call and some.
    public static let holidaysAheadDays: Int64 = 33
}
