public import Basics

extension Fault.Code {
    /// There is no such customer, or the asker is not theirs.
    public static let unknownCustomer = Fault.Code("customers.unknown", .notFound)
    /// The name is empty or only spaces.
    public static let nameEmpty = Fault.Code("customers.name-empty", .invalid)
    /// The name has more than `maximum` characters.
    public static let nameTooLong = Fault.Code("customers.name-too-long", .invalid)
    /// The name holds a character that cannot be seen or that misleads the eye; `character` names it, as in `U+202E`.
    public static let nameCharacter = Fault.Code("customers.name-character", .invalid)
    /// The principal stands for a customer already.
    public static let principalTaken = Fault.Code("customers.principal-taken", .conflict)
    /// The address book has no such contact.
    public static let unknownContact = Fault.Code("customers.contact-unknown", .notFound)
    /// The number is in the address book already.
    public static let contactNumberTaken = Fault.Code("customers.contact-number-taken", .conflict)
    /// The address book holds `maximum` contacts.
    public static let tooManyContacts = Fault.Code("customers.too-many-contacts", .limited)
    /// The language is not one of the house's.
    public static let unknownLanguage = Fault.Code("customers.unknown-language", .invalid)

    // Fields of a form

    /// A field that must be filled is empty.
    public static let missing = Fault.Code("customers.missing", .invalid)
    /// A text has more than `maximum` characters.
    public static let textTooLong = Fault.Code("customers.text-too-long", .invalid)
    /// The name is not written as on an ID: Chinese characters with · between parts, or Latin letters.
    public static let legalNameForm = Fault.Code("customers.legal-name", .invalid)
    /// The organisation's name is not a full name.
    public static let organisationNameForm = Fault.Code("customers.organisation-name", .invalid)
    /// The date is not a day of the calendar, as in 1990-01-31.
    public static let dateForm = Fault.Code("customers.date", .invalid)
    /// The birth date lies in the future.
    public static let birthInFuture = Fault.Code("customers.birth-in-future", .invalid)
    /// The birth date is more than `maximum` years ago.
    public static let birthTooLongAgo = Fault.Code("customers.birth-too-long-ago", .invalid)
    /// The birth date and the one in the ID's number differ.
    public static let birthDisagrees = Fault.Code("customers.birth-disagrees", .invalid)
    /// This kind of ID is not accepted.
    public static let unknownIDKind = Fault.Code("customers.id-kind", .invalid)
    /// A resident ID has 18 digits; the last may be X.
    public static let residentIDForm = Fault.Code("customers.resident-id", .invalid)
    /// A resident ID begins with the code of a province.
    public static let residentIDArea = Fault.Code("customers.resident-id-area", .invalid)
    /// The birth date within the resident ID is no day.
    public static let residentIDDate = Fault.Code("customers.resident-id-date", .invalid)
    /// The last character of the ID does not fit the others.
    public static let residentIDChecksum = Fault.Code("customers.resident-id-checksum", .invalid)
    /// A passport number has 5 to 12 letters and digits.
    public static let passportForm = Fault.Code("customers.passport", .invalid)
    /// H or M and eight digits.
    public static let hkMacauPermitForm = Fault.Code("customers.hk-macau-permit", .invalid)
    /// Eight or ten digits.
    public static let taiwanPermitForm = Fault.Code("customers.taiwan-permit", .invalid)
    /// Eighteen digits beginning with 9, or three letters and twelve digits.
    public static let foreignPermanentResidentForm = Fault.Code("customers.foreign-permanent-resident", .invalid)
    /// As 军字第2001988号.
    public static let militaryIDForm = Fault.Code("customers.military-id", .invalid)
    /// A unified social credit code has 18 digits and capitals without I, O, S, V, Z.
    public static let unifiedCodeForm = Fault.Code("customers.uscc", .invalid)
    /// The last character of the code does not fit the others.
    public static let unifiedCodeChecksum = Fault.Code("customers.uscc-checksum", .invalid)
    /// The address is too thin.
    public static let addressForm = Fault.Code("customers.address", .invalid)
    /// A postcode has six digits.
    public static let postcodeForm = Fault.Code("customers.postcode", .invalid)
    /// The phone is neither of the mainland nor written with a country's code.
    public static let phoneForm = Fault.Code("customers.phone", .invalid)
    /// A minor's guardian has not agreed.
    public static let guardianConsent = Fault.Code("customers.guardian-consent", .invalid)
    /// The guardian has not agreed to a child's data being handled.
    public static let childConsent = Fault.Code("customers.child-consent", .invalid)
    /// The guardian is under 18.
    public static let guardianMinor = Fault.Code("customers.guardian-minor", .invalid)
    /// The guardian's ID is the minor's own.
    public static let guardianIsChild = Fault.Code("customers.guardian-is-child", .invalid)

    // Verification

