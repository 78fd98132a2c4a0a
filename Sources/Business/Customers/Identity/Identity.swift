public import Basics

/// What a customer is.
public enum PartyKind: String, Sendable, CaseIterable, Codable {
    /// A natural person.
    case person
    /// A company or another organisation.
    case organisation
}

/// The document that proves who a person is (电话用户真实身份信息登记规定 art. 7).
public enum IDKind: String, Sendable, CaseIterable, Codable {
    /// 居民身份证, and the 居民居住证 of people from Hong Kong, Macau and Taiwan, which is numbered alike (GB 11643).
    case residentID = "resident-id"
    /// 护照.
    case passport
    /// 港澳居民来往内地通行证.
    case hkMacauPermit = "hk-macau-permit"
    /// 台湾居民来往大陆通行证.
    case taiwanPermit = "taiwan-permit"
    /// 外国人永久居留身份证.
    case foreignPermanentResident = "foreign-permanent-resident"
    /// 军人或武警身份证件.
    case militaryID = "military-id"
}

/// Who a customer is, as clause 1 asks and as the forms' rules have checked it. Stored sealed; never in the journal, never in a log.
public enum Identity: Sendable, Equatable {
    /// A person.
    case person(PersonIdentity)
    /// An organisation.
    case organisation(OrganisationIdentity)

    /// Which of the two.
    public var kind: PartyKind {
        switch self {
        case .person: .person
        case .organisation: .organisation
        }
    }

    /// The legal name: a person's, or an organisation's full name.
    public var legalName: String {
        switch self {
        case .person(let person): person.legalName
        case .organisation(let organisation): organisation.fullName
        }
    }

    /// The number of the ID, or the unified social credit code.
    public var number: String {
        switch self {
        case .person(let person): person.idNumber
        case .organisation(let organisation): organisation.uscc
        }
    }

    /// The phone where the customer is reached outside this service.
    public var phone: String {
        switch self {
        case .person(let person): person.phone
        case .organisation(let organisation): organisation.phone
        }
    }
}

/// A person's data. Made only by ``checkPerson(_:on:)``, so that what is there is checked.
public struct PersonIdentity: Sendable, Equatable {
    /// The name as on the ID.
    public let legalName: String
    /// The day of birth.
    public let birthDate: BusinessDate
    /// The address.
    public let address: String
    /// Six digits.
    public let postcode: String
    /// Which document.
    public let idKind: IDKind
    /// Its number, in capitals without spaces.
    public let idNumber: String
    /// Where the person works; nil where they do not say.
    public let employer: String?
    /// `13800138000`, `01066668888` or `+85251234567`.
    public let phone: String
    /// Who answers for a person under 18.
    public let guardian: Guardian?
}

/// The guardian of a minor (民法典 art. 27) and what they agreed to.
public struct Guardian: Sendable, Equatable {
    /// The name as on the ID.
    public let legalName: String
    /// Which document.
    public let idKind: IDKind
    /// Its number.
    public let idNumber: String
    /// The phone.
    public let phone: String
    /// Whether they also agreed, separately, to a child's data being handled (个人信息保护法 art. 31); asked below 14.
    public let agreedToChildData: Bool
}

/// An organisation's data. Made only by ``checkOrganisation(_:)``.
public struct OrganisationIdentity: Sendable, Equatable {
    /// The full name as on the licence.
    public let fullName: String
    /// The unified social credit code (GB 32100).
    public let uscc: String
    /// The legal representative.
    public let legalRepresentative: String
    /// The address.
    public let address: String
    /// Six digits.
    public let postcode: String
    /// The phone.
    public let phone: String
    /// Who speaks for the organisation.
    public let contactName: String
}
