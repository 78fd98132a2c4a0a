public import Basics

/// The id of a customer.
public typealias CustomerID = Identifier<Customer>

/// A party that uses the service: a person or an organisation (甲方). The identity check of clause 1 adds its own records beside this.
public struct Customer: Sendable, Equatable {
    /// The id.
    public let id: CustomerID
    /// The name that other people see.
    public let name: DisplayName
    /// The language of pages and notices.
    public let language: Language
    /// Since when.
    public let since: Timestamp
}

/// A language of the house. Chinese is the first.
public enum Language: String, Sendable, CaseIterable {
    /// 中文.
    case chinese = "zh"
    /// English.
    case english = "en"
}
