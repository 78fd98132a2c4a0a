import Foundation
import Media
import NIOCore
import NIOPosix

/// Whether the ports are free and datagrams come through.
enum PortChecks {
    static func tcp(_ host: String, _ port: Int) -> Finding {
        guard let address = try? SocketAddress.makeAddressResolvingHost(host, port: port) else {
            return Finding(.failed, "host \(host) is no address of this machine", "choose another with --host")
        }
        let descriptor = socket(family(address), Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        let bound = address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) }
        guard bound == 0 else {
            let why = String(cString: strerror(errno))
            return Finding(
                .failed, "TCP port \(port) on \(host): \(why)", "stop what uses it (ss -ltnp), or choose another with --port")
        }
        return Finding(.fine, "TCP port \(port) on \(host) is free")
    }

    /// One datagram to every address that callers are told, and back.
    static func media(_ configuration: MediaConfiguration) -> [Finding] {
        var addresses = configuration.advertised
        if addresses.isEmpty { addresses = ["127.0.0.1"] + interfaceAddresses() }
        guard let bind = try? SocketAddress(ipAddress: configuration.bind, port: configuration.firstPort) else {
            return [Finding(.failed, "media-host \(configuration.bind) is no numeric address", "such as 0.0.0.0")]
        }
        let descriptor = socket(family(bind), Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        guard bind.withSockAddr({ Glibc.bind(descriptor, $0, socklen_t($1)) }) == 0, let port = boundPort(descriptor) else {
            return [Finding(.failed, "UDP port \(configuration.firstPort) is taken", "choose another with --media-port")]
        }
        return addresses.map { reach($0, port, descriptor) }
    }

    private static func reach(_ text: String, _ port: Int, _ receiver: Int32) -> Finding {
        guard let address = try? SocketAddress(ipAddress: text, port: port) else {
            return Finding(.failed, "media address \(text) is not numeric", "see --media-addresses")
        }
        let sender = socket(family(address), Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(sender) }
        let word = Array("jianmian doctor \(text)".utf8)
        _ = address.withSockAddr { sendto(sender, word, word.count, 0, $0, socklen_t($1)) }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = recv(receiver, &buffer, buffer.count, 0)
        guard count == word.count, Array(buffer.prefix(count)) == word else {
            return Finding(
                .doubtful, "UDP to \(text) does not come back to this machine",
                "fine where a router forwards to here (then test from outside); else see firewall and --media-addresses")
        }
        return Finding(.fine, "UDP to \(text) arrives")
    }

    private static func boundPort(_ descriptor: Int32) -> Int? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let found = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard found == 0 else { return nil }
        return withUnsafeBytes(of: &storage) { Int(UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self))) }
    }

    private static func interfaceAddresses() -> [String] {
        let devices = (try? System.enumerateDevices()) ?? []
        let addresses = devices.compactMap { device -> String? in
            guard case .v4 = device.address else { return nil }
            return device.address?.ipAddress
        }
        return Set(addresses).subtracting(["127.0.0.1"]).sorted()
    }

    private static func family(_ address: SocketAddress) -> Int32 {
        if case .v6 = address { return AF_INET6 }
        return AF_INET
    }
}
