/// An instant in UTC milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored (POSIX time).
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch.
    public let milliseconds: Int64

    /// An instant from milliseconds since the epoch.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Order in time.
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
    /// Later by milliseconds.
    public func adding(milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: self.milliseconds + milliseconds) }
    /// Later by seconds.
    public func adding(seconds: Int64) -> Timestamp { adding(milliseconds: seconds * 1000) }
    /// Milliseconds from `other` to this instant; negative when this one is earlier.
    public func milliseconds(since other: Timestamp) -> Int64 { milliseconds - other.milliseconds }
}
