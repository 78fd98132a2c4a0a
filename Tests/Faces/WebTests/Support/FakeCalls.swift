import Basics
import Calls
import Lines
import Synchronization
import Web

/// Call control that records what it is asked and lets a test speak to the devices.
final class FakeCalls: SignallingCalls {
    private struct State {
        var channels: [DeviceID: any DeviceChannel] = [:]
        var commands: [DeviceCommand] = []
        var detached: [DeviceID] = []
        var refusal: Fault?
        var attachRefusal: Fault?
    }

    private let state = Mutex(State())

    func attach(device: DeviceID, line: LineID, channel: any DeviceChannel) async throws(Fault) -> [CallSnapshot] {
        let refusal = state.withLock { state in
            state.channels[device] = channel
            return state.attachRefusal
        }
        if let refusal { throw refusal }
        return []
    }

    func detach(device: DeviceID) async { state.withLock { $0.detached.append(device) } }

    func handle(_ command: DeviceCommand, from device: DeviceID) async throws(Fault) {
        let refusal = state.withLock { state in
            state.commands.append(command)
            return state.refusal
        }
        if let refusal { throw refusal }
    }

    var commands: [DeviceCommand] { state.withLock { $0.commands } }
    var devices: [DeviceID] { state.withLock { Array($0.channels.keys) } }
    var detached: [DeviceID] { state.withLock { $0.detached } }

    /// Lets the next commands fail.
    func refuse(with fault: Fault?) { state.withLock { $0.refusal = fault } }

    /// Lets the next devices be turned away.
    func turnAway(with fault: Fault?) { state.withLock { $0.attachRefusal = fault } }

    /// Tells every device.
    func tell(_ event: DeviceEvent) {
        for channel in state.withLock({ Array($0.channels.values) }) { channel.deliver(event) }
    }
}
