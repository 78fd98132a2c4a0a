import RTC
import Testing

/// Strangers and liars: each gets an answer that costs little or none, and leaves the leg as it was.
@Suite struct AttackTests {
    @Test func aCertificateThatWasNotSignalledToTheServerEndsTheLeg() throws {
        let other = try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 7, count: 32)))
        let pair = try TwoTransports(serverTrusts: [other])
        pair.run(.seconds(3))
        #expect(pair.server.events.last == .failed(.fingerprintMismatch))
        #expect(!pair.server.transport.canSend)
        #expect(pair.client.events.last == .closed)
    }

    @Test func aCertificateThatWasNotSignalledToTheClientEndsTheLeg() throws {
        let other = try #require(CertificateFingerprint(.sha512, [UInt8](repeating: 7, count: 64)))
        let pair = try TwoTransports(clientTrusts: [other])
        pair.run(.seconds(3))
        #expect(pair.client.events.last == .failed(.fingerprintMismatch))
        #expect(pair.server.events.last == .closed)
    }

    @Test(arguments: CertificateFingerprint.Algorithm.allCases)
    func everyHashFunctionWillDoAndOneRightDigestOfSeveralIsEnough(algorithm: CertificateFingerprint.Algorithm) throws {
        let right = try #require(TwoTransports.identity?.fingerprint(algorithm))
        let wrong = try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 7, count: 32)))
        let pair = try TwoTransports(clientTrusts: [wrong, right], serverTrusts: [right])
        #expect(pair.run(.seconds(3)) { pair.isSecured })
    }

    @Test func noDigestAtAllIsNoTrust() throws {
        let pair = try TwoTransports(serverTrusts: [])
        pair.run(.seconds(3))
        #expect(pair.server.events.last == .failed(.fingerprintMismatch))
    }

    @Test func aWrongPasswordIsNeverAnswered() throws {
        let pair = try TwoTransports(clientPassword: "notthepasswordofthisleg")
        pair.run(.seconds(40))
        #expect(pair.server.events == [.failed(.noConnectivity)])
        #expect(pair.client.events == [.failed(.noConnectivity)])
        #expect(pair.down.sent == 0)
        #expect(pair.server.transport.drops(.stunNotAuthentic) > 5)
        #expect(pair.server.transport.deadline == nil)
    }

    @Test func whatWasHeardOnceIsNotHeardAgain() throws {
        let pair = try connected()
        for sequence in 1...20 as ClosedRange<UInt16> { pair.sendRTP(rtpPacket(sequence: sequence), from: pair.client) }
        pair.run(.seconds(1))
        #expect(pair.server.media.count == 20)
        let eavesdropper = TransportAddress(ipv4: 0x0A00_0001, port: 666)
        let selected = pair.server.transport.destination
        for datagram in pair.transcript {
            let fromPeer = pair.deliver(datagram, from: pair.clientAddress, to: pair.server)
            let fromElsewhere = pair.deliver(datagram, from: eavesdropper, to: pair.server)
            switch datagram[0] {
            case 0...3: #expect(fromPeer == .consumed && fromElsewhere == .dropped(.stunReplayed))
            case 20...63: #expect(fromPeer == .consumed && fromElsewhere == .dropped(.addressNotValidated))
            default: #expect(fromPeer == .dropped(.srtpReplayed) && fromElsewhere == .dropped(.addressNotValidated))
            }
        }
        pair.settle()
        #expect(pair.server.media.count == 20)
        #expect(pair.server.transport.destination == selected)
        #expect(pair.isSecured)
    }

    @Test func damagedMediaNeverPassesAndDoesNoHarm() throws {
        let pair = try connected()
        let packet = rtpPacket(sequence: 1, payloadBytes: 20)
        let sent = try #require(pair.sendRTP(packet, from: pair.client))
        // Damaged copies arrive before the packet itself.
        var accepted = 0
        forEachDamage(of: sent, seed: 1) { damaged in
            if damaged == sent { return }
            switch pair.deliver(damaged, from: pair.clientAddress, to: pair.server) {
            case .rtp, .rtcp: accepted += 1
            case .consumed, .dropped: break
            }
        }
        #expect(accepted == 0)
        pair.run(.seconds(1))
        #expect(pair.server.media == [packet])
        #expect(pair.isSecured)
    }

    @Test func damagedDatagramsOfEveryKindNeverTrapNorChangeThePath() throws {
        let pair = try connected()
        let selected = pair.server.transport.destination
        let stranger = TransportAddress(ipv4: 0x0A00_0001, port: 666)
        for datagram in pair.transcript.prefix(12) {
            forEachDamage(of: Array(datagram.prefix(200)), seed: 2) {
                pair.deliver($0, from: stranger, to: pair.server)
                pair.deliver($0, from: stranger, to: pair.client)
            }
        }
        pair.settle()
        #expect(pair.server.transport.destination == selected)
        #expect(pair.isSecured)
    }

    /// Handshake records are in the clear, so damage may fail a handshake, but it must not trap, and it must not secure a leg wrongly.
    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func aDamagedHandshakeEitherSucceedsOrFailsCleanly(seed: UInt64) throws {
        let pair = try TwoTransports(seed: seed)
        var random = SeededGenerator(seed: seed)
        pair.tamper = { datagram in
            guard (20...63).contains(datagram[0]), Int.random(in: 0..<3, using: &random) == 0 else { return datagram }
            var damaged = datagram
            if Bool.random(using: &random) { damaged.removeLast(Int.random(in: 1..<damaged.count, using: &random)) }
            damaged[Int.random(in: 0..<damaged.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            return damaged
        }
        pair.run(.seconds(60))
        pair.tamper = nil
        if pair.isSecured {
            pair.sendRTP(rtpPacket(sequence: 1), from: pair.client)
            pair.run(.seconds(1))
            #expect(pair.server.media.count == 1)
        } else {
            #expect(pair.client.transport.deadline == nil || pair.server.transport.deadline == nil)
        }
    }

    @Test func aFloodOfChecksFromStrangersIsCountedAndForgotten() throws {
        let pair = try connected()
        let selected = pair.server.transport.destination
        let local = pair.server.transport.local
        let sentBefore = pair.down.sent
        for number in 0..<20_000 as Range<UInt64> {
            let stranger = TransportAddress(ipv4: UInt32(truncatingIfNeeded: number), port: 9)
            var check = STUNWriter(.bindingRequest, STUN.TransactionID(high: 1, low: number))
            // Half of them know the name; none the password.
            check.username(
                Array((number & 1 == 0 ? "\(local.fragment):\(pair.client.transport.local.fragment)" : "who:ever").utf8))
            check.controlling(number)
            check.priority(1)
            check.useCandidate()
            pair.deliver(check.finish(key: KeyedSHA1(key: [1, 2, 3])), from: stranger, to: pair.server)
        }
        pair.settle()
        #expect(pair.server.transport.drops(.stunNotAuthentic) == 10_000)
        #expect(pair.server.transport.drops(.stunUnknownUser) == 10_000)
        #expect(pair.down.sent == sentBefore)
        #expect(pair.server.transport.destination == selected)
        #expect(pair.server.transport.deadline != nil)
    }

    /// Someone who knows the password, that is the peer itself, with more addresses than we remember.
    @Test func addressesOfOnePeerAreBounded() throws {
        let pair = try connected()
        for number in 1...100 as ClosedRange<UInt32> {
            let check = pair.check(id: UInt64(number)) { $0.controlling(1) }
            #expect(pair.deliver(check, from: TransportAddress(ipv4: number, port: 9), to: pair.server) == .consumed)
        }
        #expect(pair.server.transport.destination == pair.clientAddress)
        let fromFirst = pair.deliver([0x80, 0, 0, 0], from: TransportAddress(ipv4: 1, port: 9), to: pair.server)
        #expect(fromFirst == .dropped(.addressNotValidated))
    }

    @Test func aCheckUnderSHA256IsAnsweredUnderSHA256() throws {
        let pair = try connected()
        let local = pair.server.transport.local
        var check = STUNWriter(.bindingRequest, STUN.TransactionID(high: 0xFFFF, low: 3))
        check.username(Array("\(local.fragment):\(pair.client.transport.local.fragment)".utf8))
        check.priority(1)
        check.controlling(1)
        let wrong = check.finish(sha256Password: [1, 2, 3])
        let right = check.finish(sha256Password: Array(local.password.utf8))
        #expect(pair.deliver(wrong, from: pair.clientAddress, to: pair.server) == .dropped(.stunNotAuthentic))
        #expect(pair.deliver(right, from: pair.clientAddress, to: pair.server) == .consumed)
        let answer = try #require(pair.server.transport.pollTransmit())
        try answer.bytes.withUnsafeBytes { bytes in
            let message = try STUNMessage(bytes)
            #expect(message.isAuthenticSHA256(password: Array(local.password.utf8), in: bytes))
        }
    }

    @Test func aPeerInOurRoleIsToldToChange() throws {
        let pair = try connected()
        let result = pair.deliver(pair.check { $0.controlled(5) }, from: pair.clientAddress, to: pair.server)
        #expect(result == .dropped(.stunRoleConflict))
        #expect(try pair.answer().errorCode == 487)
    }

    @Test func anAttributeThatMustBeUnderstoodAndIsNotIsNamedInTheAnswer() throws {
        let pair = try connected()
        let result = pair.deliver(pair.check { $0.attribute(0x7ABC, [1]) }, from: pair.clientAddress, to: pair.server)
        #expect(result == .dropped(.stunUnexpected))
        #expect(try pair.answer().errorCode == 420)
    }

    @Test func anAnswerToNoQuestionIsDropped() throws {
        let pair = try connected()
        var answer = STUNWriter(.bindingSuccess, STUN.TransactionID(high: 1, low: 1))
        answer.xorMappedAddress(pair.clientAddress)
        let bytes = answer.finish(key: KeyedSHA1(key: Array(pair.server.transport.local.password.utf8)))
        #expect(pair.deliver(bytes, from: TwoTransports.serverAddress, to: pair.client) == .dropped(.stunUnexpected))
        #expect(pair.deliver(bytes, from: pair.clientAddress, to: pair.server) == .dropped(.stunUnexpected))
    }

    @Test func randomDatagramsNeverTrap() throws {
        let pair = try connected()
        var random = SeededGenerator(seed: 9)
        for _ in 0..<20_000 {
            var bytes = (0..<Int.random(in: 0...100, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            if !bytes.isEmpty { bytes[0] = [0, 1, 20, 22, 23, 63, 64, 128, 144, 191, 255].randomElement(using: &random) ?? 0 }
            pair.deliver(bytes, from: pair.clientAddress, to: pair.server)
            pair.deliver(bytes, from: TwoTransports.serverAddress, to: pair.client)
        }
        pair.settle()
        #expect(pair.isSecured)
        #expect(pair.server.media.isEmpty)
    }
}

extension TwoTransports {
    /// An authentic check from the client with more attributes.
    func check(id: UInt64 = 77, _ add: (inout STUNWriter) -> Void) -> [UInt8] {
        let local = server.transport.local
        var check = STUNWriter(.bindingRequest, STUN.TransactionID(high: 0xFFFF, low: id))
        check.username(Array("\(local.fragment):\(client.transport.local.fragment)".utf8))
        check.priority(1)
        add(&check)
        return check.finish(key: KeyedSHA1(key: Array(local.password.utf8)))
    }

    /// The STUN message that the server has just to send.
    func answer() throws -> STUNMessage {
        let transmit = try #require(server.transport.pollTransmit())
        return try transmit.bytes.withUnsafeBytes { try STUNMessage($0) }
    }
}
