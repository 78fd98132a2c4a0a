public import Basics

/// What a second of a call costs in a plan, from a time on. Currency: CNY. Published once, never edited.
public struct Price: Sendable, Equatable {
    /// The plan.
    public let plan: PlanID
    /// The kind of call.
    public let kind: CallKind
    /// The price of each second.
    public let perSecond: Money
    /// From when on, until a later price of the same plan and kind.
    public let effectiveFrom: Timestamp

    /// Makes a price.
    public init(plan: PlanID, kind: CallKind, perSecond: Money, effectiveFrom: Timestamp) {
        self.plan = plan
        self.kind = kind
        self.perSecond = perSecond
        self.effectiveFrom = effectiveFrom
    }

    /// The price of a minute, as people compare it.
    public var perMinute: Money { perSecond * 60 }
}
