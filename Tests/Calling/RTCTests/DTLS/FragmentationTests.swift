import RTC
import Testing

@Suite struct FragmentationTests {
    private let identity = TwoTransports.identity

    /// Handshakes in the smallest datagrams that OpenSSL makes, of which a third is lost.
    @Test(arguments: 0...15 as ClosedRange<UInt64>)
    func messagesInPiecesArePutTogether(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sent = try handshake(datagramBytes: 256) { datagram in
            #expect(datagram.count <= 256)
            return seed > 0 && Int.random(in: 0..<3, using: &random) == 0 ? [] : [datagram]
        }
        // A certificate alone is longer than one such datagram.
        #expect(sent > 6)
    }

    /// Browsers with long key shares send a ClientHello that no datagram holds.
    @Test func aClientHelloInPiecesIsPutTogether() throws {
        var pieces = 0
        try handshake { datagram in
            guard pieces == 0 else { return [datagram] }
            let halves = Self.halves(ofHandshakeRecord: datagram)
            pieces = halves.count
            return halves
        }
        #expect(pieces == 2)
    }

    /// Connects two associations; each datagram on the way is replaced by those that `pass` answers. How many were sent.
    @discardableResult
    private func handshake(datagramBytes: Int = 1_200, pass: ([UInt8]) -> [[UInt8]]) throws -> Int {
        let identity = try #require(identity)
        let client = try #require(DTLSAssociation(identity, role: .client, datagramBytes: datagramBytes))
        let server = try #require(DTLSAssociation(identity, role: .server, datagramBytes: datagramBytes))
        var now = MonotonicTime(microseconds: 1)
        var sent = 0
        client.start(now: now)
        server.start(now: now)
        while client.state != .established || server.state != .established, now.microseconds < 25_000_000 {
            for (from, to) in [(client, server), (server, client)] {
                while let datagram = from.pollTransmit() {
                    sent += 1
                    for piece in pass(datagram) { piece.withUnsafeBytes { to.receive($0, now: now) } }
                }
                from.handleTimeout(now: now)
            }
            now = now + .milliseconds(20)
        }
        #expect(client.state == .established && server.state == .established)
        return sent
    }

    /// One handshake record as two with half of its message each (RFC 6347 section 4.2.3): 13 bytes of record header, then 12 of
    /// message header: type, length, number, offset and length of the piece.
    private static func halves(ofHandshakeRecord record: [UInt8]) -> [[UInt8]] {
        let message = Array(record[25...])
        let middle = message.count / 2
        return [(0, middle), (middle, message.count)].enumerated().map { index, piece in
            let count = piece.1 - piece.0
            let body = record[13..<19] + uint24(piece.0) + uint24(count) + message[piece.0..<piece.1]
            let number = record[5..<10] + [UInt8(index)]
            return record[..<5] + number + [UInt8(body.count >> 8), UInt8(body.count & 255)] + body
        }
    }

    private static func uint24(_ value: Int) -> [UInt8] { [UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255)] }
}
