import RTC
import Testing

@Suite struct ConnectionTests {
    @Test(arguments: [ICENomination.regular, .aggressive])
    func twoSidesConnectAndCarryMediaBothWays(nomination: ICENomination) throws {
        let pair = try TwoTransports(nomination: nomination)
        #expect(pair.run(.seconds(2)) { pair.isSecured })
        #expect(pair.server.events == [.selected(pair.clientAddress), .secured(.aeadAES128GCM)])
        #expect(pair.client.events == [.selected(TwoTransports.serverAddress), .secured(.aeadAES128GCM)])

        let packet = rtpPacket(sequence: 7)
        #expect(pair.sendRTP(packet, from: pair.client)?.count == packet.count + 16)
        #expect(pair.sendRTP(packet, from: pair.server) != nil)
        pair.run(.seconds(1))
        #expect(pair.server.media == [packet])
        #expect(pair.client.media == [packet])
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func theyConnectThroughHeavyLoss(seed: UInt64) throws {
        let conditions = LinkConditions(
            delay: .milliseconds(40), jitter: .milliseconds(30), loss: 0.25, reordering: 0.05, duplication: 0.05)
        let pair = try TwoTransports(conditions, seed: seed)
        #expect(pair.run(.seconds(30)) { pair.isSecured }, "client \(pair.client.events), server \(pair.server.events)")
    }
}
