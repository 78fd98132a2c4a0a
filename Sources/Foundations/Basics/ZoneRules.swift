/// When a zone's local time changes: recorded changes, then a yearly rule for the time after them.
package struct ZoneRules: Sendable {
    /// A change of local time.
    struct Change: Sendable, Equatable {
        /// Seconds since the epoch from which on `offset` holds.
        var from: Int64
        /// Seconds ahead of UTC.
        var offset: Int64
    }

    private let first: Int64
    private let changes: [Change]
    private let tail: PosixZone?

    /// A zone whose clocks never change.
    package init(fixed offset: Int64) { self.init(first: offset, changes: [], tail: nil) }

    /// `first` holds before the first change, `tail` after the last one (the last change's offset when nil).
    init(first: Int64, changes: [Change], tail: PosixZone?) {
        self.first = first
        self.changes = changes
        self.tail = tail
    }

    func offset(at second: Int64) -> Int64 {
        guard let last = changes.last else { return tail?.offset(at: second) ?? first }
        if second >= last.from, let tail { return tail.offset(at: second) }
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].from <= second { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : changes[low - 1].offset
    }

    /// The first instant at which local clocks show `local` (seconds of a civil day count) or have jumped over it.
    func firstInstant(showing local: Int64) -> Int64 {
        // Local clocks are within a day of UTC, so the instant lies in these two days; in between, changes are where order may break.
        let earliest = local - 86_400
        let latest = local + 86_400
        var bounds = [earliest]
        bounds += changesBetween(earliest, latest)
        bounds.append(latest + 1)
        for (start, end) in zip(bounds, bounds.dropFirst()) {
            // Within a stretch the offset is constant: its clocks show start + offset up to end + offset.
            let candidate = max(start, local - offset(at: start))
            if candidate < end { return candidate }
        }
        return latest
    }

    private func changesBetween(_ start: Int64, _ end: Int64) -> [Int64] {
        let recorded = changes.lazy.map(\.from).filter { $0 > start && $0 <= end }
        let ruled = tail?.changesAround(start).filter { $0 > start && $0 <= end && $0 > (changes.last?.from ?? .min) } ?? []
        return Set(Array(recorded) + ruled).sorted()
    }
}
