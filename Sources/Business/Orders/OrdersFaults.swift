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
    /// Only a version of the agreement that is not announced yet can move signed prices.
    public static let versionAnnounced = Fault.Code("orders.version-announced", .conflict)
    /// The catalogue has no such item, or it is not offered on `day`.
    public static let unknownItem = Fault.Code("orders.item-unknown", .notFound)
    /// There is another item with this id.
    public static let itemDiffers = Fault.Code("orders.item-differs", .conflict)
    /// An item's name or description is missing or too long.
    public static let itemText = Fault.Code("orders.item-text", .invalid)
    /// The VAT rate is none that there is.
    public static let impossibleTax = Fault.Code("orders.tax-impossible", .invalid)
    /// The catalogue has `maximum` items.
    public static let tooManyItems = Fault.Code("orders.too-many-items", .limited)
    /// There is no such order, or it is another customer's.
    public static let unknownOrder = Fault.Code("orders.order-unknown", .notFound)
    /// An order with this id orders something else.
    public static let orderDiffers = Fault.Code("orders.order-differs", .conflict)
    /// What would be confirmed is not what the customer saw: a price or a date has changed since.
    public static let previewChanged = Fault.Code("orders.preview-changed", .conflict)
    /// The item is not of the kind that this order is for.
    public static let wrongItem = Fault.Code("orders.wrong-item", .invalid)
    /// The order names too many items.
    public static let orderTooLong = Fault.Code("orders.order-too-long", .invalid)
    /// The customer has as many orders or lines as one may have.
    public static let tooManyOrders = Fault.Code("orders.too-many-orders", .limited)
    /// An order in this state cannot go there.
    public static let orderState = Fault.Code("orders.order-state", .conflict)
    /// A change of plan is waiting for its day already; cancel it first.
    public static let planChangeWaiting = Fault.Code("orders.plan-change-waiting", .conflict)
    /// The line does not have this add-on.
    public static let addOnUnknown = Fault.Code("orders.add-on-unknown", .notFound)
    /// The reason is missing or too long.
    public static let orderReason = Fault.Code("orders.reason", .invalid)
    /// The customer is leaving; only the ending can be withdrawn.
    public static let customerEnding = Fault.Code("orders.customer-ending", .conflict)
    /// The customer has no application, or it has lapsed.
    public static let unknownApplication = Fault.Code("orders.application-unknown", .notFound)
    /// The customer has confirmed the order of the application already.
    public static let applicationOrdered = Fault.Code("orders.application-ordered", .conflict)
    /// The number of the order is not the one that the application keeps.
    public static let applicationNumber = Fault.Code("orders.application-number", .conflict)
    /// The day of an installation lies before the order or in the future.
    public static let installationDay = Fault.Code("orders.installation-day", .invalid)
    /// There is no such ending, or it is another customer's.
    public static let unknownEnding = Fault.Code("orders.ending-unknown", .notFound)
    /// The customer has asked to end already.
    public static let endingRequested = Fault.Code("orders.ending-requested", .conflict)
    /// The wished day is past or too far ahead.
    public static let endingDay = Fault.Code("orders.ending-day", .invalid)
    /// An ending in this state cannot go there.
    public static let endingState = Fault.Code("orders.ending-state", .conflict)
    /// The customer owes money: what is owed is paid before the agreement ends.
    public static let endingOwed = Fault.Code("orders.ending-owed", .payment)
    /// A tariff has no rate, or more than `maximum`.
    public static let tariffTooLong = Fault.Code("orders.tariff-too-long", .invalid)
    /// At `when` there is no rate for `kind` towards `prefix`.
    public static let priceGap = Fault.Code("orders.price-gap", .invalid)
    /// At `when` there are two rates for `kind` towards `prefix`.
    public static let priceOverlap = Fault.Code("orders.price-overlap", .invalid)
    /// A block of seconds is not 1 to `maximum` long.
    public static let impossibleBlock = Fault.Code("orders.block-impossible", .invalid)
    /// A prefix is not digits only, or too long.
    public static let impossiblePrefix = Fault.Code("orders.prefix-impossible", .invalid)
    /// A window has no days or does not begin before it ends.
    public static let impossibleWindow = Fault.Code("orders.window-impossible", .invalid)
    /// A free allowance of `kind` is out of range or named twice.
    public static let impossibleAllowance = Fault.Code("orders.allowance-impossible", .invalid)
    /// A discount is out of range.
    public static let impossibleDiscount = Fault.Code("orders.discount-impossible", .invalid)
    /// A list of holidays is empty or has more than `maximum` days.
    public static let holidayList = Fault.Code("orders.holiday-list", .invalid)
    /// Line `line` of a tariff is no rule.
    public static let tariffLine = Fault.Code("orders.tariff-line", .invalid)
}
