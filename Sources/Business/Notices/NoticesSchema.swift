public import Storage

/// The room's tables.
public enum NoticesSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = []
}
