import RTC
import Testing

/// Datagrams captured from Chromium are told apart and read.
@Suite struct ChromiumDatagramTests {
    @Test func itsChecksAreReadWithAllThatIsInThem() throws {
        let checks = try packetFixture("chromium/datagrams.hex").filter { $0[0] < 4 }
        try #require(checks.count >= 4)
        for datagram in checks {
            try datagram.withUnsafeBytes { bytes in
                let message = try STUNMessage(bytes)
                #expect(message.hasFingerprint && message.hasIntegrity && message.unknownCount == 0)
                guard message.kind == .bindingRequest else { return #expect(message.mappedAddress != nil) }
                #expect(message.username.map { String(decoding: bytes[$0], as: UTF8.self) } == "I17n:MTk/")
                #expect(message.controlling != nil && message.priority != nil)
                // That fragment is not one of ours, which have eight characters.
                #expect(LegKey(request: bytes) == nil)
            }
        }
    }

    @Test func everythingElseIsKnownByItsFirstByteAndRefusedFromAStranger() throws {
        let identity = try #require(TwoTransports.identity)
        let transport = Transport(role: .lite, identity: identity)
        transport.start(
            RemoteParameters(credentials: .random(), fingerprints: [identity.fingerprint]), now: MonotonicTime(microseconds: 1))
        let stranger = TransportAddress(ipv4: 1, port: 1)
        for var datagram in try packetFixture("chromium/datagrams.hex") {
            let isSTUN = datagram[0] < 4
            let isRequest = isSTUN && datagram[0] == 0
            let result = datagram.withUnsafeMutableBytes {
                transport.receive($0, length: $0.count, from: stranger, now: MonotonicTime(microseconds: 2))
            }
            let expected: DropReason = isSTUN ? (isRequest ? .stunUnknownUser : .stunUnexpected) : .addressNotValidated
            #expect(result == .dropped(expected))
        }
        #expect(transport.pollTransmit() == nil)
    }

    @Test func aLegIsFoundByTheNameInACheck() throws {
        let pair = try connected()
        let check = pair.check { $0.controlling(1) }
        let key = check.withUnsafeBytes { LegKey(request: $0) }
        #expect(key == LegKey(pair.server.transport.local) && key != nil)
        var damaged = check
        damaged[3] ^= 4
        #expect(damaged.withUnsafeBytes { LegKey(request: $0) } == nil)
    }
}
