// The room's limits on everything from outside, each with a name.

/// The limits of numbers, devices and holds.
public enum LinesLimits {
    /// Numbers that a pool may hold.
    public static let poolNumbers: Int64 = 10_000_000
    /// Free numbers in one page.
    public static let freeNumbersPage = 60
    /// Numbers looked at for one page; in a nearly full pool a page may come out short and names where to go on.
    public static let freeNumbersScan: Int64 = 2_000
    /// Devices remembered for one line; the one unseen longest is forgotten when another comes.
    public static let devicesPerLine = 20
    /// Bytes of a device's name that are kept.
    public static let deviceNameBytes = 120
    /// How exactly a device's `last seen` is kept.
    public static let deviceSeenSeconds: Int64 = 60
    /// Bytes of a hold's reason code and of its evidence.
    public static let holdTextBytes = 200
    /// Holds in force on one line.
    public static let holdsPerLine = 50
}
