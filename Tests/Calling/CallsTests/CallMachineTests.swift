import Basics
import Calls
import Charging
import Foundation
import Lines
import Testing

private let a = DeviceID(trusted: "A")
private let b1 = DeviceID(trusted: "B1")
private let b2 = DeviceID(trusted: "B2")
private let b3 = DeviceID(trusted: "B3")
private let start = Timestamp(milliseconds: 1_795_406_400_000)

/// One row of the README's table: the events that lead to the state, the event, what is to be done, where the call stands then.
private struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let before: [Step]
    let event: Step
    let actions: [CallAction]
    let phase: CallMachinePhase

    var testDescription: String { id }

    init(_ id: String, _ before: [Step], _ event: Step, _ actions: [CallAction], _ phase: CallMachinePhase) {
        self.id = id
        self.before = before
        self.event = event
        self.actions = actions
        self.phase = phase
    }
}

/// An event and the second at which it happens.
private struct Step: Sendable {
    let event: CallEvent
    let second: Double

    init(_ event: CallEvent, at second: Double = 0) {
        self.event = event
        self.second = second
    }
}

private func end(
    _ outcome: CallOutcome, by role: CallRole? = nil, _ devices: [DeviceID: CallOutcome] = [:], free: Bool = false
) -> CallAction {
    .end(CallEnding(outcome: outcome, by: role, devices: devices, isFree: free))
}

private func both(_ outcome: CallOutcome) -> [DeviceID: CallOutcome] { [b1: outcome, b2: outcome] }
private func stopBoth(_ reason: StopReason) -> [CallAction] { [.stopRinging(b1, reason), .stopRinging(b2, reason)] }

private let ringing = [Step(.admitted([b1, b2]))]
private let connecting = ringing + [Step(.accepted(b1))]
private let answered = connecting + [Step(.calleeReady)]
private let talking = answered + [Step(.mediaBack(.caller)), Step(.mediaBack(.callee))]
private let ringAll: [CallAction] = [.ring(b1), .ring(b2), .tellRinging]

private let checkingRows = [
    Row("C1", [], Step(.admitted([b1, b2])), ringAll, .ringing),
    Row("C2", [], Step(.admitted([])), [end(.unreachable)], .ended),
    Row("C3", [], Step(.refused(.busy)), [end(.busy)], .ended),
    Row("C4", [], Step(.hungUp(.caller)), [end(.cancelled, by: .caller)], .ended),
    Row("C5", [], Step(.mediaFailed(.caller)), [end(.failed)], .ended),
    Row("C6", [], Step(.accepted(b1)), [], .checking),
    Row("C7", [Step(.accepted(b1))], Step(.admitted([b1, b2])), [.joinMedia(b1)], .connecting),
    Row("C8", [Step(.accepted(b1)), Step(.declined(b1))], Step(.admitted([b1, b2])), ringAll, .ringing),
    Row("C9", [Step(.signalLost(a))], Step(.tick, at: 30), [end(.lost, by: .caller)], .ended),
    Row("C10", [Step(.signalLost(a)), Step(.signalBack(a), at: 29)], Step(.tick, at: 30), [], .checking),
    Row("C11", [], Step(.shutDown), [end(.failed)], .ended),
]

