/// An instant of a clock that only goes forward, in microseconds since an arbitrary start. The machines of this room are told the
/// time and never read a clock, so a test can run hours of a call in a moment.
public struct MonotonicTime: Hashable, Comparable, Sendable {
    /// Microseconds since the clock's start.
    public let microseconds: Int64

    /// The clock's start.
    public static let zero = MonotonicTime(microseconds: 0)

    /// An instant.
    @inlinable
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Earlier or later.
    @inlinable
    public static func < (a: MonotonicTime, b: MonotonicTime) -> Bool { a.microseconds < b.microseconds }
    /// The instant `interval` after `time`.
    @inlinable
    public static func + (time: MonotonicTime, interval: Interval) -> MonotonicTime {
        MonotonicTime(microseconds: time.microseconds &+ interval.microseconds)
    }
    /// The instant `interval` before `time`.
    @inlinable
    public static func - (time: MonotonicTime, interval: Interval) -> MonotonicTime {
        MonotonicTime(microseconds: time.microseconds &- interval.microseconds)
    }
    /// How long it is from `b` to `a`.
    @inlinable
    public static func - (a: MonotonicTime, b: MonotonicTime) -> Interval {
        Interval(microseconds: a.microseconds &- b.microseconds)
    }

    /// A length of time in microseconds.
    public struct Interval: Hashable, Comparable, Sendable {
        /// The length; negative when it points back.
        public let microseconds: Int64

        /// A length of microseconds.
        @inlinable
        public init(microseconds: Int64) { self.microseconds = microseconds }

        /// No time.
        public static let zero = Interval(microseconds: 0)
        /// Microseconds.
        @inlinable
        public static func microseconds(_ count: Int64) -> Interval { Interval(microseconds: count) }
        /// Milliseconds.
        @inlinable
        public static func milliseconds(_ count: Int64) -> Interval { Interval(microseconds: count &* 1_000) }
        /// Seconds.
        @inlinable
        public static func seconds(_ count: Int64) -> Interval { Interval(microseconds: count &* 1_000_000) }

        /// Whole milliseconds, towards zero.
        @inlinable
        public var milliseconds: Int64 { microseconds / 1_000 }

        /// Shorter or longer.
        @inlinable
        public static func < (a: Interval, b: Interval) -> Bool { a.microseconds < b.microseconds }
        /// Sum.
        @inlinable
        public static func + (a: Interval, b: Interval) -> Interval { Interval(microseconds: a.microseconds &+ b.microseconds) }
        /// Difference.
        @inlinable
        public static func - (a: Interval, b: Interval) -> Interval { Interval(microseconds: a.microseconds &- b.microseconds) }
        /// Multiple.
        @inlinable
        public static func * (a: Interval, count: Int64) -> Interval { Interval(microseconds: a.microseconds &* count) }
    }
}

extension MonotonicTime {
    /// The sooner of two deadlines, where nil means never.
    package static func soonest(_ a: MonotonicTime?, _ b: MonotonicTime?) -> MonotonicTime? {
        guard let a else { return b }
        guard let b else { return a }
        return min(a, b)
    }
}
