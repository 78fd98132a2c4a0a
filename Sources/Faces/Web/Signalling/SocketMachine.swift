import NIOCore
import NIOWebSocket

/// The receiving rules of RFC 6455 that the frame decoder leaves open, without I/O: masks, reserved bits, fragments, UTF-8, close codes.
struct SocketMachine {
    /// What to do about a frame.
    enum Action: Equatable {
        case nothing
        /// A whole message has arrived.
        case message(String)
        /// Answer a ping.
        case pong(ByteBuffer)
        /// Send this close frame (also as the echo of the peer's), then stop.
        case close(SocketClose)
    }

    private var fragments: ByteBuffer?
    private var fragmentCount = 0

    mutating func receive(_ frame: WebSocketFrame) -> Action {
        guard frame.maskKey != nil else { return .close(.protocolError("frames of a client must be masked")) }
        guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return .close(.protocolError("reserved bits are set")) }
        switch frame.opcode {
        case .text:
            guard fragments == nil else { return .close(.protocolError("a new message inside a fragmented one")) }
            guard frame.fin else { return begin(frame.unmaskedData) }
            return whole(frame.unmaskedData)
        case .continuation: return proceed(frame)
        case .binary: return .close(.binary)
        case .ping: return .pong(frame.unmaskedData)
        case .pong: return .nothing
        case .connectionClose: return .close(Self.echo(of: frame.unmaskedData))
        default: return .close(.protocolError("unknown opcode"))
        }
    }

    private mutating func begin(_ data: ByteBuffer) -> Action {
        fragments = data
        fragmentCount = 1
        return .nothing
    }

    private mutating func proceed(_ frame: WebSocketFrame) -> Action {
        guard var gathered = fragments else { return .close(.protocolError("a continuation of nothing")) }
        var data = frame.unmaskedData
        fragmentCount += 1
        guard gathered.readableBytes + data.readableBytes <= SignallingLimits.messageBytes,
            fragmentCount <= SignallingLimits.fragments
        else { return .close(.tooLarge) }
        gathered.writeBuffer(&data)
        guard frame.fin else {
            fragments = gathered
            return .nothing
        }
        fragments = nil
        return whole(gathered)
    }

    private func whole(_ data: ByteBuffer) -> Action {
        guard let text = String(validating: data.readableBytesView, as: UTF8.self) else { return .close(.notUTF8) }
        return .message(text)
    }

    /// The answer to the peer's close frame: its own code when it is one that may be sent.
    static func echo(of data: ByteBuffer) -> SocketClose {
        var data = data
        guard data.readableBytes > 0 else { return .normal }
        guard let code = data.readInteger(as: UInt16.self), isSendable(code) else {
            return .protocolError("an impossible close code")
        }
        guard String(validating: data.readableBytesView, as: UTF8.self) != nil else { return .notUTF8 }
        return SocketClose(code: code, reason: "")
    }

    /// Codes that may travel in a close frame (RFC 6455 section 7.4.1 and 7.4.2).
    static func isSendable(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
