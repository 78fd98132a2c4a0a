public import Basics
public import Charging
public import Lines
public import Orders

/// What a device is told about its calls. Every event names the call by the id that this device knows it by.
public enum DeviceEvent: Sendable, Equatable {
    /// The dialled call is being set up.
    case trying(CallID)
    /// The server's SDP for this device's last offer (of `dial`, `accept` or `offer`).
    case answer(CallID, sdp: String)
    /// At least one device of the called line rings.
    case ringing(CallID)
    /// Somebody calls this line.
    case incoming(CallID, from: CallParty, kind: CallKind)
    /// The incoming call no longer rings here.
    case stopped(CallID, StopReason)
    /// The call is answered; media flows between the two.
    case connected(CallID, CallConnected)
    /// What the call costs so far; to the payer only.
    case charge(CallID, CallCharge)
    /// The credit ends soon; to the payer only, at 60 s and at 10 s.
    case warning(CallID, remainingSeconds: Int64)
    /// So much of the month's credit limit is used; to the payer only, once a month.
    case limitNear(CallID, percent: Int64)
    /// The other side's connection is lost for the moment, or back.
    case peer(CallID, PeerLink)
    /// Please send a new `offer`.
    case renegotiate(CallID)
    /// The quality of the media changed.
    case quality(CallID, level: MediaLevel, side: CallSide)
    /// The call is over for this device.
    case ended(CallID, CallEnded)

    /// The call that the event is about.
    public var call: CallID {
        switch self {
        case .trying(let call), .answer(let call, _), .ringing(let call), .incoming(let call, _, _), .stopped(let call, _),
            .connected(let call, _), .charge(let call, _), .warning(let call, _), .limitNear(let call, _), .peer(let call, _),
            .renegotiate(let call), .quality(let call, _, _), .ended(let call, _):
            call
        }
    }
}

/// One party as the other one sees it.
public struct CallParty: Sendable, Equatable {
    /// The number.
    public let number: PhoneNumber
    /// The name under which the line shows itself; nil where it has none.
    public let name: String?

    /// Names a party.
    public init(number: PhoneNumber, name: String?) {
        self.number = number
        self.name = name
    }
}

/// Why an incoming call stopped ringing on a device.
public enum StopReason: String, Sendable, CaseIterable {
    /// Another device of the line took it.
    case answeredElsewhere
    /// Another device of the line refused it.
    case declinedElsewhere
    /// The caller gave up.
    case cancelled
    /// Nobody took it in time.
    case noAnswer
    /// It could not be set up.
    case failed
}

/// Seen from the device that is told.
public enum CallSide: String, Sendable {
    /// The device's own line.
    case `self`
    /// The other party.
    case peer
}

/// The link of the other party.
public enum PeerLink: String, Sendable {
    /// Lost for the moment; the call is held for 30 s.
    case reconnecting
    /// There again.
    case back
}

/// The quality of the media in three steps; only `poor` and `bad` are worth a word to a person.
public enum MediaLevel: String, Sendable {
    /// Nothing to say.
    case good
    /// Noticeable.
    case poor
    /// Hardly usable.
    case bad
}

/// The facts of an answered call for one device.
public struct CallConnected: Sendable, Equatable {
    /// When it was answered, on the service's clock.
    public let at: Timestamp
    /// Video or audio.
    public let kind: CallKind
    /// The other party.
    public let peer: CallParty
    /// Whether this side pays.
    public let payer: Bool
    /// The price of a second; to the payer only.
    public let pricePerSecond: Money?

    package init(
        at: Timestamp, kind: CallKind, peer: CallParty, payer: Bool, pricePerSecond: Money?
    ) {
        self.at = at
        self.kind = kind
        self.peer = peer
        self.payer = payer
        self.pricePerSecond = pricePerSecond
    }
}

/// What a call costs so far.
public struct CallCharge: Sendable, Equatable {
    /// The cost of the seconds begun so far.
    public let used: Money
    /// How long the credit lasts if nothing else uses it; nil where the call is free.
    public let remainingSeconds: Int64?
    /// The price of a second.
    public let pricePerSecond: Money
    /// The instant that the two are true for.
    public let at: Timestamp

    package init(
        used: Money, remainingSeconds: Int64?, pricePerSecond: Money, at: Timestamp
    ) {
        self.used = used
        self.remainingSeconds = remainingSeconds
        self.pricePerSecond = pricePerSecond
        self.at = at
    }
}

/// How a call ended, for one device.
public struct CallEnded: Sendable, Equatable {
    /// Why.
    public let reason: CallOutcome
    /// Who ended it, seen from this device; nil when the service did.
    public let by: CallSide?
    /// The charged duration; 0 for a call that was not answered.
    public let seconds: Int64
    /// What it cost; to the payer only.
    public let cost: Money?

    package init(
        reason: CallOutcome, by: CallSide?, seconds: Int64, cost: Money?
    ) {
        self.reason = reason
        self.by = by
        self.seconds = seconds
        self.cost = cost
    }
}