private let ringingRows = [
    Row("R1", ringing, Step(.accepted(b1)), [.stopRinging(b2, .answeredElsewhere), .joinMedia(b1)], .connecting),
    Row(
        "R2", ringing, Step(.declined(b1)), [.stopRinging(b2, .declinedElsewhere), end(.declined, by: .callee, both(.declined))],
        .ended),
    Row("R3", ringing, Step(.declined(b3)), [], .ringing),
    Row("R4", ringing, Step(.hungUp(.caller)), stopBoth(.cancelled) + [end(.cancelled, by: .caller, both(.cancelled))], .ended),
    Row("R5", ringing, Step(.tick, at: 59.999), [], .ringing),
    Row("R6", ringing, Step(.tick, at: 60), stopBoth(.noAnswer) + [end(.noAnswer, both(.noAnswer))], .ended),
    Row("R7", ringing, Step(.deviceArrived(b3)), [.ring(b3)], .ringing),
    Row("R8", ringing, Step(.deviceArrived(b1)), [], .ringing),
    Row(
        "R9", ringing + [Step(.signalLost(b1)), Step(.signalLost(b2))], Step(.tick, at: 5),
        stopBoth(.failed) + [end(.unreachable, both(.unreachable))], .ended),
    Row("R10", ringing + [Step(.signalLost(b1))], Step(.tick, at: 5), [], .ringing),
    Row(
        "R11", ringing + [Step(.signalLost(b1)), Step(.signalLost(b2)), Step(.signalBack(b1), at: 4)], Step(.tick, at: 5), [],
        .ringing),
    Row(
        "R12", ringing + [Step(.signalLost(a))], Step(.tick, at: 30),
        stopBoth(.cancelled) + [end(.lost, by: .caller, both(.lost))], .ended),
    Row("R13", ringing + [Step(.signalLost(a)), Step(.signalBack(a), at: 29)], Step(.tick, at: 30), [], .ringing),
    Row("R14", ringing, Step(.mediaFailed(.caller)), stopBoth(.failed) + [end(.failed, both(.failed))], .ended),
    Row("R15", ringing + [Step(.mediaBack(.caller))], Step(.mediaLost(.caller)), [], .ringing),
    Row("R16", ringing, Step(.shutDown), stopBoth(.failed) + [end(.failed, both(.failed))], .ended),
]

private let connectingRows = [
    Row("J1", connecting, Step(.calleeReady), [.connect(b1)], .talking),
    Row("J2", connecting, Step(.accepted(b2)), [.stopRinging(b2, .answeredElsewhere)], .connecting),
    Row("J3", connecting, Step(.hungUp(.caller)), [end(.cancelled, by: .caller, [b1: .cancelled])], .ended),
    Row("J4", connecting, Step(.hungUp(.callee)), [end(.declined, by: .callee, [b1: .declined])], .ended),
    Row("J5", connecting, Step(.mediaFailed(.callee)), [end(.failed, [b1: .failed])], .ended),
    Row("J6", connecting, Step(.tick, at: 14.999), [], .connecting),
    Row("J7", connecting, Step(.tick, at: 15), [end(.failed, [b1: .failed])], .ended),
    Row(
        "J8",
        connecting + [Step(.signalLost(b1)), Step(.mediaBack(.caller)), Step(.mediaBack(.callee)), Step(.calleeReady, at: 1)],
        Step(.tick, at: 30), [end(.lost, by: .callee, [b1: .lost])], .ended),
    Row("J9", connecting, Step(.shutDown), [end(.failed, [b1: .failed])], .ended),
]

private let talkingRows = [
    Row("T1", talking, Step(.hungUp(.caller)), [end(.hungUp, by: .caller, [b1: .hungUp])], .ended),
    Row("T2", talking, Step(.hungUp(.callee)), [end(.hungUp, by: .callee, [b1: .hungUp])], .ended),
    Row("T3", talking, Step(.creditCut), [end(.credit, [b1: .credit])], .ended),
    Row("T4", talking, Step(.chargingFailed), [end(.failed, [b1: .failed])], .ended),
    Row("T5", talking + [Step(.signalLost(a))], Step(.tick, at: 29.999), [], .talking),
    Row("T6", talking + [Step(.signalLost(a))], Step(.tick, at: 30), [end(.lost, by: .caller, [b1: .lost])], .ended),
    Row("T7", talking + [Step(.signalLost(a)), Step(.signalBack(a), at: 29)], Step(.tick, at: 30), [], .talking),
    Row(
        "T8", talking + [Step(.signalLost(b1)), Step(.signalLost(a), at: 10)], Step(.tick, at: 30),
        [end(.lost, by: .callee, [b1: .lost])], .ended),
    Row("T9", talking, Step(.mediaLost(.callee)), [.tellPeer(.caller, .reconnecting)], .talking),
    Row("T10", talking + [Step(.mediaLost(.callee))], Step(.mediaBack(.callee), at: 5), [.tellPeer(.caller, .back)], .talking),
    Row("T11", talking + [Step(.mediaLost(.callee))], Step(.mediaLost(.callee), at: 5), [], .talking),
    Row(
        "T12", talking + [Step(.mediaLost(.callee))], Step(.tick, at: 30), [end(.lost, by: .callee, [b1: .lost])], .ended),
    Row(
        "T13", talking, Step(.mediaFailed(.caller)), [.tellPeer(.callee, .reconnecting), .askRenegotiation(.caller)], .talking),
    Row(
        "T14", answered + [Step(.mediaBack(.caller))], Step(.tick, at: 30), [end(.failed, [b1: .failed], free: true)], .ended),
    Row("T15", answered, Step(.mediaBack(.callee), at: 1), [], .talking),
    Row("T16", talking, Step(.accepted(b2)), [.stopRinging(b2, .answeredElsewhere)], .talking),
    Row("T17", talking, Step(.shutDown), [end(.failed, [b1: .failed])], .ended),
    Row("T18", talking, Step(.declined(b2)), [], .talking),
]

