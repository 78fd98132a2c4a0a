public import Basics

/// One file of a case.
public struct CaseItem: Sendable, Equatable {
    /// Its path inside the case, such as `agreement/document.html`.
    public let path: String
    /// What it holds.
    public let bytes: [UInt8]

    /// Names a file. A path is of letters, digits, `.`, `-` and `_`, in folders parted by `/`, and cannot climb out.
    public init(path: String, bytes: [UInt8]) throws(Fault) {
        guard Self.isAllowed(path) else {
            throw Fault(.casePath, "\(path.prefix(AgreementLimits.casePathBytes)) is no path for a case file")
        }
        self.path = path
        self.bytes = bytes
    }

    static func isAllowed(_ path: String) -> Bool {
        guard (1...AgreementLimits.casePathBytes).contains(path.utf8.count), path != CaseManifest.path else { return false }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".")
                && part.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
        }
    }
}

/// What a case is about.
public struct CaseSubject: Sendable, Equatable, Codable {
    /// The agreement's number.
    public let agreement: String
    /// The customer's id.
    public let customer: String
    /// When the file was made, in milliseconds since 1970 UTC.
    public let madeAt: Int64
    /// Who made it, as in the journal.
    public let madeBy: String

    /// Names the subject.
    public init(agreement: String, customer: String, madeAt: Timestamp, madeBy: String) {
        self.agreement = agreement
        self.customer = customer
        self.madeAt = madeAt.milliseconds
        self.madeBy = madeBy
    }
}
