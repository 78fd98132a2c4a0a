public import Basics
internal import Charging
internal import Customers
public import Lines
public import Logging
internal import Media
internal import Orders
public import Storage

/// Call control of one node: the shell around ``CallMachine``. It knows the attached devices and the live calls, turns commands, media
/// events and time into the machines' events, and performs their actions: media legs, charging, records, events to devices.
///
/// Everything that waits (database, media server) runs in two chains per call, so that the writes of one call keep their order and no
/// call waits for another.
public actor CallControl {
    /// An attached device.
    struct AttachedDevice {
        let line: LineID
        var channel: any DeviceChannel
        /// Since when its connection is away; nil while it is there.
        var awaySince: Timestamp?
        /// The call that it dialled or answered.
        var call: CallID?
    }

    let database: any Database
    let media: any CallMedia
    let clock: any ServiceClock
    let zone: BusinessZone
    let logger: Logger

    var devices: [DeviceID: AttachedDevice] = [:]
    var numbers: [LineID: PhoneNumber] = [:]
    var calls: [CallID: LiveCall] = [:]
    /// The calls that a line takes part in, and those that a number was dialled for.
    var callsOfLine: [LineID: Set<CallID>] = [:]
    var callsToNumber: [PhoneNumber: Set<CallID>] = [:]
    /// Ids of dials that were folded into another call.
    var aliases: [CallID: CallID] = [:]
    var legs: [LegID: (call: CallID, role: CallRole)] = [:]
    var isStopping = false

    /// Makes a call control; ``run()`` must run beside it.
    public init(
        database: any Database, media: any CallMedia, clock: any ServiceClock, zone: BusinessZone, logger: Logger
    ) {
        self.database = database
        self.media = media
        self.clock = clock
        self.zone = zone
        self.logger = logger
    }

    /// Attaches a device: first connection, resumption and reload alike. Returns the calls that it takes part in or rings for; every
    /// event delivered to the channel after this call was made is newer than that.
    public func attach(device: DeviceID, line lineID: LineID, channel: any DeviceChannel) async throws(Fault) -> [CallSnapshot] {
        guard !isStopping else { throw Fault(.shuttingDown, "the service is stopping") }
        let number = try await database.read { tx throws(Fault) in try line(lineID, in: tx).number }
        try checkMayAttach(device, lineID)
        numbers[lineID] = number
        devices[device] = AttachedDevice(line: lineID, channel: channel, awaySince: nil, call: devices[device]?.call)
        let own = liveCalls(of: lineID)
        let snapshots = own.compactMap { snapshot(of: $0, for: device) }
        for call in own {
            if call.role(of: device) != nil || call.machine.ringing.contains(device) {
                feed(call, .signalBack(device))
            } else if call.callee?.line == lineID {
                feed(call, .deviceArrived(device))
            }
        }
        return snapshots
    }

    /// The device's connection is gone. Its channel still gets events for ``CallsLimits/channelRetention``; its calls have their grace.
    public func detach(device: DeviceID) {
        guard var attached = devices[device], attached.awaySince == nil else { return }
        attached.awaySince = clock.now()
        devices[device] = attached
        for call in liveCalls(of: attached.line) where call.role(of: device) != nil || call.machine.ringing.contains(device) {
            feed(call, .signalLost(device))
        }
    }

    /// Does what a device asks. Throws what the face answers as `error`; results come as events.
    public func handle(_ command: DeviceCommand, from device: DeviceID) async throws(Fault) {
        guard let attached = devices[device] else { throw Fault(.notAttached, "the device is not attached; say hello first") }
        switch command {
        case .dial(let call, let to, let kind, let sdp):
            try checkSDP(sdp)
            try dial(call, to: to, kind: kind, sdp: sdp, from: device, of: attached.line)
        case .accept(let id, _, let sdp):
            try checkSDP(sdp)
            try accept(id, sdp: sdp, from: device, of: attached.line)
        case .decline(let id):
            guard let call = calls[id], call.callee?.line == attached.line else { return }
            feed(call, .declined(device))
        case .hangUp(let id):
            hangUp(id, from: device)
        case .offer(let id, let sdp):
            try checkSDP(sdp)
            try await renegotiate(id, sdp: sdp, from: device)
        }
    }

    // MARK: Helpers

    private func checkMayAttach(_ device: DeviceID, _ line: LineID) throws(Fault) {
        if let there = devices[device] {
            guard there.line == line || (there.awaySince != nil && there.call == nil) else {
                throw Fault(.deviceTaken, "the device is in use for another line")
            }
            if there.line != line { devices[device] = nil }
            return
        }
        let others = devices.filter { $0.value.line == line }
        guard others.count >= CallsLimits.devicesPerLine else { return }
        // A page that went away makes room for one that came.
        let oldest = others.filter { $0.value.awaySince != nil && $0.value.call == nil }
            .min { ($0.value.awaySince ?? clock.now()) < ($1.value.awaySince ?? clock.now()) }
        guard let oldest else {
            throw Fault(.tooManyDevices, "the line has too many devices", ["limit": "\(CallsLimits.devicesPerLine)"])
        }
        devices[oldest.key] = nil
    }

    private func checkSDP(_ sdp: String) throws(Fault) {
        guard (1...CallsLimits.sdpBytes).contains(sdp.utf8.count) else {
            throw Fault(.sdpTooLong, "an SDP has 1 to \(CallsLimits.sdpBytes) bytes")
        }
    }

    /// The calls of a line that are not over, oldest first.
    func liveCalls(of line: LineID) -> [LiveCall] {
        callsOfLine[line, default: []].compactMap { calls[$0] }.filter { !$0.isOver }
            .sorted { ($0.dialledAt, $0.id.rawValue) < ($1.dialledAt, $1.id.rawValue) }
    }

    /// The call that a device names, by its id or by that of a dial folded into it.
    func call(named id: CallID) -> LiveCall? { calls[aliases[id] ?? id] }

    /// The id by which a device knows a call.
    func name(of call: LiveCall, for device: DeviceID) -> CallID {
        if let folded = call.folded, folded.device == device { return folded.call }
        return call.id
    }

    func deliver(_ event: DeviceEvent, to device: DeviceID?) {
        guard let device else { return }
        devices[device]?.channel.deliver(event)
    }

    private func snapshot(of call: LiveCall, for device: DeviceID) -> CallSnapshot? {
        let role = call.role(of: device)
        guard role != nil || call.machine.ringing.contains(device) else { return nil }
        let direction: CallDirection = role == .caller ? .outgoing : .incoming
        guard let peer = role == .caller ? shownCallee(of: call) : call.caller.party else { return nil }
        let phase: CallPhase =
            switch call.machine.phase {
            case .checking, .ended: .trying
            case .ringing: .ringing
            case .connecting: .connecting
            case .talking: .connected
            }
        return CallSnapshot(
            call: name(of: call, for: device), state: phase, peer: peer, kind: call.kind, direction: direction,
            connectedAt: call.answeredAt, payer: role == .caller)
    }

    func shownCallee(of call: LiveCall) -> CallParty? {
        call.callee?.party ?? CallParty(number: call.dialled, name: nil)
    }
}
