public import Basics
public import Customers
public import Lines
public import Orders

/// Names an account.
public typealias AccountID = Identifier<Account>

/// Who is charged: one per customer, shared by the customer's lines, with the credit limit that the customer chose (clause 9).
public struct Account: Sendable, Equatable {
    /// Its id; the same text stands in each line charged to it.
    public let id: AccountID
    /// Whose it is.
    public let customer: CustomerID
    /// The most that a month's usage may cost.
    public let creditLimit: Money
    /// What open calls hold back at this moment.
    public let reserved: Money
    /// When it was opened.
    public let openedAt: Timestamp
    /// What a `credit` hold takes away, by the customer's choice.
    public let holdScope: Hold.Effect
    /// The month in which it was told that the limit is near; nil before the first.
    let warnedMonth: BusinessMonth?
    /// What Billing says is paid ahead for usage from a month on; nil where it never said anything.
    let covered: (month: BusinessMonth, amount: Money)?
    /// The latest month with charges and what it was charged; nil before the first charge.
    let charged: (month: BusinessMonth, amount: Money)?

    /// Whether there is no credit: only what is paid ahead can be used.
    public var isPrepaid: Bool { creditLimit == .zero }

    init(
        id: AccountID, customer: CustomerID, creditLimit: Money, reserved: Money, openedAt: Timestamp,
        holdScope: Hold.Effect = .outgoing, warnedMonth: BusinessMonth? = nil,
        covered: (month: BusinessMonth, amount: Money)? = nil, charged: (month: BusinessMonth, amount: Money)? = nil
    ) {
        self.id = id
        self.customer = customer
        self.creditLimit = creditLimit
        self.reserved = reserved
        self.openedAt = openedAt
        self.holdScope = holdScope
        self.warnedMonth = warnedMonth
        self.covered = covered
        self.charged = charged
    }

    /// Whether two are the same at one instant.
    public static func == (a: Account, b: Account) -> Bool {
        a.id == b.id && a.customer == b.customer && a.creditLimit == b.creditLimit && a.reserved == b.reserved
            && a.openedAt == b.openedAt && a.holdScope == b.holdScope
    }
}

/// An account as its owner sees it at one instant.
public struct AccountSummary: Sendable, Equatable {
    /// Which account.
    public let account: AccountID
    /// The month that `used` is of, in the provider's zone.
    public let month: BusinessMonth
    /// The chosen limit.
    public let creditLimit: Money
    /// Charged in this month so far.
    public let used: Money
    /// Held back by open calls.
    public let reserved: Money
    /// What may still be reserved; never below zero, even where the limit was lowered under what is used.
    public let available: Money
    /// What is paid ahead for the month and counts on top of the limit; the balance of a prepaid account with what it has used.
    public let paidAhead: Money
    /// What a `credit` hold would take away.
    public let holdScope: Hold.Effect
    /// Whether the account was told in this month that the limit is near.
    public let isWarned: Bool
    /// Free seconds that were used in this month, by plan and kind.
    public let allowances: [AllowanceUse]
}

/// Free seconds that an account has used in a month.
public struct AllowanceUse: Sendable, Equatable {
    /// The plan that gives them.
    public let plan: PlanID
    /// The kind of use.
    public let kind: UsageKind
    /// How many are used, those held back for open calls not counted.
    public let usedSeconds: Int64
}
