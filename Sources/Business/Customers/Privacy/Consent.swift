public import Basics

/// What personal data are handled for, where that rests on the customer's consent (个人信息保护法 art. 13–16, 29, 31).
public enum ConsentPurpose: String, Sendable, CaseIterable {
    /// Checking who the customer is: ID number and copies, which are sensitive and so agreed to separately. The service cannot be given without.
    case identityCheck = "identity-check"
    /// Handling the data of a child under 14, agreed to by the guardian. The service cannot be given without.
    case childData = "child-data"
    /// Keeping detailed measurements of calls longer than a complaint needs, to make the service better.
    case quality
    /// News of offers.
    case marketing

    /// Whether the service needs it. Such a consent ends with the service, not before (art. 16).
    public var isRequired: Bool { self == .identityCheck || self == .childData }

    /// The version of the words that are agreed to; with a new one consent is asked anew (art. 14).
    public var version: Int { 1 }
}

/// Where a customer stands with one purpose.
public struct Consent: Sendable, Equatable {
    /// What for.
    public let purpose: ConsentPurpose
    /// The version of the words.
    public let version: Int
    /// Whether it is given; false once it was withdrawn.
    public let isGiven: Bool
    /// Since when.
    public let at: Timestamp

    /// Whether it covers the words of today.
    public var isValid: Bool { isGiven && version == purpose.version }
}
