internal import Basics
internal import Charging

/// One side's connection: its signalling and its media, and since when something of it is missing.
struct CallLink: Sendable {
    enum Media: Sendable { case never, up, lost }

    private(set) var media = Media.never
    private var signalLostAt: Timestamp?
    private var mediaMissingSince: Timestamp?

    mutating func loseSignal(_ now: Timestamp) { signalLostAt = signalLostAt ?? now }
    mutating func regainSignal() { signalLostAt = nil }

    /// A leg that has never been up is not lost, only still missing.
    mutating func loseMedia(_ now: Timestamp) {
        guard media == .up else { return }
        media = .lost
        mediaMissingSince = now
    }

    mutating func regainMedia() {
        media = .up
        mediaMissingSince = nil
    }

    /// From the answer on, media must be there.
    mutating func beginTalk(_ now: Timestamp) {
        if media != .up { mediaMissingSince = now }
    }

    /// The end of the grace for a lost signalling connection.
    var signalDeadline: Timestamp? { signalLostAt?.adding(seconds: CallsLimits.graceSeconds) }

    /// The end of the grace for whatever is missing, while talking.
    var deadline: Timestamp? {
        [signalDeadline, mediaMissingSince?.adding(seconds: CallsLimits.graceSeconds)].compactMap(\.self).min()
    }

    /// Before the answer only the signalling counts.
    func isLost(at now: Timestamp) -> Bool { signalDeadline.map { now >= $0 } ?? false }
}

/// Both sides.
struct CallLinks: Sendable {
    private var caller: CallLink
    private var callee: CallLink

    init(caller: CallLink, callee: CallLink) {
        self.caller = caller
        self.callee = callee
    }

    subscript(role: CallRole) -> CallLink { role == .caller ? caller : callee }

    mutating func change(_ role: CallRole, _ change: (inout CallLink) -> Void) {
        if role == .caller { change(&caller) } else { change(&callee) }
    }

    mutating func loseSignal(of role: CallRole?, _ now: Timestamp) {
        if let role { change(role) { $0.loseSignal(now) } }
    }

    mutating func regainSignal(of role: CallRole?) {
        if let role { change(role) { $0.regainSignal() } }
    }

    mutating func beginTalk(_ now: Timestamp) {
        caller.beginTalk(now)
        callee.beginTalk(now)
    }

    var deadline: Timestamp? { [caller.deadline, callee.deadline].compactMap(\.self).min() }

    /// The side whose grace is over; where both are, the one that went first.
    func lostRole(at now: Timestamp) -> CallRole? {
        let overdue = CallRole.allCases.compactMap { role in self[role].deadline.map { (role, $0) } }.filter { now >= $0.1 }
        return overdue.min { $0.1 < $1.1 }?.0
    }
}
