public import Access
public import Basics
public import Customers
public import Lines
public import Storage

/// Somebody who becomes a customer and orders their first line.
public struct RegisterCustomerRequest: Sendable {
    /// The name that others see.
    public var name: DisplayName
    /// The language of pages and notices.
    public var language: Language
    /// The number, chosen from the free ones.
    public var number: PhoneNumber
    /// The password, hashed beforehand.
    public var password: PasswordHash
    /// The numbers that the provider gives out.
    public var pool: NumberPool
    /// The id of the account that will pay; Charging opens it in the same transaction.
    public var account: String
    /// The plan.
    public var plan: PlanID

    /// Makes a request.
    public init(
        name: DisplayName, language: Language, number: PhoneNumber, password: PasswordHash, pool: NumberPool = .standard,
        account: String, plan: PlanID = Plan.standardID
    ) {
        self.name = name
        self.language = language
        self.number = number
        self.password = password
        self.pool = pool
        self.account = account
        self.plan = plan
    }
}

/// What registering made.
public struct Registered: Sendable, Equatable {
    /// Who signs in.
    public let principal: PrincipalID
    /// The party.
    public let customer: Customer
    /// The line.
    public let line: Line
}

/// Takes in a customer with a way to sign in, opens their first line and puts it on a plan. The face opens the account in the same
/// transaction, so that all of it is there or nothing.
public func registerCustomer(
    _ request: RegisterCustomerRequest, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Registered {
    guard OrdersLimits.accountBytes.contains(request.account.utf8.count) else {
        throw Fault(.accountID, "an account's id has 1 to 64 bytes")
    }
    // The number decides first: its fault says what to do, that of a taken sign-in name would not.
    guard request.pool.offers(request.number) else {
        throw Fault(.numberNotOffered, "the provider does not give out this number")
    }
    guard try line(numbered: request.number, in: tx) == nil else {
        throw Fault(.numberTaken, "the number is not free", ["number": request.number.grouped])
    }
    let principal = try addPrincipal(signInName: request.number.digits, password: request.password, in: tx, at: now)
    let customer = try enrolCustomer(
        named: request.name, language: request.language, signingInAs: principal.id, in: tx, at: now)
    let line = try openLine(
        number: request.number, of: request.pool, customer: customer.id, account: request.account, in: tx, at: now)
    try assignPlan(request.plan, to: line.id, by: "customer:\(customer.id)", in: tx, at: now)
    return Registered(principal: principal.id, customer: customer, line: line)
}
