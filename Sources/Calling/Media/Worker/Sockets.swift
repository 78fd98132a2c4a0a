internal import Basics
internal import CMediaShims
internal import RTC

/// The UDP sockets of one worker: IPv4, IPv6 or both on the same port where the system grants it.
struct Sockets: Sendable {
    let ipv4: Int32?
    let ipv6: Int32?
    let port: UInt16
    /// What callers are told to reach, one candidate each.
    let candidates: [TransportAddress]
    let canSegment: Bool

    /// Binds; `port` zero takes any.
    static func bind(_ configuration: MediaConfiguration, port: UInt16) throws(Fault) -> Sockets {
        var bound: UInt16 = 0
        let first = JMBind(configuration.bind, port, Int32(MediaLimits.socketBufferBytes), &bound)
        guard first >= 0 else {
            throw Fault(.bindFailed, "cannot bind UDP \(configuration.bind):\(port), errno \(-first)", ["port": "\(port)"])
        }
        let isIPv6 = configuration.bind.utf8.contains(UInt8(ascii: ":"))
        var second: Int32 = -1
        if configuration.bind == "0.0.0.0" {
            var same: UInt16 = 0
            second = JMBind("::", bound, Int32(MediaLimits.socketBufferBytes), &same)
        }
        let hasIPv6 = isIPv6 || second >= 0
        let candidates = reachable(configuration).compactMap { TransportAddress(host: $0, port: bound) }
            .filter { $0.isIPv4 ? !isIPv6 : hasIPv6 }
        return Sockets(
            ipv4: isIPv6 ? nil : first, ipv6: isIPv6 ? first : (second >= 0 ? second : nil), port: bound, candidates: candidates,
            canSegment: configuration.segmentsBursts && JMCanSegment(first) == 1)
    }

    private static func reachable(_ configuration: MediaConfiguration) -> [String] {
        if !configuration.advertised.isEmpty { return configuration.advertised }
        guard configuration.bind == "0.0.0.0" || configuration.bind == "::" else { return [configuration.bind] }
        var buffer = [CChar](repeating: 0, count: 2048)
        let length = JMLocalAddresses(&buffer, buffer.count)
        let text = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
        // Loopback comes last: only a browser on this very machine can use it.
        return text.split(separator: "\n").map(String.init) + ["127.0.0.1"]
    }

    func close() {
        for socket in [ipv4, ipv6] { if let socket { JMClose(socket) } }
    }
}
