// The room's limits on everything from outside, each with a name.

/// The limits of agreements, their texts and their files.
public enum AgreementLimits {
    /// Bytes of one wording: a clause, the preamble, the closing.
    public static let wordingBytes = 20_000
    /// Bytes of a title or a summary.
    public static let headingBytes = 2_000
    /// Bytes of a whole draft as it is kept.
    public static let draftBytes = 400_000
    /// Bytes of one of the provider's blanks.
    public static let blankBytes = 400
    /// Years of warranty that can be meant.
    public static let warrantyYears = 0...30
    /// Months of any term that can be meant.
    public static let months = 0...60
    /// The largest penalty that can be meant: a tenth a day.
    public static let latePaymentRate = DailyRate(perMille: 100)
    /// Bytes of one document.
    public static let documentBytes = 2 << 20
    /// Bytes of a public key from a browser.
    public static let keyBytes = 2048
    /// Bytes of the file of the provider's seal.
    public static let sealFileBytes: Int64 = 8192
    /// Bytes of the passphrase of the provider's seal.
    public static let passphraseBytes = 12...1024
    /// How long a customer has to sign after beginning to.
    public static let challengeSeconds: Int64 = 600
    /// Digits of a code.
    public static let codeDigits = 6
    /// Wrong codes for one challenge; after the last one it is over.
    public static let wrongCodes = 5
    /// Challenges of one agreement within an hour. With five codes each, an hour of guessing succeeds once in 20,000 times.
    public static let challengesPerHour: Int64 = 10
    /// Annexes of one agreement.
    public static let annexes = 2000
    /// Bytes of an annex's number.
    public static let annexNumberBytes = 1...64
    /// Fingerprints sealed in one transaction.
    public static let sealsPerBatch = 200
    /// Characters of a name on a seal.
    public static let sealCharacters = 40
    /// Registered PDF originals of one agreement, over all its states.
    public static let originals: Int64 = 200
    /// Bytes of a path inside a case file.
    public static let casePathBytes = 200
    /// Files of one case.
    public static let caseFiles = 10_000
    /// Bytes of all files of a case together.
    public static let caseBytes = 512 * 1024 * 1024
    /// Bytes of a whole case file that is looked at.
    public static let caseFileBytes = 640 * 1024 * 1024
    /// Bytes of an objection's reason, of a message of its negotiation, of an interpretation.
    public static let wordsBytes = 4_000
    /// Messages of one negotiation.
    public static let messages: Int64 = 500
    /// Agreements that one step of recording silence looks at.
    public static let agreementsPerStep = 200
    /// Days after its end in which an agreement is still looked at for silence that bound before.
    public static let daysAfterEnd: Int64 = 60
    /// Differences between two wordings before they are shown as replaced as a whole.
    public static let differences = 1_500
    /// Bytes of the name or version of a software.
    public static let softwareBytes = 1...64
}
