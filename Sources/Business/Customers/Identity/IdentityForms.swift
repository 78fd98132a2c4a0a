/// What somebody typed about themselves, field by field, not yet looked at.
public struct PersonForm: Sendable, Equatable {
    /// The name as on the ID.
    public var legalName: String
    /// `1990-01-31`.
    public var birthDate: String
    /// The address.
    public var address: String
    /// Six digits.
    public var postcode: String
    /// An ``IDKind``.
    public var idKind: String
    /// The number of the ID.
    public var idNumber: String
    /// Where the person works; may be empty.
    public var employer: String
    /// The phone.
    public var phone: String
    /// Looked at where the person is under 18.
    public var guardian: GuardianForm

    /// Makes a form; everything is empty unless given.
    public init(
        legalName: String = "", birthDate: String = "", address: String = "", postcode: String = "",
        idKind: String = IDKind.residentID.rawValue, idNumber: String = "", employer: String = "", phone: String = "",
        guardian: GuardianForm = GuardianForm()
    ) {
        self.legalName = legalName
        self.birthDate = birthDate
        self.address = address
        self.postcode = postcode
        self.idKind = idKind
        self.idNumber = idNumber
        self.employer = employer
        self.phone = phone
        self.guardian = guardian
    }
}

/// What was typed about a minor's guardian.
public struct GuardianForm: Sendable, Equatable {
    /// The name as on the ID.
    public var legalName: String
    /// An ``IDKind``.
    public var idKind: String
    /// The number of the ID.
    public var idNumber: String
    /// The phone.
    public var phone: String
    /// The guardian agrees to the service.
    public var agrees: Bool
    /// The guardian agrees, separately, to a child's personal data being handled.
    public var agreesToChildData: Bool

    /// Makes a form; everything is empty unless given.
    public init(
        legalName: String = "", idKind: String = IDKind.residentID.rawValue, idNumber: String = "", phone: String = "",
        agrees: Bool = false, agreesToChildData: Bool = false
    ) {
        self.legalName = legalName
        self.idKind = idKind
        self.idNumber = idNumber
        self.phone = phone
        self.agrees = agrees
        self.agreesToChildData = agreesToChildData
    }
}

/// What was typed about an organisation.
public struct OrganisationForm: Sendable, Equatable {
    /// The full name as on the licence.
    public var fullName: String
    /// The unified social credit code.
    public var uscc: String
    /// The legal representative.
    public var legalRepresentative: String
    /// The address.
    public var address: String
    /// Six digits.
    public var postcode: String
    /// The phone.
    public var phone: String
    /// Who speaks for the organisation.
    public var contactName: String

    /// Makes a form; everything is empty unless given.
    public init(
        fullName: String = "", uscc: String = "", legalRepresentative: String = "", address: String = "", postcode: String = "",
        phone: String = "", contactName: String = ""
    ) {
        self.fullName = fullName
        self.uscc = uscc
        self.legalRepresentative = legalRepresentative
        self.address = address
        self.postcode = postcode
        self.phone = phone
        self.contactName = contactName
    }
}
