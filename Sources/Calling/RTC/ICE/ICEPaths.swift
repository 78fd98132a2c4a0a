/// The addresses of the peer that have passed a check, the one we send to, and whether the peer still consents (RFC 7675).
struct ICEPaths {
    enum Event: Equatable {
        case selected(TransportAddress), consentLost, recovered
    }

    /// RFC 7675 section 5.1.
    static let consent = MonotonicTime.Interval.seconds(30)

    private struct Path {
        let address: TransportAddress
        var lastCheck: MonotonicTime
    }

    private var paths: [Path] = []
    private(set) var selected: TransportAddress?
    private(set) var isConsentLost = false
    private var consentEnds: MonotonicTime?
    private var events: [Event] = []

    init() { paths.reserveCapacity(RTCLimits.validAddresses) }

    /// Where to send: the selected address while the peer consents.
    var destination: TransportAddress? { isConsentLost ? nil : selected }
    /// Where to send before anything is selected: the address checked last.
    var provisional: TransportAddress? { selected ?? paths.max { $0.lastCheck < $1.lastCheck }?.address }
    var deadline: MonotonicTime? { consentEnds }

    /// Whether a packet from there may be looked at.
    func accepts(_ address: TransportAddress, now: MonotonicTime) -> Bool {
        for path in paths where path.address == address { return now - path.lastCheck < Self.consent }
        return false
    }

    /// An authenticated check or answer came from there.
    mutating func checked(_ address: TransportAddress, now: MonotonicTime) {
        if let index = paths.firstIndex(where: { $0.address == address }) {
            paths[index].lastCheck = now
        } else {
            if paths.count == RTCLimits.validAddresses { forgetOldest() }
            paths.append(Path(address: address, lastCheck: now))
        }
        guard address == selected else { return }
        consentEnds = now + Self.consent
        if isConsentLost {
            isConsentLost = false
            emit(.recovered)
        }
    }

    /// The controlling side wants to be reached there; the address has been checked.
    mutating func select(_ address: TransportAddress, now: MonotonicTime) {
        guard address != selected else { return }
        selected = address
        consentEnds = now + Self.consent
        emit(.selected(address))
        if isConsentLost {
            isConsentLost = false
            emit(.recovered)
        }
    }

    mutating func handleTimeout(now: MonotonicTime) {
        guard let consentEnds, consentEnds <= now else { return }
        self.consentEnds = nil
        isConsentLost = true
        emit(.consentLost)
    }

    mutating func pollEvent() -> Event? { events.isEmpty ? nil : events.removeFirst() }

    private mutating func emit(_ event: Event) {
        if events.count < RTCLimits.waitingEvents { events.append(event) }
    }

    private mutating func forgetOldest() {
        let others = paths.indices.filter { paths[$0].address != selected }
        if let oldest = others.min(by: { paths[$0].lastCheck < paths[$1].lastCheck }) { paths.remove(at: oldest) }
    }
}
