public import Basics

extension Fault.Code {
    /// The program that makes PDF files is not there or does not answer.
    public static let printerUnavailable = Fault.Code("paper.printer-unavailable", .unavailable)
}
