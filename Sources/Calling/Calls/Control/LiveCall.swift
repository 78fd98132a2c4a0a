internal import Basics
internal import Charging
internal import Lines
internal import Media
internal import Orders

/// One party of a live call, as the shell knows it.
struct LiveSide {
    let line: LineID
    /// How the other party sees it.
    var party: CallParty
    /// The device that dialled, or that answers.
    var device: DeviceID?
    /// The open media leg.
    var leg: LegID?
    /// The leg will not recover; the next offer opens a new one.
    var isLegDead = false
    /// The certificate of the device's last offer: another one means another page.
    var fingerprint: Substring?
    /// What earlier legs carried.
    var totals = LegTotals()
    /// The minute and the number of offers in it.
    var offers = (minute: Int64(0), count: 0)
}

/// A dial that met the other party's dial and became the answer to it.
struct FoldedDial {
    let call: CallID
    let device: DeviceID
    let to: String
    let kind: CallKind
    let sdp: String
}

/// A call while it lives in ``CallControl``; never leaves that actor.
final class LiveCall {
    let id: CallID
    let kind: CallKind
    let dialled: PhoneNumber
    let dialledAt: Timestamp
    var machine: CallMachine
    var caller: LiveSide
    var callee: LiveSide?

    var admission: Admission?
    var isRecorded = false
    var isAnswerRecorded = false
    var callerReady = false
    var rungAt: Timestamp?
    var answeredAt: Timestamp?
    var endedAt: Timestamp?
    var watch: CreditWatch?
    var operations = 0
    /// Offers of devices that want to answer.
    var answerOffers: [DeviceID: String] = [:]
    var folded: FoldedDial?
    /// How it ended for devices that no longer ring.
    var deviceOutcomes: [DeviceID: CallOutcome] = [:]
    /// Devices that were told that it stopped ringing.
    var stopped: Set<DeviceID> = []
    var isEndTold = false

    var books = WorkChain()
    var media = WorkChain()
    var timer: Task<Void, Never>?
    var timerAt: Timestamp?

    init(id: CallID, kind: CallKind, dialled: PhoneNumber, dialledAt: Timestamp, caller: LiveSide, device: DeviceID) {
        self.id = id
        self.kind = kind
        self.dialled = dialled
        self.dialledAt = dialledAt
        self.caller = caller
        machine = CallMachine(caller: device)
    }

    var isOver: Bool { machine.phase == .ended }

    func side(_ role: CallRole) -> LiveSide? { role == .caller ? caller : callee }

    func change(_ role: CallRole, _ change: (inout LiveSide) -> Void) {
        if role == .caller { return change(&caller) }
        guard var side = callee else { return }
        change(&side)
        callee = side
    }

    /// The part that a device plays, once it plays one.
    func role(of device: DeviceID) -> CallRole? {
        if caller.device == device { return .caller }
        return callee?.device == device ? .callee : nil
    }
}
