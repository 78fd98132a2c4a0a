public import Basics
public import Lines
public import Orders

/// Why a call ended: the same words on the wire, in the record and in the history.
public enum CallOutcome: String, Sendable, CaseIterable {
    /// One side ended an answered call.
    case hungUp
    /// The called line refused it.
    case declined
    /// The called line was in a call.
    case busy
    /// It rang in vain.
    case noAnswer
    /// The caller gave up before an answer.
    case cancelled
    /// The credit was used up, before or in the call.
    case credit
    /// A side was away for longer than the grace.
    case lost
    /// Answered on another device of the line (a device's outcome, never a call's).
    case answeredElsewhere
    /// Media or charging failed.
    case failed
    /// A hold bars the caller.
    case held
    /// No device of the called line could be reached.
    case unreachable
    /// Nobody has this number.
    case unknownNumber
    /// An emergency number, which this service cannot connect.
    case emergencyUnavailable
    /// The service was restarted during the call.
    case interrupted
}

/// Which way a call went, seen from one line.
public enum CallDirection: String, Sendable {
    /// The line dialled.
    case outgoing
    /// The line was dialled.
    case incoming
}

/// The two parties of a call by what they did.
public enum CallRole: String, Sendable, CaseIterable {
    /// Who dialled, and pays.
    case caller
    /// Who was dialled.
    case callee

    /// The other one.
    public var other: CallRole { self == .caller ? .callee : .caller }
}

/// A dialled call as it enters the records.
public struct DialledCall: Sendable, Equatable {
    /// The call.
    public let call: CallID
    /// The dialling line.
    public let callerLine: LineID
    /// Its number at that time.
    public let callerNumber: PhoneNumber
    /// The dialling device.
    public let callerDevice: DeviceID
    /// The dialled line; nil where nobody has the number or none may be told.
    public let calleeLine: LineID?
    /// The dialled number.
    public let calleeNumber: PhoneNumber
    /// Video or audio.
    public let kind: CallKind
    /// Who pays; nil where nothing can be charged.
    public let account: AccountID?
    /// The price of a second.
    public let pricePerSecond: Money
    /// When it was dialled.
    public let dialledAt: Timestamp

    /// Describes a dialled call.
    public init(
        call: CallID, callerLine: LineID, callerNumber: PhoneNumber, callerDevice: DeviceID, calleeLine: LineID?,
        calleeNumber: PhoneNumber, kind: CallKind, account: AccountID?, pricePerSecond: Money, dialledAt: Timestamp
    ) {
        self.call = call
        self.callerLine = callerLine
        self.callerNumber = callerNumber
        self.callerDevice = callerDevice
        self.calleeLine = calleeLine
        self.calleeNumber = calleeNumber
        self.kind = kind
        self.account = account
        self.pricePerSecond = pricePerSecond
        self.dialledAt = dialledAt
    }
}

/// How one device of a call fared.
public struct DeviceOutcome: Sendable, Equatable {
    /// The device.
    public let device: DeviceID
    /// Its line.
    public let line: LineID
    /// How the call ended for it.
    public let outcome: CallOutcome

    /// Describes a device's part.
    public init(device: DeviceID, line: LineID, outcome: CallOutcome) {
        self.device = device
        self.line = line
        self.outcome = outcome
    }
}

/// The end of a call as it enters the records.
public struct CallClosing: Sendable, Equatable {
    /// The call.
    public let call: CallID
    /// Why it ended.
    public let outcome: CallOutcome
    /// Who ended it; nil for the service itself.
    public let endedBy: CallRole?
    /// When it began to ring; nil where it did not.
    public let rungAt: Timestamp?
    /// When it ended.
    public let endedAt: Timestamp
    /// Charged seconds.
    public let seconds: Int64
    /// What it cost.
    public let cost: Money
    /// How each device that took part fared.
    public let devices: [DeviceOutcome]
    /// The totals of the media legs as JSON.
    public let media: String?

    /// Describes an end.
    public init(
        call: CallID, outcome: CallOutcome, endedBy: CallRole?, rungAt: Timestamp? = nil, endedAt: Timestamp, seconds: Int64 = 0,
        cost: Money = .zero, devices: [DeviceOutcome] = [], media: String? = nil
    ) {
        self.call = call
        self.outcome = outcome
        self.endedBy = endedBy
        self.rungAt = rungAt
        self.endedAt = endedAt
        self.seconds = seconds
        self.cost = cost
        self.devices = devices
        self.media = media
    }
}
