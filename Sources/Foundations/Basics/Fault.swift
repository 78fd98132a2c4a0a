/// The one error shape of the house: what went wrong as an extensible code, why in plain English, and where it was raised.
///
/// Two faults are equal when their codes are equal, so tests and callers match on the code and never on prose. The faces translate
/// `code` and `parameters` into the reader's language; `reason` is for logs and operators. It never holds a secret or personal data.
public struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
    /// An extensible, dotted code such as `charging.credit-exhausted`. Each room declares its codes in an extension.
    public struct Code: Hashable, Sendable {
        /// The dotted text, as it appears in problem+json and signalling messages.
        public let rawValue: String
        /// How a face answers: the class of the failure.
        public let kind: Kind

        /// Declares a code of a room.
        public init(_ rawValue: String, _ kind: Kind) {
            self.rawValue = rawValue
            self.kind = kind
        }
    }

    /// The class of a failure; faces map it to an HTTP status (RFC 9110 section 15) and the CLI to an exit code.
    public enum Kind: Sendable {
        /// The input is wrong: 400.
        case invalid
        /// Nobody is signed in: 401.
        case unauthenticated
        /// Signed in, but may not: 403.
        case forbidden
        /// There is no such thing, or the asker may not know of it: 404.
        case notFound
        /// It contradicts the present state: 409.
        case conflict
        /// A named limit is passed: 429.
        case limited
        /// Payment or credit is needed: 402.
        case payment
        /// Something outside is down, try again: 503.
        case unavailable
        /// Our own defect: 500.
        case defect
    }

    /// What went wrong.
    public let code: Code
    /// What, where and how to mend it, in English, without personal data.
    public let reason: String
    /// Values for the translated message, such as a field's name or a limit.
    public let parameters: [String: String]
    /// The file that raised it.
    public let file: String
    /// The line that raised it.
    public let line: Int

    /// Makes a fault; file and line are captured.
    @inline(never)
    public init(_ code: Code, _ reason: String, _ parameters: [String: String] = [:], file: String = #fileID, line: Int = #line) {
        self.code = code
        self.reason = reason
        self.parameters = parameters
        self.file = file
        self.line = line
    }

    /// Equality on the code alone.
    public static func == (a: Fault, b: Fault) -> Bool { a.code == b.code }

    /// `code: reason (file:line)`, for logs.
    public var description: String { "\(code.rawValue): \(reason) (\(file):\(line))" }
}
