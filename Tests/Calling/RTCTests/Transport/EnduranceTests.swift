import RTC
import Testing

/// What a leg lives through: loss, silence, a new address, a restart.
@Suite struct EnduranceTests {
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func burstsOfLossNeverEndALeg(seed: UInt64) throws {
        let conditions = LinkConditions(
            delay: .milliseconds(60), jitter: .milliseconds(40), loss: 0.02, burstLoss: 0.9, burstStart: 0.03, burstEnd: 0.1,
            reordering: 0.02, duplication: 0.02)
        let pair = try TwoTransports(conditions, seed: seed)
        #expect(pair.run(.seconds(30)) { pair.isSecured })
        for sequence in 0..<1_200 as Range<UInt16> {
            pair.sendRTP(rtpPacket(sequence: sequence), from: pair.client)
            pair.sendRTP(rtpPacket(sequence: sequence), from: pair.server)
            pair.run(.milliseconds(100))
        }
        // 3/13 of the time is a burst, so about 0.23 × 0.9 + 0.77 × 0.02 = 22 % is lost.
        #expect(Double(pair.up.lost) / Double(pair.up.sent) > 0.15)
        #expect(!pair.client.events.contains(.consentLost) && !pair.server.events.contains(.consentLost))
        #expect(pair.server.media.count > 700 && pair.client.media.count > 700)
        // A duplicate on the way is dropped as a replay, so no packet comes twice.
        #expect(Set(pair.server.media).count == pair.server.media.count)
    }

    @Test func aNarrowQueueDelaysAndDropsButDoesNotBreakTheHandshake() throws {
        let pair = try TwoTransports(LinkConditions(delay: .milliseconds(100), rate: 64_000, queueBytes: 3_000))
        #expect(pair.run(.seconds(20)) { pair.isSecured })
    }

    @Test func aShortBlackoutIsNotNoticed() throws {
        let pair = try connected()
        pair.blackOut(for: .seconds(20))
        pair.run(.seconds(10))
        #expect(!pair.server.events.contains(.consentLost) && !pair.client.events.contains(.consentLost))
        #expect(pair.isSecured)
    }

    @Test func aLongBlackoutTakesConsentAndItsEndGivesItBack() throws {
        let pair = try connected()
        pair.blackOut(for: .seconds(45))
        #expect(pair.server.events.last == .consentLost)
        #expect(pair.client.events.last == .consentLost)
        #expect(pair.server.transport.destination == nil)
        #expect(pair.sendRTP(rtpPacket(sequence: 1), from: pair.server) == nil)
        #expect(pair.run(.seconds(5)) { pair.isSecured })
        #expect(pair.server.events.last == .recovered)
        #expect(pair.client.events.last == .recovered)
        pair.sendRTP(rtpPacket(sequence: 2), from: pair.client)
        pair.run(.seconds(1))
        #expect(pair.server.media == [rtpPacket(sequence: 2)])
    }

    @Test func theServerFollowsAClientThatTellsOfItsNewNetwork() throws {
        let pair = try connected()
        pair.clientAddress = TransportAddress(ipv4: 0xC000_02FF, port: 1_024)
        // Media is faster than the check: an address that has proved nothing is not heard.
        pair.sendRTP(rtpPacket(sequence: 1), from: pair.client)
        pair.client.transport.networkChanged(now: pair.now)
        pair.settle()
        #expect(pair.run(.milliseconds(500)) { pair.server.transport.destination == pair.clientAddress })
        #expect(pair.server.media.isEmpty)
        #expect(pair.server.transport.drops(.addressNotValidated) == 1)
        pair.sendRTP(rtpPacket(sequence: 2), from: pair.client)
        pair.sendRTP(rtpPacket(sequence: 2), from: pair.server)
        pair.run(.seconds(1))
        #expect(pair.server.media.count == 1 && pair.client.media.count == 1)
    }

