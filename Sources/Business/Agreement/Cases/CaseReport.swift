/// What the check of a case file found.
public struct CaseReport: Sendable, Equatable {
    /// Something that does not fit.
    public struct Misfit: Sendable, Equatable {
        /// The first byte of the file that does not fit, counted from 0.
        public var offset: Int
        /// Whether exactly this byte is wrong; false where it lies somewhere from here on to the end of the part.
        public var isExact: Bool
        /// What it belongs to: a path of the case, or the archive's own structure.
        public var part: String
    }

    /// What the case is about; nil when its manifest cannot be read.
    public var about: CaseSubject?
    /// Files whose hash is right.
    public var files: Int
    /// Entries of the journal whose link was recomputed.
    public var journalEntries: Int
    /// The provider's public key that signed it, in hexadecimal digits.
    public var seal: String?
    /// What does not fit; nil when all is right.
    public var misfit: Misfit?

    /// Whether all is right.
    public var isRight: Bool { misfit == nil }
}
