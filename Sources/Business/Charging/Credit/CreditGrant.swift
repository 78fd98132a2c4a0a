public import Basics
public import Lines

/// Names one charging operation; whoever starts it makes it, so that a repeat is known.
public typealias OperationID = Identifier<ChargingOperation>

/// One row of the append-only record of what charging did inside calls.
public enum ChargingOperation: String, Sendable {
    /// The first slice, before ringing (RFC 8506 INITIAL).
    case reserve
    /// Used seconds reported and more reserved in one step (RFC 8506 UPDATE).
    case reportAndReserve
    /// What was used is charged, the rest returned (RFC 8506 TERMINATION).
    case settle
}

/// The answer to a charging operation.
public struct CreditGrant: Sendable, Equatable {
    /// Which call.
    public let call: CallID
    /// Seconds granted since the answer, all slices together.
    public let grantedSeconds: Int64
    /// Seconds charged so far.
    public let usedSeconds: Int64
    /// Charged by this operation.
    public let charged: Money
    /// Held back for this call after it.
    public let reserved: Money
    /// Free on the account after it.
    public let available: Money
    /// No more can be granted as things stand (RFC 8506 Final-Unit-Indication): at the end of the grant the call must be cut.
    public let isFinal: Bool

    package init(
        call: CallID, grantedSeconds: Int64, usedSeconds: Int64, charged: Money, reserved: Money, available: Money, isFinal: Bool
    ) {
        self.call = call
        self.grantedSeconds = grantedSeconds
        self.usedSeconds = usedSeconds
        self.charged = charged
        self.reserved = reserved
        self.available = available
        self.isFinal = isFinal
    }
}
