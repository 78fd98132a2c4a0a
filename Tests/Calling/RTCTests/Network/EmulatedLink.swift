import RTC

/// What a network does to datagrams in one direction.
struct LinkConditions {
    var delay = MonotonicTime.Interval.milliseconds(20)
    /// Added delay between zero and this; a datagram may overtake another only where `reorders` says so.
    var jitter = MonotonicTime.Interval.zero
    /// The Gilbert–Elliott model: loss in the good and in the bad state, and the chances to change between them per datagram.
    var loss = 0.0
    var burstLoss = 1.0
    var burstStart = 0.0
    var burstEnd = 0.3
    /// The chance that a datagram is held back for another delay.
    var reordering = 0.0
    var duplication = 0.0
    /// Bits per second of a bottleneck with a drop-tail queue; nil for none.
    var rate: Int64?
    var queueBytes = 64_000
    /// Nothing passes.
    var isBlackout = false

    static let clean = LinkConditions()
}

/// A seeded emulator of one direction of a network: datagrams in, datagrams out at their time, the same for the same seed.
struct EmulatedLink {
    struct Delivery {
        let time: MonotonicTime
        let order: Int
        let source: TransportAddress
        let destination: TransportAddress
        let bytes: [UInt8]
    }

    var conditions: LinkConditions
    private var random: RandomSource
    private var inFlight: [Delivery] = []
    private var isInBurst = false
    private var lineFree = MonotonicTime.zero
    private var latest = MonotonicTime.zero
    private var order = 0
    private(set) var sent = 0
    private(set) var lost = 0

    init(_ conditions: LinkConditions, seed: UInt64) {
        self.conditions = conditions
        random = .seeded(seed)
    }

    var deadline: MonotonicTime? { inFlight.first?.time }

    mutating func send(_ bytes: [UInt8], from source: TransportAddress, to destination: TransportAddress, now: MonotonicTime) {
        sent += 1
        if isLost() {
            lost += 1
            return
        }
        guard var departure = leaveQueue(bytes.count, now: now) else {
            lost += 1
            return
        }
        departure = departure + conditions.delay
        if conditions.jitter > .zero {
            departure = departure + .microseconds(Int64.random(in: 0...conditions.jitter.microseconds, using: &random))
        }
        if chance(conditions.reordering) {
            departure = departure + conditions.delay
        } else {
            departure = max(departure, latest)
            latest = departure
        }
        enqueue(bytes, source, destination, at: departure)
        if chance(conditions.duplication) { enqueue(bytes, source, destination, at: departure + .milliseconds(1)) }
    }

    mutating func receive(now: MonotonicTime) -> Delivery? {
        guard let first = inFlight.first, first.time <= now else { return nil }
        return inFlight.removeFirst()
    }

    private mutating func isLost() -> Bool {
        if conditions.isBlackout { return true }
        isInBurst = isInBurst ? !chance(conditions.burstEnd) : chance(conditions.burstStart)
        return chance(isInBurst ? conditions.burstLoss : conditions.loss)
    }

    /// When the bottleneck has sent it; nil when its queue is full.
    private mutating func leaveQueue(_ count: Int, now: MonotonicTime) -> MonotonicTime? {
        guard let rate = conditions.rate else { return now }
        let start = max(now, lineFree)
        let waitingBytes = (start - now).microseconds * rate / 8_000_000
        guard waitingBytes + Int64(count) <= Int64(conditions.queueBytes) else { return nil }
        lineFree = start + .microseconds(Int64(count) * 8_000_000 / rate)
        return lineFree
    }

    private mutating func enqueue(
        _ bytes: [UInt8], _ source: TransportAddress, _ destination: TransportAddress, at time: MonotonicTime
    ) {
        order += 1
        let delivery = Delivery(time: time, order: order, source: source, destination: destination, bytes: bytes)
        let place = inFlight.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
        inFlight.insert(delivery, at: place)
    }

    private mutating func chance(_ probability: Double) -> Bool {
        probability > 0 && Double.random(in: 0..<1, using: &random) < probability
    }
}
