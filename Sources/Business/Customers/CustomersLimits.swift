// The room's limits on everything from outside, each with a name.

/// The limits of parties and their address books.
public enum CustomersLimits {
    /// Characters of a display name, as people count them.
    public static let nameCharacters = 1...40
    /// Unicode scalars of a display name: room for a combining mark or two per character, not for a tower of them.
    public static let nameScalars = 120
    /// Bytes of a name that are looked at at all.
    public static let nameBytes = 1024
    /// Contacts of one customer.
    public static let contacts = 500
    /// Characters of a search text.
    public static let searchCharacters = 64
}
