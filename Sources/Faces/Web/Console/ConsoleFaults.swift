import Basics

// The codes that the console itself raises.
extension Fault.Code {
    /// A field of a form is empty.
    static let consoleMissing = Fault.Code("console.missing", .invalid)
    /// A field is not a day of the calendar.
    static let consoleDate = Fault.Code("console.date", .invalid)
    /// A number is outside of `minimum` to `maximum`.
    static let consoleRange = Fault.Code("console.range", .invalid)
    /// The member of the staff still has to pass the second factor.
    static let consoleSecondFactor = Fault.Code("console.second-factor", .unauthenticated)
}
