import Basics

// The codes that the console itself raises.
extension Fault.Code {
    /// A field of a form is empty.
    static let consoleMissing = Fault.Code("console.missing", .invalid)
    /// A field is not a day of the calendar.
    static let consoleDate = Fault.Code("console.date", .invalid)
    /// A number is outside of `minimum` to `maximum`.
    static let consoleRange = Fault.Code("console.range", .invalid)
    /// A rate that is no number of per mille with up to three decimals.
    static let consoleRate = Fault.Code("console.rate", .invalid)
    /// Something unusual has to be confirmed by a tick.
    static let consoleConfirm = Fault.Code("console.confirm", .invalid)
    /// A price per minute that is no whole number of micro-yuan per second.
    static let consoleMinute = Fault.Code("console.minute", .invalid)
    /// A field is not a month of the calendar.
    static let consoleMonth = Fault.Code("console.month", .invalid)
}
