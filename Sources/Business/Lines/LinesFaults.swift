public import Basics

extension Fault.Code {
    /// What was dialled or typed is not a number: 3 to 15 digits.
    public static let notANumber = Fault.Code("lines.not-a-number", .invalid)
    /// There is no such line, or it has ended.
    public static let unknownLine = Fault.Code("lines.unknown", .notFound)
    /// Somebody has the number, or had it until recently.
    public static let numberTaken = Fault.Code("lines.number-taken", .conflict)
    /// The number is not one that the provider gives out.
    public static let numberNotOffered = Fault.Code("lines.number-not-offered", .invalid)
    /// The pool of numbers is not one that can be: its ends do not fit together, or it holds an emergency number.
    public static let poolImpossible = Fault.Code("lines.pool-impossible", .invalid)
    /// The line has no such hold.
    public static let unknownHold = Fault.Code("lines.hold-unknown", .notFound)
    /// The hold was lifted already.
    public static let holdLifted = Fault.Code("lines.hold-lifted", .conflict)
    /// The line has as many holds as one line may have.
    public static let tooManyHolds = Fault.Code("lines.too-many-holds", .limited)
    /// A hold's reason or evidence is empty or too long.
    public static let holdText = Fault.Code("lines.hold-text", .invalid)
    /// A number is reserved for a time to come, and not for longer than `maximum` days.
    public static let reservationTooLong = Fault.Code("lines.reservation-too-long", .invalid)
    /// There is no such report of abuse, or it is another customer's.
    public static let unknownAbuseReport = Fault.Code("lines.abuse-unknown", .notFound)
    /// What is said in a report, an evidence or a finding is empty or longer than `maximum` bytes.
    public static let abuseWords = Fault.Code("lines.abuse-words", .invalid)
    /// The kind of abuse is not one of those that there are.
    public static let abuseCategory = Fault.Code("lines.abuse-category", .invalid)
    /// Nobody reports their own line.
    public static let abuseOfOneself = Fault.Code("lines.abuse-of-oneself", .invalid)
    /// The line has reported `maximum` times today.
    public static let tooManyAbuseReports = Fault.Code("lines.too-many-abuse-reports", .limited)
    /// The report has as much evidence as one may have.
    public static let tooMuchAbuseEvidence = Fault.Code("lines.too-much-abuse-evidence", .limited)
    /// A report with this id says something else.
    public static let abuseReportDiffers = Fault.Code("lines.abuse-differs", .conflict)
    /// The report was decided already.
    public static let abuseDecided = Fault.Code("lines.abuse-decided", .conflict)
    /// There is no such appeal, or it is another customer's.
    public static let unknownAppeal = Fault.Code("lines.appeal-unknown", .notFound)
    /// An appeal or its answer is empty.
    public static let appealWords = Fault.Code("lines.appeal-words", .invalid)
    /// An appeal or its answer has more than `maximum` characters.
    public static let appealTooLong = Fault.Code("lines.appeal-too-long", .invalid)
    /// The id is that of another appeal.
    public static let appealReused = Fault.Code("lines.appeal-reused", .conflict)
    /// The provider does not decide on this kind of hold.
    public static let appealElsewhere = Fault.Code("lines.appeal-elsewhere", .forbidden)
    /// An appeal against this hold waits for its answer.
    public static let appealOpen = Fault.Code("lines.appeal-open", .conflict)
    /// The hold was appealed against `maximum` times.
    public static let tooManyAppeals = Fault.Code("lines.too-many-appeals", .limited)
    /// Somebody has decided the appeal.
    public static let appealDecided = Fault.Code("lines.appeal-decided", .conflict)
}
