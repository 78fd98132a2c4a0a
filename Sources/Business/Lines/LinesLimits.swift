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
    /// Whole business days for which a number rests before somebody else may have it.
    public static let numberRestDays: Int64 = 90
    /// Days for which a number may be reserved at a time.
    public static let reservationDays: Int64 = 40
    /// Bytes of a report of abuse, of a piece of evidence and of a finding.
    public static let abuseWordsBytes = 4_000
    /// Reports of one line within 24 hours.
    public static let abuseReportsPerDay = 20
    /// Pieces of evidence of one report.
    public static let abuseEvidence = 50
    /// Reports in one page of the queue.
    public static let abusePage = 50
    /// Days in which an appeal against a hold is answered (电信用户申诉处理办法).
    public static let appealDays: Int64 = 15
    /// Characters of an appeal and of its answer.
    public static let appealCharacters = 2_000
    /// Appeals against one hold.
    public static let appealsPerHold = 5
    /// Appeals in one page.
    public static let appealPage = 50
    /// Pages of the queue of appeals that can be turned to.
    public static let appealPages = 200
}
