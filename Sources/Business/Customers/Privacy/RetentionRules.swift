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

/// The retention of a service that ended on a day. An anniversary that does not exist is the month's last day (民法典 art. 202): a service that
/// ended on 29 February 2028 keeps identity data until 28 February 2030.
public func retention(endedOn day: BusinessDate) -> Retention {
    Retention(
        identityUntil: day.adding(years: CustomersLimits.identityYears),
        recordsUntil: day.adding(years: CustomersLimits.recordYears))
}
