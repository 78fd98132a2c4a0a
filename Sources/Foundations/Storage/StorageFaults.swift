public import Basics

extension Fault.Code {
    /// A row does not have the column or the type that the program expects.
    public static let schema = Fault.Code("storage.schema", .defect)
    /// The engine refused a statement: our own defect.
    public static let statement = Fault.Code("storage.statement", .defect)
    /// A row with this key is there already.
    public static let duplicate = Fault.Code("storage.duplicate", .conflict)
    /// A row refers to one that is not there.
    public static let missingReference = Fault.Code("storage.missing-reference", .conflict)
    /// A value breaks a CHECK or NOT NULL rule of its table.
    public static let refusedValue = Fault.Code("storage.refused-value", .invalid)
    /// Text from outside holds a NUL character, which no engine stores alike.
    public static let nulInText = Fault.Code("storage.nul-in-text", .invalid)
    /// The table is append-only.
    public static let appendOnly = Fault.Code("storage.append-only", .forbidden)
    /// Too much work waits, or a lock was not had in time: try again later.
    public static let busy = Fault.Code("storage.busy", .unavailable)
    /// The database cannot be reached or opened.
    public static let unreachable = Fault.Code("storage.unreachable", .unavailable)
    /// The connection broke while a commit was on its way, so nobody knows whether it happened. Repeat with the same ids.
    public static let outcomeUnknown = Fault.Code("storage.outcome-unknown", .unavailable)
    /// The disk is full or failing.
    public static let disk = Fault.Code("storage.disk", .unavailable)
    /// The database has been closed.
    public static let closed = Fault.Code("storage.closed", .unavailable)
    /// The address of the database is not understood.
    public static let address = Fault.Code("storage.address", .invalid)
    /// The database and the program's migrations do not fit together.
    public static let migration = Fault.Code("storage.migration", .conflict)
    /// The file of the vault's keys is missing, damaged or cannot be written.
    public static let vaultKeyFile = Fault.Code("storage.vault-key-file", .unavailable)
    /// Others than the owner may read the file of the vault's keys.
    public static let vaultKeyFileOpen = Fault.Code("storage.vault-key-file-open", .forbidden)
    /// There is a key file already, which is never overwritten.
    public static let vaultKeyFileThere = Fault.Code("storage.vault-key-file-there", .conflict)
    /// The vault does not have the key that sealed these bytes.
    public static let vaultKeyMissing = Fault.Code("storage.vault-key-missing", .unavailable)
    /// The key seals now and cannot be dropped.
    public static let vaultKeyCurrent = Fault.Code("storage.vault-key-current", .conflict)
    /// Sealed bytes were altered or moved to another place.
    public static let vaultDamaged = Fault.Code("storage.vault-damaged", .defect)
    /// The cipher refused to seal.
    public static let vaultSealing = Fault.Code("storage.vault-sealing", .defect)
    /// A serialisation conflict or deadlock; the engine runs the work again, callers never see it.
    package static let conflict = Fault.Code("storage.conflict", .unavailable)
}
