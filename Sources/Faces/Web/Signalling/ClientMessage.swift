public import Basics
import Calls
import Foundation
import Lines
import Orders

/// A message of a page, as docs/api/signalling.md describes it.
struct ClientMessage {
    enum Body {
        case hello(Hello)
        case command(DeviceCommand)
        case acknowledge(Int64)
        case report
    }

    struct Hello {
        let device: String
        let deviceName: String
        let resume: (session: String, seq: Int64)?
    }

    /// The page's own number for the message, echoed as `re`.
    let id: JSONValue?
    /// The call it is about, for error replies.
    let call: String?
    let body: Result<Body, Fault>

    /// Never throws: what cannot be read becomes an `error` reply that names the message as far as it could be read.
    init(_ text: String) {
        var reader: JSONReader
        do throws(Fault) {
            reader = try JSONReader(parsing: Data(text.utf8))
        } catch {
            (id, call, body) = (nil, nil, .failure(Fault(.signallingMalformed, "the message is not a JSON object")))
            return
        }
        id = reader.value("id").flatMap { value in
            switch value {
            case .integer, .number: value
            default: nil
            }
        }
        var copy = reader
        call = (try? copy.optionalText("call", atMost: 64)).flatMap { $0 }
        do throws(Fault) {
            body = .success(try Self.read(&reader))
        } catch {
            body = .failure(error)
        }
    }

    private static func read(_ reader: inout JSONReader) throws(Fault) -> Body {
        let type = try reader.text("type", atMost: 40)
        switch type {
        case "hello": return .hello(try hello(&reader))
        case "ack": return .acknowledge(try reader.integer("seq"))
        case "report": return .report
        case "dial":
            return .command(
                .dial(
                    try reader.identifier("call"), to: try reader.text("to", atMost: CallsLimits.dialledBytes),
                    kind: try kind(&reader),
                    sdp: try sdp(&reader)))
        case "accept": return .command(.accept(try reader.identifier("call"), kind: try kind(&reader), sdp: try sdp(&reader)))
        case "decline": return .command(.decline(try reader.identifier("call")))
        case "hangup": return .command(.hangUp(try reader.identifier("call")))
        case "offer": return .command(.offer(try reader.identifier("call"), sdp: try sdp(&reader)))
        default: throw Fault(.signallingUnknown, "there is no message of this type", ["type": type])
        }
    }

    private static func hello(_ reader: inout JSONReader) throws(Fault) -> Hello {
        let device: Identifier<ClientMessage> = try reader.identifier("device")
        let name = try reader.optionalText("deviceName", atMost: 512) ?? ""
        var resume: (String, Int64)?
        if var asked = try reader.optionalObject("resume") {
            resume = (try asked.text("session", atMost: 64), try asked.integer("seq"))
        }
        return Hello(device: device.rawValue, deviceName: String(name.prefix(SignallingLimits.deviceNameLength)), resume: resume)
    }

    private static func kind(_ reader: inout JSONReader) throws(Fault) -> CallKind {
        let text = try reader.text("kind", atMost: 16)
        guard let kind = CallKind(rawValue: text) else { throw .field("kind", "is neither video nor audio") }
        return kind
    }

    private static func sdp(_ reader: inout JSONReader) throws(Fault) -> String {
        try reader.text("sdp", atMost: SignallingLimits.messageBytes)
    }
}

extension Fault.Code {
    /// The message is no JSON object.
    public static let signallingMalformed = Fault.Code("signalling.malformed", .invalid)
    /// There is no message of this type.
    public static let signallingUnknown = Fault.Code("signalling.unknown-type", .invalid)
    /// The first message must be hello, and only the first.
    public static let signallingHello = Fault.Code("signalling.hello", .invalid)
}
