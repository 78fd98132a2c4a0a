import RTC
import Testing

@Suite struct HandshakeLossTests {
    /// Every single datagram of the handshake lost once, and every pair of neighbours.
    @Test(arguments: 0..<14, 1...2)
    func aHandshakeSurvivesTheLossOfAnyOfItsDatagrams(first: Int, count: Int) throws {
        let pair = try TwoTransports()
        var number = 0
        pair.tamper = { datagram in
            guard (20...63).contains(datagram[0]) else { return datagram }
            defer { number += 1 }
            return (first..<first + count).contains(number) ? nil : datagram
        }
        #expect(pair.run(.seconds(5)) { pair.isSecured }, "client \(pair.client.events), server \(pair.server.events)")
        pair.sendRTP(rtpPacket(sequence: 1), from: pair.client)
        pair.sendRTP(rtpPacket(sequence: 1), from: pair.server)
        pair.run(.seconds(1))
        #expect(pair.server.media.count == 1 && pair.client.media.count == 1)
    }

    @Test func aDelayedWordDoesNotMultiplyTheHandshake() throws {
        // A round trip of 1.2 s is far beyond the first resend; the handshake must still be small.
        let pair = try TwoTransports(LinkConditions(delay: .milliseconds(600)))
        #expect(pair.run(.seconds(20)) { pair.isSecured })
        #expect(pair.up.sent < 60)
    }

    @Test func aSilentPeerFailsTheHandshakeInTime() throws {
        let pair = try TwoTransports()
        pair.tamper = { (20...63).contains($0[0]) ? nil : $0 }
        pair.run(.seconds(35))
        #expect(pair.client.events.last == .failed(.handshake))
        #expect(pair.server.events.last == .failed(.handshake))
    }

    @Test func theSameSeedGivesTheSameChecks() throws {
        let conditions = LinkConditions(delay: .milliseconds(30), jitter: .milliseconds(20), loss: 0.2)
        let runs = try (0..<2).map { _ in
            let pair = try TwoTransports(conditions, seed: 42)
            pair.run(.seconds(60))
            return (pair.transcript.filter { $0[0] < 4 }, pair.client.events, pair.server.events)
        }
        #expect(runs[0].0 == runs[1].0 && !runs[0].0.isEmpty)
        #expect(runs[0].1 == runs[1].1)
        #expect(runs[0].2 == runs[1].2)
    }

    @Test func aPeerWithOnlyTheOlderProfileIsServed() throws {
        let identity = try #require(DTLSIdentity(profiles: [.aes128CMSHA1]))
        let pair = try TwoTransports(clientIdentity: identity)
        #expect(pair.run(.seconds(3)) { pair.isSecured })
        #expect(pair.server.events.last == .secured(.aes128CMSHA1))
        pair.sendRTP(rtpPacket(sequence: 1), from: pair.client)
        pair.sendRTP(rtpPacket(sequence: 1), from: pair.server)
        pair.run(.seconds(1))
        #expect(pair.server.media.count == 1 && pair.client.media.count == 1)
    }

    @Test func theDTLSRolesMayBeTheOtherWayRound() throws {
        let pair = try TwoTransports(clientDTLS: .server)
        #expect(pair.run(.seconds(3)) { pair.isSecured })
        pair.sendRTP(rtpPacket(sequence: 1), from: pair.client)
        pair.sendRTP(rtpPacket(sequence: 1), from: pair.server)
        pair.run(.seconds(1))
        #expect(pair.server.media.count == 1 && pair.client.media.count == 1)
    }
}