    @Test func theServerFollowsAClientWhoseAddressWasChangedOnTheWay() throws {
        let pair = try connected()
        pair.clientAddress = pair.clientAddress.withPort(61_000)
        #expect(pair.run(.seconds(7)) { pair.server.transport.destination == pair.clientAddress })
        #expect(pair.server.events.last == .selected(pair.clientAddress))
    }

    @Test func anICERestartBreaksNothingBeforeTheNewPathIsMade() throws {
        let pair = try connected(LinkConditions(delay: .milliseconds(50), loss: 0.2))
        let identity = try #require(TwoTransports.identity)
        let oldServer = pair.server.transport.local
        let offered = pair.client.transport.beginRestart()
        // The offer is on its way: consent goes on with the old credentials.
        pair.run(.seconds(8))
        let answered = pair.server.transport.restartICE(
            RemoteParameters(credentials: offered, fingerprints: [identity.fingerprint]), now: pair.now)
        #expect(answered != oldServer)
        // The answer is on its way.
        pair.run(.seconds(8))
        #expect(pair.isSecured)
        pair.clientAddress = pair.clientAddress.withPort(62_000)
        pair.client.transport.finishRestart(
            RemoteParameters(
                credentials: answered, fingerprints: [identity.fingerprint],
                candidates: [ICECandidate(address: TwoTransports.serverAddress, priority: 1)]), now: pair.now)
        pair.settle()
        #expect(pair.run(.seconds(10)) { pair.server.transport.destination == pair.clientAddress })
        #expect(!pair.server.events.contains(.consentLost))
        pair.up.conditions.loss = 0
        pair.sendRTP(rtpPacket(sequence: 3), from: pair.client)
        pair.run(.seconds(1))
        #expect(pair.server.media == [rtpPacket(sequence: 3)])
    }

    @Test func aRestartThatOvertakesAnotherKeepsTheWorkingPath() throws {
        let pair = try connected()
        let identity = try #require(TwoTransports.identity)
        for _ in 0..<3 {
            pair.server.transport.restartICE(
                RemoteParameters(credentials: .random(), fingerprints: [identity.fingerprint]), now: pair.now)
            pair.run(.seconds(20))
        }
        #expect(pair.isSecured && !pair.server.events.contains(.consentLost))
    }

    @Test func theOldCredentialsAreWorthNothingAfterARestart() throws {
        let pair = try connected()
        let identity = try #require(TwoTransports.identity)
        let oldCheck = try #require(pair.transcript.first)
        let offered = pair.client.transport.beginRestart()
        let answered = pair.server.transport.restartICE(
            RemoteParameters(credentials: offered, fingerprints: [identity.fingerprint]), now: pair.now)
        pair.client.transport.finishRestart(
            RemoteParameters(credentials: answered, fingerprints: [identity.fingerprint]), now: pair.now)
        pair.settle()
        pair.run(.seconds(2))
        #expect(pair.deliver(oldCheck, from: pair.clientAddress, to: pair.server) == .dropped(.stunUnknownUser))
    }

    @Test func closingTellsThePeer() throws {
        let pair = try connected()
        pair.client.transport.close()
        pair.settle()
        pair.run(.seconds(1))
        #expect(pair.server.events.last == .closed)
        #expect(pair.server.transport.deadline == nil)
        #expect(pair.deliver([0x80, 0, 0], from: pair.clientAddress, to: pair.server) == .dropped(.closed))
    }
}

/// Two connected sides whose past does not count.
func connected(_ conditions: LinkConditions = .clean, seed: UInt64 = 1) throws -> TwoTransports {
    let pair = try TwoTransports(conditions, seed: seed)
    try #require(pair.run(.seconds(30)) { pair.isSecured })
    pair.run(.seconds(2))
    return pair
}

extension TwoTransports {
    func blackOut(for time: MonotonicTime.Interval) {
        up.conditions.isBlackout = true
        down.conditions.isBlackout = true
        run(time)
        up.conditions.isBlackout = false
        down.conditions.isBlackout = false
    }
}
