import NIOCore

// The room's limits on everything from outside, each with a name.

/// Limits of the HTTP side.
package enum WebLimits {
    /// Open connections of all kinds; beyond it new ones wait in the kernel's backlog.
    static let connections = 4_096
    /// A connection that has not sent its first request by then is closed.
    static let firstRequestDeadline = TimeAmount.seconds(15)
    /// A connection without a request in progress is closed after this silence.
    static let idleConnection = TimeAmount.seconds(60)
    /// A request's body must have arrived by then.
    static let bodyDeadline = Duration.seconds(15)
    /// The largest request body; the largest legitimate one is a contact.
    static let bodyBytes = 64 * 1024
    /// The largest single header field, and all of them together.
    static let headerFieldBytes = 8 * 1024
    static let headerListBytes = 32 * 1024
    static let headerFields = 100
    /// What somebody writes in their own words: an appeal, a report, a reason.
    static let wordsBytes = 8 * 1024
    /// A file must have arrived by then: 10 MB over 1 Mbit/s are 84 s.
    static let uploadDeadline = Duration.seconds(180)
    /// Files on their way at once; each is held whole until it is checked and sealed.
    static let uploadsAtOnce = 8
    /// Characters of a file's name that are looked at.
    static let fileNameCharacters = 200
    /// A fingerprint as somebody types it, with spaces.
    static let fingerprintCharacters = 256
    /// A file whose hash the server computes, and how long it may take to arrive.
    static let verifiedFileBytes = 32 * 1024 * 1024
    static let fileDeadline = Duration.seconds(120)
    /// The most entries one page of a list returns.
    static let pageSize = 200
    /// Addresses remembered by one rate limiter; the longest unused are forgotten first.
    package static let rateLimitedAddresses = 10_000
    /// Registrations that one address may try: a burst, then one per interval. Sign-ins are counted by Access.
    static let registerBurst = 20
    static let registersPerMinute = 6.0
    /// Other writing requests of one address.
    static let writeBurst = 60
    static let writesPerMinute = 240.0
    /// Events of payment providers from one address; each is checked by its signature before the books are touched.
    static let eventBurst = 2_000
    static let eventsPerMinute = 6_000.0
    /// How far the demo's clock may be moved at once: ten years.
    static let demoClockSeconds: Int64 = 10 * 366 * 86_400
}

/// Limits of the signalling socket.
enum SignallingLimits {
    /// The largest message, in bytes of UTF-8; an offer with every codec of a browser is below 16 KiB.
    static let messageBytes = 64 * 1024
    /// Frames that one fragmented message may have.
    static let fragments = 64
    /// Messages and control frames of one socket: a burst, then so many per second.
    static let messageBurst = 60
    static let messagesPerSecond = 20.0
    /// A socket that has not said hello by then is closed.
    static let helloDeadline = Duration.seconds(10)
    /// The server pings after this silence and closes when nothing arrives for the deadline.
    static let pingInterval = Duration.seconds(20)
    static let silenceDeadline = Duration.seconds(50)
    /// How long a closing handshake may take.
    static let closeDeadline = Duration.seconds(2)
    /// Events kept for a device until it acknowledges them.
    static let unacknowledgedEvents = 512
    static let unacknowledgedBytes = 512 * 1024
    /// How long a device's events are kept after its socket has closed.
    static let resumeWindow = Duration.seconds(60)
    /// Replies and pongs that may wait for a slow reader.
    static let replies = 128
    /// Signalling sessions in all, and of one principal.
    static let sessions = 8_192
    static let sessionsPerPrincipal = 16
    /// The longest device name shown to others, in characters.
    static let deviceNameLength = 64
}
