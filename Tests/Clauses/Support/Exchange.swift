import Basics
import Calls
import Charging
import Lines
import Logging
import Media
import Orders
import Synchronization
import Testing

/// Media that always works at once: scenarios are about what the parties owe each other, not about packets.
final class PerfectMedia: CallMedia {
    let events: AsyncStream<MediaEvent>
    private let sink: AsyncStream<MediaEvent>.Continuation

    init() { (events, sink) = AsyncStream.makeStream(of: MediaEvent.self) }

    func openLeg(_ leg: LegID, in call: MediaCallID, offer: String) async throws(Fault) -> String {
        sink.yield(.connected(leg))
        sink.yield(.mediaFlowing(leg))
        return "answer to \(offer)"
    }

    func renegotiate(_ leg: LegID, offer: String) async throws(Fault) -> String { "answer to \(offer)" }
    func bridge(_ a: LegID, _ b: LegID) async throws(Fault) -> BridgeOutcome { .ready }
    func closeLeg(_ leg: LegID) async -> LegTotals { LegTotals() }
}

/// The provider's call control in a world, with telephones.
struct Exchange {
    let world: World
    let control: CallControl

    /// Plays a scenario on both engines with call control running.
    static func play(_ scenario: @Sendable (World, Exchange) async throws -> Void) async throws {
        try await World.play { world in
            let control = CallControl(
                database: world.database, media: PerfectMedia(), clock: world.clock, zone: world.zone,
                logger: Logger(label: "clauses"))
            let running = Task { await control.run() }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await scenario(world, Exchange(world: world, control: control))) } catch {
                outcome = .failure(error)
            }
            running.cancel()
            try outcome.get()
        }
    }

    /// A telephone of a person that is switched on.
    func telephone(of person: Person, _ name: String = "phone") async throws -> Telephone {
        let telephone = Telephone(DeviceID(trusted: "\(person.line.number.digits)-\(name)"), control)
        _ = try await control.attach(device: telephone.device, line: person.line.id, channel: telephone)
        return telephone
    }

    /// A dials B, B answers; returns the call once both are told.
    func connect(_ caller: Telephone, _ callee: Telephone, number: PhoneNumber) async throws -> CallID {
        let call = try await caller.dial(number.grouped)
        _ = try await callee.hears("incoming") { if case .incoming(call, _, _) = $0 { true } else { false } }
        try await callee.accept(call)
        for telephone in [caller, callee] {
            _ = try await telephone.hears("connected") { if case .connected(call, _) = $0 { true } else { false } }
        }
        // The telephones are told before call control has set its timers; its next answer comes after.
        _ = await control.statistics()
        return call
    }

    /// Lets time pass in a call, up to a point at which the next slice is due, and waits until it is reserved: the payer is told the
    /// cost when the time has come and again when the slice is there.
    func pass(milliseconds: Int64, payer: Telephone) async throws {
        world.clock.advance(milliseconds: milliseconds)
        try await payer.hearsCost(times: 2, at: world.clock.now())
        _ = await control.statistics()
    }
}

/// One device of a scenario: it remembers what it is told.
final class Telephone: DeviceChannel {
    let device: DeviceID
    private let control: CallControl
    private let told = Mutex<[DeviceEvent]>([])

    init(_ device: DeviceID, _ control: CallControl) {
        self.device = device
        self.control = control
    }

    func deliver(_ event: DeviceEvent) { told.withLock { $0.append(event) } }

    var events: [DeviceEvent] { told.withLock { $0 } }

    func dial(_ number: String, _ kind: CallKind = .video) async throws(Fault) -> CallID {
        let call = CallID.random()
        try await control.handle(.dial(call, to: number, kind: kind, sdp: "offer"), from: device)
        return call
    }

    func accept(_ call: CallID, _ kind: CallKind = .video) async throws(Fault) {
        try await control.handle(.accept(call, kind: kind, sdp: "offer"), from: device)
    }

    func hangUp(_ call: CallID) async throws(Fault) { try await control.handle(.hangUp(call), from: device) }

    /// Waits for an event, told before or after; fails when none has come after ten seconds of real time.
    func hears(_ what: String, _ isIt: (DeviceEvent) -> Bool) async throws -> DeviceEvent {
        for _ in 0..<2_000 {
            if let event = events.first(where: isIt) { return event }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("\(device) never heard \(what), but \(events)")
        throw Silence()
    }

    /// Waits until the cost at an instant has been told some times.
    func hearsCost(times: Int, at instant: Timestamp) async throws {
        _ = try await hears("the cost at \(instant)") { _ in
            events.count { if case .charge(_, let cost) = $0 { cost.at == instant } else { false } } >= times
        }
    }

    /// Waits for the end of a call.
    func hearsEnd(of call: CallID) async throws -> CallEnded {
        let event = try await hears("the end of \(call)") { if case .ended(call, _) = $0 { true } else { false } }
        guard case .ended(_, let ended) = event else { throw Silence() }
        return ended
    }

    private struct Silence: Error {}
}
