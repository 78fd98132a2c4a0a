public import Basics

extension Fault.Code {
    /// There is no such version of the agreement.
    public static let unknownVersion = Fault.Code("agreement.version-unknown", .notFound)
    /// No version has been published yet, so there is nothing to sign.
    public static let nothingPublished = Fault.Code("agreement.nothing-published", .conflict)
    /// A draft is being written already; there is one at a time.
    public static let draftExists = Fault.Code("agreement.draft-exists", .conflict)
    /// The version is published and can no longer change.
    public static let versionPublished = Fault.Code("agreement.version-published", .conflict)
    /// Somebody else saved the draft meanwhile.
    public static let draftChanged = Fault.Code("agreement.draft-changed", .conflict)
    /// The same id came before with other content.
    public static let otherContentUnderSameID = Fault.Code("agreement.repeated-differently", .conflict)
    /// Terms or wording cannot stand; `findings` counts what to mend.
    public static let versionRefused = Fault.Code("agreement.version-refused", .invalid)
    /// Terms are harsher than a regulation and nobody said that they are meant; `findings` counts them.
    public static let warningsNotConfirmed = Fault.Code("agreement.warnings-not-confirmed", .conflict)
    /// The customer has no agreement, or it is not the asker's.
    public static let unknownAgreement = Fault.Code("agreement.unknown", .notFound)
    /// The agreement was not in force on that day: a signature is missing or came later.
    public static let notInForce = Fault.Code("agreement.not-in-force", .conflict)
    /// What the database keeps of an agreement cannot be read.
    public static let damaged = Fault.Code("agreement.damaged", .defect)
    /// A text has more than `maximum` bytes.
    public static let wordingTooLong = Fault.Code("agreement.text-too-long", .invalid)
    /// A document has more than `maximum` bytes.
    public static let storedDocumentTooLarge = Fault.Code("agreement.document-too-large", .invalid)
    /// There is no document with this hash, or it was erased when the law said so.
    public static let unknownDocument = Fault.Code("agreement.document-unknown", .notFound)
    /// A customer's name, address or identity document is missing, so no agreement can be written.
    public static let partyIncomplete = Fault.Code("agreement.party-incomplete", .invalid)
    /// A newer version has been published, or annexes were added, since the document was made: make it anew.
    public static let documentOutdated = Fault.Code("agreement.document-outdated", .conflict)
    /// The customer has signed already.
    public static let alreadySigned = Fault.Code("agreement.already-signed", .conflict)
    /// The provider has sealed already.
    public static let alreadySealed = Fault.Code("agreement.already-sealed", .conflict)
    /// The key is no P-256 public key.
    public static let signingKey = Fault.Code("agreement.signing-key", .invalid)
    /// There is no such challenge for this customer and session, or it was used, replaced or timed out: begin again.
    public static let challengeOver = Fault.Code("agreement.challenge-over", .conflict)
    /// The signature does not belong to the document, the challenge and the key.
    public static let signatureWrong = Fault.Code("agreement.signature-wrong", .invalid)
    /// Signing was begun too often; `minutes` says how long to wait.
    public static let tooManyChallenges = Fault.Code("agreement.too-many-challenges", .limited)
    /// The file of the provider's seal cannot be read or written.
    public static let sealFile = Fault.Code("agreement.seal-file", .unavailable)
    /// The passphrase of the provider's seal is wrong or too short.
    public static let sealPassphrase = Fault.Code("agreement.seal-passphrase", .invalid)
    /// The provider's key cannot sign.
    public static let sealUnusable = Fault.Code("agreement.seal-unusable", .defect)
    /// The document names another seal than the one in use: make it anew.
    public static let sealChanged = Fault.Code("agreement.seal-changed", .conflict)
    /// The agreement has ended.
    public static let agreementEnded = Fault.Code("agreement.ended", .conflict)
    /// There are `maximum` annexes.
    public static let tooManyAnnexes = Fault.Code("agreement.too-many-annexes", .limited)
    /// There are `maximum` registered originals.
    public static let tooManyOriginals = Fault.Code("agreement.too-many-originals", .limited)
    /// A path inside a case file is empty, too long, climbs out, is taken twice or has characters that some systems do not bear.
    public static let casePath = Fault.Code("agreement.case-path", .invalid)
    /// A case holds more than `files` files or `bytes` bytes.
    public static let caseTooLarge = Fault.Code("agreement.case-too-large", .limited)
    /// A part of a case cannot be written.
    public static let caseUnreadable = Fault.Code("agreement.case-unreadable", .defect)
    /// The version is no later than the one in force: there is nothing to answer.
    public static let versionSuperseded = Fault.Code("agreement.version-superseded", .conflict)
    /// The window to object ended with `day`, or the matter is settled.
    public static let windowOver = Fault.Code("agreement.window-over", .conflict)
    /// The customer has objected to this version already.
    public static let alreadyObjected = Fault.Code("agreement.already-objected", .conflict)
    /// There is no such objection, or it is not the asker's.
    public static let unknownObjection = Fault.Code("agreement.objection-unknown", .notFound)
    /// The objection is settled.
    public static let objectionSettled = Fault.Code("agreement.objection-settled", .conflict)
    /// The words are missing.
    public static let wordsMissing = Fault.Code("agreement.words-missing", .invalid)
    /// The words hold a character that cannot be seen.
    public static let wordsCharacter = Fault.Code("agreement.words-character", .invalid)
    /// The negotiation has `maximum` messages.
    public static let tooManyMessages = Fault.Code("agreement.too-many-messages", .limited)
    /// There is no clause of this number.
    public static let unknownClause = Fault.Code("agreement.clause-unknown", .invalid)
    /// An interpretation holds from the day of its publication at the earliest.
    public static let interpretationInThePast = Fault.Code("agreement.interpretation-in-the-past", .invalid)
    /// The reminder of 民法典 art. 498 has not been confirmed.
    public static let reminderNotConfirmed = Fault.Code("agreement.reminder-not-confirmed", .conflict)
    /// The name or version of a software is not understood.
    public static let softwareName = Fault.Code("agreement.software-name", .invalid)
    /// The agreement is in force, so its documents stay.
    public static let agreementRuns = Fault.Code("agreement.runs", .conflict)
}
