// The room's limits on everything from outside, each with a name.

/// The limits of gathering.
public enum ArbitrationLimits {
    /// Calls of one line in one case.
    public static let callsPerLine = 1_000_000
}
