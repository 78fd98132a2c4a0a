public import Basics

/// The id of a plan.
public typealias PlanID = Identifier<Plan>

/// What a customer orders for a line: a set of effective-dated prices.
public struct Plan: Sendable, Equatable {
    /// The id.
    public let id: PlanID
    /// The plan that a line gets where nothing else is ordered.
    public static let standardID = PlanID(trusted: "standard")
}

/// The kind of a call, by which it is priced.
public enum CallKind: String, Sendable, CaseIterable {
    /// Picture and sound.
    case video
    /// Sound only.
    case audio
}
