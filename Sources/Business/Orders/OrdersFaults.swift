public import Basics

extension Fault.Code {
    /// There is no such plan.
    public static let unknownPlan = Fault.Code("orders.plan-unknown", .notFound)
    /// The plan has no price for this kind of call at this time.
    public static let noPrice = Fault.Code("orders.no-price", .conflict)
    /// The price is negative or above the highest.
    public static let impossiblePrice = Fault.Code("orders.price-impossible", .invalid)
    /// A price list names every kind of call.
    public static let priceMissing = Fault.Code("orders.price-missing", .invalid)
    /// Prices are published for a time to come, never for one that has passed.
    public static let priceInThePast = Fault.Code("orders.price-in-the-past", .invalid)
    /// Prices for this time are published already and are not edited; choose another time.
    public static let pricePublished = Fault.Code("orders.price-published", .conflict)
    /// The plan has as many price lists as one may have.
    public static let tooManyPrices = Fault.Code("orders.too-many-prices", .limited)
    /// The account's id is empty or too long.
    public static let accountID = Fault.Code("orders.account-id", .invalid)
}
