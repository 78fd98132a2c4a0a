import Basics
import Calls
import Charging
import Lines
import Orders

/// Writes what the server says, as docs/api/signalling.md describes it.
enum EventMessage {
    /// An event with its number.
    static func text(_ event: DeviceEvent, seq: Int64) -> String {
        var members = self.members(event)
        members["seq"] = .integer(seq)
        members["call"] = .text(event.call.rawValue)
        return JSONValue.members(members).rendered
    }

    static func ok(re: JSONValue) -> String { JSONValue.object(["type": .text("ok"), "re": re]).rendered }

    static func error(_ fault: Fault, re: JSONValue?, call: String?, message: String) -> String {
        JSONValue.members([
            "type": .text("error"), "re": re, "call": call.map { .text($0) }, "code": .text(fault.code.rawValue),
            "message": .text(message),
            "parameters": fault.parameters.isEmpty ? nil : .object(fault.parameters.mapValues { .text($0) }),
        ]).rendered
    }

    static func welcome(session: String, resumed: Bool, now: Timestamp, number: String, name: String, calls: [CallSnapshot])
        -> String
    {
        JSONValue.object([
            "type": .text("welcome"), "session": .text(session), "resumed": .bool(resumed), "now": .integer(now.milliseconds),
            "number": .text(number), "name": .text(name), "calls": .array(calls.map(snapshot)),
        ]).rendered
    }

    private static func snapshot(_ call: CallSnapshot) -> JSONValue {
        .members([
            "call": .text(call.call.rawValue), "state": .text(call.state.rawValue), "peer": party(call.peer),
            "kind": .text(call.kind.rawValue), "direction": .text(call.direction.rawValue),
            "connectedAt": call.connectedAt.map { .integer($0.milliseconds) }, "payer": .bool(call.payer),
        ])
    }

    private static func party(_ party: CallParty) -> JSONValue {
        .members(["number": .text(party.number.digits), "name": party.name.map { .text($0) }])
    }

    private static func members(_ event: DeviceEvent) -> [String: JSONValue?] {
        switch event {
        case .trying: ["type": .text("trying")]
        case .answer(_, let sdp): ["type": .text("answer"), "sdp": .text(sdp)]
        case .ringing: ["type": .text("ringing")]
        case .incoming(_, let from, let kind): ["type": .text("incoming"), "from": party(from), "kind": .text(kind.rawValue)]
        case .stopped(_, let reason): ["type": .text("stopped"), "reason": .text(reason.rawValue)]
        case .connected(_, let facts): connected(facts)
        case .charge(_, let charge):
            [
                "type": .text("charge"), "used": .integer(charge.used.micros),
                "remainingSeconds": charge.remainingSeconds.map { .integer($0) },
                "pricePerSecond": .integer(charge.pricePerSecond.micros),
                "at": .integer(charge.at.milliseconds),
            ]
        case .warning(_, let seconds): ["type": .text("warning"), "remainingSeconds": .integer(seconds)]
        case .limitNear(_, let percent): ["type": .text("limitNear"), "percent": .integer(percent)]
        case .peer(_, let link): ["type": .text("peer"), "state": .text(link.rawValue)]
        case .renegotiate: ["type": .text("renegotiate")]
        case .quality(_, let level, let side):
            ["type": .text("quality"), "level": .text(level.rawValue), "side": .text(side.rawValue)]
        case .ended(_, let facts): ended(facts)
        }
    }

    private static func connected(_ facts: CallConnected) -> [String: JSONValue?] {
        [
            "type": .text("connected"), "at": .integer(facts.at.milliseconds), "kind": .text(facts.kind.rawValue),
            "peer": party(facts.peer), "payer": .bool(facts.payer),
            "pricePerSecond": facts.pricePerSecond.map { .integer($0.micros) },
        ]
    }

    private static func ended(_ facts: CallEnded) -> [String: JSONValue?] {
        [
            "type": .text("ended"), "reason": .text(facts.reason.rawValue), "by": facts.by.map { .text($0.rawValue) },
            "seconds": .integer(facts.seconds), "cost": facts.cost.map { .integer($0.micros) },
        ]
    }
}