private let endedRows = [
    Row("E1", [Step(.hungUp(.caller))], Step(.accepted(b1)), [.stopRinging(b1, .cancelled)], .ended),
    Row("E2", [Step(.hungUp(.caller))], Step(.tick, at: 99), [], .ended),
]

private let table = checkingRows + ringingRows + connectingRows + talkingRows + endedRows

@Suite("The call machine")
struct CallMachineTests {
    private func run(_ steps: [Step], on machine: inout CallMachine) -> [CallAction] {
        var actions: [CallAction] = []
        for step in steps { actions = machine.handle(step.event, at: start.adding(milliseconds: Int64(step.second * 1000))) }
        return actions
    }

    @Test("Every row of the table", arguments: table)
    private func row(_ row: Row) {
        var machine = CallMachine(caller: a)
        _ = run(row.before, on: &machine)
        #expect(run([row.event], on: &machine) == row.actions)
        #expect(machine.phase == row.phase)
        if row.phase == .ended { #expect(machine.deadline == nil) }
    }

    @Test("The README's table and the tested table have the same rows")
    func readmeHasTheSameRows() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
        let readme = try String(contentsOf: root.appendingPathComponent("Sources/Calling/Calls/README.md"), encoding: .utf8)
        let rows = readme.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^\| ([CRJTE][0-9]+) \|/).map { String($0.1) }
        }
        #expect(rows == table.map(\.id))
        #expect(rows.count == 56)
    }

    @Test("An ended call never does anything again, whatever happens, in any order")
    func endedStaysEnded() {
        let events: [CallEvent] = [
            .admitted([b1]), .refused(.busy), .declined(b1), .deviceArrived(b1), .calleeReady, .hungUp(.callee), .signalLost(a),
            .signalBack(a), .mediaLost(.caller), .mediaBack(.caller), .mediaFailed(.caller), .creditCut, .chargingFailed, .tick,
            .shutDown,
        ]
        for before in [[], ringing, connecting, talking] {
            var machine = CallMachine(caller: a)
            _ = run(before + [Step(.shutDown)], on: &machine)
            for event in events { #expect(machine.handle(event, at: start.adding(seconds: 100)) == []) }
        }
    }

    @Test("Random events end a call at most once and never leave it without a deadline in a passing state", arguments: 0..<200)
    func randomLives(seed: UInt64) {
        var random = SplitMix(state: seed)
        var machine = CallMachine(caller: a)
        var endings = 0
        let events: [CallEvent] = [
            .admitted([b1, b2]), .accepted(b1), .accepted(b2), .declined(b2), .deviceArrived(b3), .calleeReady, .signalLost(a),
            .signalLost(b1), .signalBack(a), .signalBack(b1), .mediaLost(.caller), .mediaBack(.caller), .mediaBack(.callee),
            .mediaFailed(.callee), .tick, .hungUp(.caller),
        ]
        for second in 0..<100 {
            let event = events[Int(random.next() % UInt64(events.count))]
            for action in machine.handle(event, at: start.adding(seconds: Int64(second))) {
                if case .end = action { endings += 1 }
            }
            if [.ringing, .connecting].contains(machine.phase) { #expect(machine.deadline != nil) }
        }
        #expect(endings == (machine.phase == .ended ? 1 : 0))
    }
}

/// A small seeded generator (SplitMix64), so that a failing seed can be run again.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
