public import Basics

extension Fault.Code {
    /// There is no such version of the agreement.
    public static let unknownVersion = Fault.Code("agreement.version-unknown", .notFound)
}
