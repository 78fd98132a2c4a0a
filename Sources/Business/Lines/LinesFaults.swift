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
}