    /// There is no such verification, or the asker is not theirs.
    public static let unknownVerification = Fault.Code("customers.verification-unknown", .notFound)
    /// Somebody else changed the verification since it was read.
    public static let verificationChanged = Fault.Code("customers.verification-changed", .conflict)
    /// This cannot be done in the present state, which is `state`.
    public static let verificationState = Fault.Code("customers.verification-state", .conflict)
    /// `maximum` customers have this ID already.
    public static let identityLimit = Fault.Code("customers.identity-limit", .limited)
    /// The data cannot be taken without the consent named by `purpose`.
    public static let consentMissing = Fault.Code("customers.consent-missing", .invalid)
    /// With the reason `other` a note is needed.
    public static let noteMissing = Fault.Code("customers.note-missing", .invalid)
    /// The time for evidence is between `minimum` and `maximum` days.
    public static let evidenceDays = Fault.Code("customers.evidence-days", .invalid)
    /// A person does not become an organisation or the reverse.
    public static let identityKind = Fault.Code("customers.identity-kind", .conflict)
    /// Nothing was added since the request.
    public static let evidenceMissing = Fault.Code("customers.evidence-missing", .conflict)

    // Evidence

    /// The file is empty.
    public static let evidenceEmpty = Fault.Code("customers.evidence-empty", .invalid)
    /// The file has more than `maximum` MB.
    public static let evidenceTooLarge = Fault.Code("customers.evidence-too-large", .invalid)
    /// By its content the file is neither JPEG, PNG nor PDF.
    public static let evidenceFormat = Fault.Code("customers.evidence-format", .invalid)
    /// The file is damaged or not whole.
    public static let evidenceDamaged = Fault.Code("customers.evidence-damaged", .invalid)
    /// The file holds another kind of file, too.
    public static let evidenceMixed = Fault.Code("customers.evidence-mixed", .invalid)
    /// The picture has more than `maximum` million pixels.
    public static let pictureTooLarge = Fault.Code("customers.picture-too-large", .invalid)
    /// The PDF holds something that acts or carries files; `name` says what.
    public static let pdfActive = Fault.Code("customers.pdf-active", .invalid)
    /// The PDF is encrypted.
    public static let pdfEncrypted = Fault.Code("customers.pdf-encrypted", .invalid)
    /// The PDF packs its objects in a way that cannot be looked through.
    public static let pdfObjectStreams = Fault.Code("customers.pdf-packed", .invalid)
    /// The PDF hides objects.
    public static let pdfHidden = Fault.Code("customers.pdf-hidden", .invalid)
    /// There is no such copy, or it is somebody else's.
    public static let unknownEvidence = Fault.Code("customers.evidence-unknown", .notFound)
    /// The id is that of another copy.
    public static let evidenceReused = Fault.Code("customers.evidence-reused", .conflict)
    /// There are `maximum` copies already.
    public static let tooMuchEvidence = Fault.Code("customers.too-much-evidence", .limited)

    // Privacy

    /// The customer has given no data, or they are only kept by law.
    public static let noIdentity = Fault.Code("customers.no-identity", .notFound)
    /// None of the named data are there.
    public static let nothingToReveal = Fault.Code("customers.nothing-to-reveal", .invalid)
    /// The words that are agreed to have changed.
    public static let consentVersion = Fault.Code("customers.consent-version", .conflict)
    /// The service cannot be given without the consent to `purpose`.
    public static let consentRequired = Fault.Code("customers.consent-required", .conflict)
    /// There is no consent to `purpose` to withdraw.
    public static let consentNotGiven = Fault.Code("customers.consent-not-given", .conflict)
    /// The customer has given no such authorisation.
    public static let unknownAuthorisation = Fault.Code("customers.authorisation-unknown", .notFound)
    /// The id is that of another authorisation.
    public static let authorisationReused = Fault.Code("customers.authorisation-reused", .conflict)
    /// There are `maximum` authorisations already.
    public static let tooManyAuthorisations = Fault.Code("customers.too-many-authorisations", .limited)
    /// Without the customer's authorisation or a named law nothing is disclosed.
    public static let disclosureBasis = Fault.Code("customers.disclosure-basis", .forbidden)
    /// The authorisation is withdrawn, has run out, or is for other data or another recipient.
    public static let notAuthorised = Fault.Code("customers.not-authorised", .forbidden)
    /// The id is that of another disclosure.
    public static let disclosureReused = Fault.Code("customers.disclosure-reused", .conflict)
    /// The service has ended; data are only kept by law.
    public static let serviceEnded = Fault.Code("customers.service-ended", .conflict)
    /// The service runs; it has to end first.
    public static let serviceRuns = Fault.Code("customers.service-runs", .conflict)
    /// The law keeps identity data until `date`.
    public static let retentionRuns = Fault.Code("customers.retention-runs", .conflict)
}
