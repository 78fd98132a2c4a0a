import RTC
import Testing

@Suite struct TransportAddressTests {
    @Test(arguments: ["127.0.0.1", "255.255.255.255", "2001:db8::1", "::", "::1", "fe80::1:0:0:1", "1:2:3:4:5:6:7:8", "1::"])
    func readsAndWritesTheSameText(host: String) throws {
        let address = try #require(TransportAddress(host: host, port: 9))
        #expect(address.host == host)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1.2.3.", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1:2:3:4:5:6:7",
        "12345::", "g::", "1:2:3:4:5:6:7::8", "+1::", "127.0.0.1:80", "1:", ":1",
    ])
    func refusesOtherText(host: String) {
        #expect(TransportAddress(host: host, port: 9) == nil)
    }

    @Test func anAddressMappedToIPv6IsItsIPv4Address() {
        #expect(TransportAddress(host: "::ffff:192.0.2.1", port: 5) == TransportAddress(ipv4: 0xC000_0201, port: 5))
        #expect(TransportAddress(ipv4: 0xC000_0201, port: 5).ipv6.low == 0xFFFF_C000_0201)
    }

    @Test func describesItselfWithItsPort() {
        #expect(TransportAddress(host: "2001:db8:0:0:1:0:0:1", port: 5004)?.description == "[2001:db8::1:0:0:1]:5004")
        #expect(TransportAddress(ipv4: 0x7F00_0001, port: 80).description == "127.0.0.1:80")
    }
}
