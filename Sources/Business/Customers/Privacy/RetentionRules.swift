public import Basics

/// What becomes of a customer's data when the service has ended: until when the law keeps each kind. Everything not named here is erased at
/// the end (个人信息保护法 art. 47); agreements, invoices and call records are kept by their own rooms' rules.
public struct Retention: Sendable, Equatable {
    /// The last day on which identity data and copies are kept: the second anniversary of the end (电话用户真实身份信息登记规定). They
    /// are erased the day after.
    public let identityUntil: BusinessDate
    /// The last day on which records of consents, looks and disclosures are kept: the third anniversary (个人信息保护法 art. 56).
    public let recordsUntil: BusinessDate
}

/// What a law keeps of a customer, and so cannot be erased before its last day, whoever asks.
public enum KeptData: String, Sendable, CaseIterable {
    /// Who the customer is, and the copies that show it: two years after the end (电话用户真实身份信息登记规定).
    case identity
    /// The agreement and the orders, which name people: three years after the end (电子商务法 art. 31).
    case documents
    /// Consents, looks and disclosures: three years (个人信息保护法 art. 56).
    case records
    /// Call records: five months, and while an invoice is disputed (clause 6).
    case calls
    /// Invoices, payments and the books: thirty years (会计档案管理办法). They name nobody, only the account.
    case books

    /// The last day on which it is kept, of a service that ended on a day.
    public func lastDay(endedOn day: BusinessDate) -> BusinessDate {
        switch self {
        case .identity: day.adding(years: CustomersLimits.identityYears)
        case .documents, .records: day.adding(years: CustomersLimits.recordYears)
        case .calls: day.adding(months: CustomersLimits.callMonths)
        case .books: day.adding(years: CustomersLimits.bookYears)
        }
    }
}

/// The retention of a service that ended on a day. An anniversary that does not exist is the month's last day (民法典 art. 202): a service that
/// ended on 29 February 2028 keeps identity data until 28 February 2030.
public func retention(endedOn day: BusinessDate) -> Retention {
    Retention(
        identityUntil: KeptData.identity.lastDay(endedOn: day),
        recordsUntil: KeptData.records.lastDay(endedOn: day))
}
