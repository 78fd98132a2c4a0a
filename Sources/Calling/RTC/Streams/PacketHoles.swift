/// The holes in a source's numbers and when to ask for them again: a ring of the last `RTCLimits.nackWindow` packets.
struct PacketHoles: Sendable {
    private enum State: UInt8 {
        case unknown, received, missing
    }

    /// Eight bytes a packet.
    private struct Slot {
        var state = State.unknown
        var requests: UInt8 = 0
        /// When it was missed or asked for last, in milliseconds; it wraps.
        var at: UInt32 = 0
    }

    /// A packet this late is probably only reordered.
    private static let patience = MonotonicTime.Interval.milliseconds(5)
    /// However short the way, the sender is not asked for the same packet more often.
    private static let leastSpacing = MonotonicTime.Interval.milliseconds(20)
    private static let mask = Int64(RTCLimits.nackWindow - 1)

    private var slots = [Slot](repeating: Slot(), count: RTCLimits.nackWindow)
    private var newest: Int64 = 0
    /// Nothing below it is missing.
    private var lowest: Int64 = 0
    private var missingCount = 0
    private var hasGivenUp = false
    private(set) var recoveredCount = 0
    /// When something missing is due.
    private var due: MonotonicTime?

    /// When to ask, or at once when something was given up and nobody knows yet.
    var deadline: MonotonicTime? { hasGivenUp ? .zero : due }

    mutating func begin(at sequence: Int64) {
        forget(sequence)
        self[sequence] = Slot(state: .received)
    }

    /// A packet newer than all has come; those between are missing.
    mutating func advance(from newest: Int64, to sequence: Int64, now: MonotonicTime) {
        if sequence - newest > Int64(RTCLimits.nackGap) {
            forget(sequence)
            hasGivenUp = true
        } else {
            let missed = Slot(state: .missing, at: Self.milliseconds(now))
            for between in newest + 1..<sequence { replace(between, by: missed) }
            if sequence > newest + 1 {
                if missingCount == 0 { lowest = newest + 1 }
                missingCount += Int(sequence - newest - 1)
                due = MonotonicTime.soonest(due, now + Self.patience)
            }
        }
        replace(sequence, by: Slot(state: .received))
        self.newest = sequence
    }

    /// An older packet has come; false when it was there already.
    mutating func fill(_ sequence: Int64) -> Bool {
        let state = self[sequence].state
        guard state != .received else { return false }
        self[sequence].state = .received
        guard state == .missing else { return true }
        missingCount -= 1
        recoveredCount += 1
        if missingCount == 0 { due = nil }
        return true
    }

    mutating func ask(
        into writer: inout RTCPWriter, sender: UInt32, media: UInt32, now: MonotonicTime, roundTrip: MonotonicTime.Interval
    ) -> Int {
        guard missingCount > 0, let due, now >= due else { return 0 }
        let spacing = UInt32(clamping: max(Self.leastSpacing, roundTrip).milliseconds)
        let patience = UInt32(clamping: Self.patience.milliseconds)
        let time = Self.milliseconds(now)
        var asked = 0
        var firstMissing: Int64?
        var soonest = UInt32.max
        for sequence in max(lowest, newest - Self.mask)...newest where self[sequence].state == .missing {
            let slot = self[sequence]
            let wait = slot.requests == 0 ? patience : spacing
            let waited = time &- slot.at
            if waited < wait {
                soonest = min(soonest, wait - waited)
            } else if slot.requests >= RTCLimits.nackRetries {
                giveUp(sequence)
                continue
            } else if writer.nack(UInt16(truncatingIfNeeded: sequence), sender: sender, media: media) {
                self[sequence].requests += 1
                self[sequence].at = time
                asked += 1
                soonest = min(soonest, spacing)
            } else {
                // The datagram is full: the rest goes into the next one.
                soonest = 0
            }
            firstMissing = firstMissing ?? sequence
        }
        lowest = firstMissing ?? newest
        self.due = missingCount > 0 ? now + .milliseconds(Int64(soonest)) : nil
        return asked
    }

    mutating func takeGivenUp() -> Bool {
        defer { hasGivenUp = false }
        return hasGivenUp
    }

    /// Puts a new packet where one that is a window older was; if that is still missing, it is given up.
    private mutating func replace(_ sequence: Int64, by slot: Slot) {
        if self[sequence].state == .missing { giveUp(sequence) }
        self[sequence] = slot
    }

    private mutating func giveUp(_ sequence: Int64) {
        self[sequence].state = .unknown
        missingCount -= 1
        if missingCount == 0 { due = nil }
        hasGivenUp = true
    }

    private mutating func forget(_ sequence: Int64) {
        for index in slots.indices { slots[index] = Slot() }
        newest = sequence
        lowest = sequence
        missingCount = 0
        due = nil
    }

    private static func milliseconds(_ time: MonotonicTime) -> UInt32 { UInt32(truncatingIfNeeded: time.microseconds / 1000) }

    private subscript(_ sequence: Int64) -> Slot {
        get { slots[Int(sequence & Self.mask)] }
        set { slots[Int(sequence & Self.mask)] = newValue }
    }
}
