package import Basics
package import Lines

/// A place in a list of calls, newest first: the instant by which the list goes and the call, written `milliseconds_call`.
package struct CallCursor: Sendable {
    /// The instant in milliseconds.
    package let at: Int64
    /// The call.
    package let call: String

    private init(at: Int64, call: String) {
        self.at = at
        self.call = call
    }

    /// Before the first place.
    package static let start = CallCursor(at: .max, call: "")

    /// The place of a call.
    package init(_ call: CallID, at: Timestamp) { self.init(at: at.milliseconds, call: call.rawValue) }

    /// Reads a place that came from outside.
    package init(parsing text: String) throws(Fault) {
        let parts = text.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, let at = Int64(parts[0]), let call = CallID(String(parts[1])) else {
            throw Fault(.badCursor, "the cursor is not one that this service gave out")
        }
        self.init(at: at, call: call.rawValue)
    }

    /// As it is given out.
    package var text: String { "\(at)_\(call)" }
}
