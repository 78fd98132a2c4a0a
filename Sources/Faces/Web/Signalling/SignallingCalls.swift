public import Basics
public import Calls
public import Lines

/// What the signalling needs of call control.
public protocol SignallingCalls: Sendable {
    /// A device is there: from now on it rings and is told. Answers the calls that it takes part in.
    func attach(device: DeviceID, line: LineID, channel: any DeviceChannel) async throws(Fault) -> [CallSnapshot]
    /// A device is away; it may come back.
    func detach(device: DeviceID) async
    /// Does what the device asks.
    func handle(_ command: DeviceCommand, from device: DeviceID) async throws(Fault)
}

extension CallControl: SignallingCalls {}
