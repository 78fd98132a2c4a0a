/// The blanks of the agreement that are the same for all of its customers: the provider and its numbers. A version carries one set, and
/// what is in force for a customer is read through ``termsInForce(of:on:in:zone:)`` and nowhere else.
public struct AgreementTerms: Codable, Equatable, Sendable {
    /// The provider (乙方).
    public var provider: ProviderParty
    /// Years of warranty from the day a terminal is installed (clause 4).
    public var warrantyYears: Int
    /// The penalty for each day that an amount is overdue (clause 5).
    public var latePaymentRate: DailyRate
    /// Months after the due date from which service may be suspended (clause 5).
    public var monthsUntilSuspension: Int
    /// Months after the due date, not after the suspension, from which the agreement may be terminated (clause 5).
    public var monthsUntilTermination: Int
    /// Months in which a customer may object to a change (clause 15).
    public var objectionMonths: Int
    /// The commission that decides what the parties cannot settle (clause 16).
    public var arbitrationCommission: String
    /// Where the agreement is signed (clause 17).
    public var signingPlace: String

    /// Fills in all blanks. ``checkTerms(_:)`` says whether they may stand.
    public init(
        provider: ProviderParty, warrantyYears: Int, latePaymentRate: DailyRate, monthsUntilSuspension: Int,
        monthsUntilTermination: Int, objectionMonths: Int, arbitrationCommission: String, signingPlace: String
    ) {
        self.provider = provider
        self.warrantyYears = warrantyYears
        self.latePaymentRate = latePaymentRate
        self.monthsUntilSuspension = monthsUntilSuspension
        self.monthsUntilTermination = monthsUntilTermination
        self.objectionMonths = objectionMonths
        self.arbitrationCommission = arbitrationCommission
        self.signingPlace = signingPlace
    }

    /// What a new provider starts from: 3‰ a day, suspension after one month, termination after three, one year of warranty, one month
    /// to object (电信条例 art. 34 and common practice).
    public static func standard(_ provider: ProviderParty) -> AgreementTerms {
        AgreementTerms(
            provider: provider, warrantyYears: 1, latePaymentRate: DailyRate(perMille: 3), monthsUntilSuspension: 1,
            monthsUntilTermination: 3, objectionMonths: 1, arbitrationCommission: "北京仲裁委员会", signingPlace: "北京市")
    }
}

/// The company that runs the service, as it stands in the agreement.
public struct ProviderParty: Codable, Equatable, Sendable {
    /// The full registered name.
    public var name: String
    /// Who represents it by law.
    public var legalRepresentative: String
    /// The registered address.
    public var address: String
    /// Where customers reach it.
    public var phone: String
    /// The unified social credit code (GB 32100-2015).
    public var uscc: String
    /// Where it publishes services, prices and announcements (clause 2).
    public var website: String

    /// Names a provider.
    public init(name: String, legalRepresentative: String, address: String, phone: String, uscc: String, website: String) {
        self.name = name
        self.legalRepresentative = legalRepresentative
        self.address = address
        self.phone = phone
        self.uscc = uscc
        self.website = website
    }
}
