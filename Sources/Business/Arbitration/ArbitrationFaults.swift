public import Basics

extension Fault.Code {
    /// The case has more of something than one file may hold.
    public static let caseTooLarge = Fault.Code("arbitration.case-too-large", .limited)
}
