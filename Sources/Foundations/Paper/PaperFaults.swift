public import Basics

extension Fault.Code {
    /// The program that makes PDF files is not there or does not answer.
    public static let printerUnavailable = Fault.Code("paper.printer-unavailable", .unavailable)
    /// More documents wait than one press can make in reasonable time.
    public static let printerBusy = Fault.Code("paper.printer-busy", .unavailable)
    /// The document took longer than ``PaperLimits/documentSeconds``.
    public static let documentTooSlow = Fault.Code("paper.document-too-slow", .unavailable)
    /// The document, its PDF or a code's text is larger than its limit.
    public static let documentTooLarge = Fault.Code("paper.document-too-large", .invalid)
    /// The document cannot be made into a PDF: it asks for something outside itself, or is not what the press understands.
    public static let documentRefused = Fault.Code("paper.document-refused", .invalid)
}
