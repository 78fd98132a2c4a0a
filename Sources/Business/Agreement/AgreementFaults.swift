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
    public static let repeatedDifferently = Fault.Code("agreement.repeated-differently", .conflict)
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
    public static let textTooLong = Fault.Code("agreement.text-too-long", .invalid)
}
