/// What verification found.
public struct JournalReport: Sendable, Equatable {
    /// What is wrong with an entry.
    public enum Break: String, Sendable {
        /// Its text, or its hash, is no longer what was sealed.
        case altered
        /// Its row, its link or the end of the chain is gone.
        case removed
        /// It was not written by ``appendJournal(_:in:)``: it is neither linked nor waiting to be, or its link is past the end.
        case inserted
        /// It was sealed at another position.
        case reordered
    }

    /// The first entry that is broken.
    public struct BrokenEntry: Sendable, Equatable {
        /// Its position in the chain; nil for an entry that is in none.
        public var position: Int64?
        /// Its id; nil when that went with it.
        public var entry: Int64?
        /// What is wrong with it.
        public var kind: Break

        package init(position: Int64?, entry: Int64?, kind: Break) {
            self.position = position
            self.entry = entry
            self.kind = kind
        }
    }

    /// Entries in the chain that were found right, up to the first broken one.
    public var sealed: Int64
    /// Entries that wait to be sealed: nothing can be said about them yet. Usually those of the last 200 ms.
    public var unsealed: Int64
    /// The hash of the last entry that was found right. Kept somewhere else, it proves later that nothing before it was changed.
    public var head: [UInt8]
    /// The first broken entry; nil when the journal is whole.
    public var broken: BrokenEntry?

    package init(sealed: Int64, unsealed: Int64, head: [UInt8], broken: BrokenEntry?) {
        self.sealed = sealed
        self.unsealed = unsealed
        self.head = head
        self.broken = broken
    }
}
