/// Asks a sender for key frames: at most one request per 500 ms, at once when somebody joins, again until one comes.
public struct KeyFrameRequests: Sendable {
    private static let spacing = MonotonicTime.Interval.milliseconds(500)
    /// After this many unanswered requests only a new wish starts again: perhaps the camera is off.
    private static let attempts = 20

    private var attemptsLeft = 0
    private var isUrgent = false
    private var lastRequest: MonotonicTime?

    /// Nothing is wanted.
    public init() {}

    /// When `take` will say yes; nil when nothing is wanted.
    public var deadline: MonotonicTime? {
        guard attemptsLeft > 0 else { return nil }
        guard !isUrgent, let lastRequest else { return .zero }
        return lastRequest + Self.spacing
    }

    /// Somebody cannot decode.
    public mutating func want() {
        attemptsLeft = Self.attempts
    }

    /// Somebody has joined and sees nothing yet.
    public mutating func wantAtOnce() {
        want()
        isUrgent = true
    }

    /// Whether to send a request now.
    public mutating func take(now: MonotonicTime) -> Bool {
        guard let deadline, now >= deadline || isUrgent else { return false }
        attemptsLeft -= 1
        isUrgent = false
        lastRequest = now
        return true
    }

    /// What was wanted has come.
    public mutating func keyFrameArrived() {
        attemptsLeft = 0
        isUrgent = false
    }
}
