// The room's limits on everything from outside, each with a name.

/// The limits of parties, their data and their address books.
public enum CustomersLimits {
    /// Characters of a display name, as people count them.
    public static let nameCharacters = 1...40
    /// Unicode scalars of a display name: room for a combining mark or two per character, not for a tower of them.
    public static let nameScalars = 120
    /// Bytes of a name that are looked at at all.
    public static let nameBytes = 1024
    /// Contacts of one customer.
    public static let contacts = 500
    /// Characters of a search text.
    public static let searchCharacters = 64

    // Identity

    /// Bytes of one field of a form that are looked at at all.
    public static let fieldBytes = 1024
    /// Characters of a person's name as on the ID; passports print at most 39 for each of two parts.
    public static let legalNameCharacters = 2...80
    /// Letters (at least) and characters (at most) of an organisation's full name.
    public static let organisationNameCharacters = 2...120
    /// Characters of an address.
    public static let addressCharacters = 5...200
    /// From this age on people act for themselves (民法典 art. 17).
    public static let adultYears = 18
    /// Below this age the guardian agrees separately to the data being handled (个人信息保护法 art. 31).
    public static let childYears = 14
    /// The oldest that somebody can be.
    public static let oldestYears = 130
    /// Customers with the same ID (反电信网络诈骗法 art. 10 limits the numbers of one person).
    public static let customersPerIdentity = 5

    // Verification

    /// Days that a customer is given for evidence.
    public static let evidenceDays = 1...60
    /// Characters of the note to the customer.
    public static let noteCharacters = 500
    /// Verifications in one page of the queue.
    public static let queuePage = 50
    /// Verifications that one step of the daily close looks at.
    public static let stepRows = 200
    /// Years between two looks at verified data (电话用户真实身份信息登记规定 asks for one a year).
    public static let recheckYears: Int64 = 1

    // Evidence

    /// Bytes of one file.
    public static let evidenceBytes = 10 << 20
    /// Files of one verification.
    public static let evidenceFiles = 10
    /// Characters of a file's name that are kept.
    public static let fileNameCharacters = 100
    /// Pixels along one side of a picture.
    public static let pictureSide = 16_384
    /// Pixels of a picture: more would be a bomb for whoever opens it.
    public static let picturePixels = 64_000_000
    /// Parts of a picture file (JPEG segments, PNG chunks).
    public static let pictureParts = 20_000
    /// Objects of a PDF that are looked at.
    public static let pdfObjects = 50_000
    /// Bytes that the packed objects of a PDF may unpack to, all together.
    public static let pdfUnpackedBytes = 32 << 20

    // Privacy

    /// Characters of a recipient, a purpose of an authorisation or the words of a legal basis.
    public static let disclosureCharacters = 200
    /// Authorisations of one customer.
    public static let authorisations = 200
    /// Entries in one page of the access log.
    public static let accessLogPage = 100
    /// Years that identity data are kept after the service has ended (电话用户真实身份信息登记规定).
    public static let identityYears: Int64 = 2
    /// Years that records of the handling of personal data are kept after the service has ended (个人信息保护法 art. 56).
    public static let recordYears: Int64 = 3
    /// Months that call records are kept at least (clause 6).
    public static let callMonths: Int64 = 5
    /// Years that invoices and what they rest on are kept (会计档案管理办法).
    public static let bookYears: Int64 = 30

    // Search

    /// Customers in one page of a search.
    public static let searchPage = 50
    /// Pages of a search that can be turned to.
    public static let searchPages = 200
}
