// The room's limits on everything from outside, each with a name.

/// Limits and times of call control.
public enum CallsLimits {
    /// How long a call rings before it ends as not answered, in seconds.
    public static let ringSeconds: Int64 = 60
    /// How long a lost side may be away before the call ends as lost, in seconds.
    public static let graceSeconds: Int64 = 30
    /// How long a detached device still counts as ringable (its page reloads), in seconds.
    public static let absenceSeconds: Int64 = 5
    /// How long events go to the channel of a detached device, in seconds.
    public static let channelRetention: Int64 = 60
    /// How long the callee's media may take from accept to answer before the call fails, in seconds.
    public static let connectSeconds: Int64 = 15
    /// Devices of one line that may be attached at once.
    public static let devicesPerLine = 8
    /// Calls that one line may take part in at once (an incoming one is busy with the first).
    public static let callsPerLine = 4
    /// Calls on this node at once.
    public static let calls = 100_000
    /// The largest SDP in bytes.
    public static let sdpBytes = 64 * 1024
    /// The longest dialled text in bytes.
    public static let dialledBytes = 40
    /// Renegotiations of one leg per minute.
    public static let offersPerMinute = 60
    /// How long the word of a call's end waits for its settlement, in seconds.
    public static let endTellSeconds: Int64 = 2
    /// How often settling a call is tried before it is left to the sweep.
    public static let settleAttempts = 12
    /// The same while the service stops.
    public static let settleAttemptsAtStop = 2
    /// Seconds between two sweeps.
    public static let sweepSeconds: Int64 = 60
}
