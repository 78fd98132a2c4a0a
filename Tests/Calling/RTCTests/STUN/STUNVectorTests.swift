import RTC
import Testing

/// The messages of RFC 5769, all under the password of section 2.
@Suite struct STUNVectorTests {
    static let key = KeyedSHA1(key: Array("VOkJxbRl1RmTxUk/WvJxBt".utf8))
    static let transaction = "b7e7a701 bc34d686 fa87dfae"

    static let request = hex(
        """
        00010058 2112a442 \(transaction)
        80220010 5354554e 20746573 7420636c 69656e74
        00240004 6e0001ff
        80290008 932ff9b1 51263b36
        00060009 6576746a 3a683676 59202020
        00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2
        80280004 e57a3bcf
        """)
    static let response4 = hex(
        """
        0101003c 2112a442 \(transaction)
        8022000b 74657374 20766563 746f7220
        00200008 0001a147 e112a643
        00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7
        80280004 c07d4c96
        """)
    static let response6 = hex(
        """
        01010048 2112a442 \(transaction)
        8022000b 74657374 20766563 746f7220
        00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
        00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41
        80280004 c8fb0b4c
        """)

    @Test func theSampleRequestIsReadAndAuthentic() throws {
        try Self.request.withUnsafeBytes { bytes in
            let message = try STUNMessage(bytes)
            #expect(message.kind == .bindingRequest)
            #expect(message.priority == 0x6E00_01FF)
            #expect(message.controlled == 0x932F_F9B1_5126_3B36)
            #expect(message.username.map { String(decoding: bytes[$0], as: UTF8.self) } == "evtj:h6vY")
            #expect(message.hasFingerprint)
            #expect(message.isAuthentic(key: Self.key, in: bytes))
            #expect(!message.isAuthentic(key: KeyedSHA1(key: [1]), in: bytes))
        }
    }

    @Test(arguments: [(response4, "192.0.2.1"), (response6, "2001:db8:1234:5678:11:2233:4455:6677")])
    func theSampleResponsesGiveTheirMappedAddress(response: [UInt8], host: String) throws {
        try response.withUnsafeBytes { bytes in
            let message = try STUNMessage(bytes)
            #expect(message.kind == .bindingSuccess)
            #expect(message.mappedAddress == TransportAddress(host: host, port: 32853))
            #expect(message.isAuthentic(key: Self.key, in: bytes))
        }
    }

    @Test func aMessageSurvivesTheWriterAndTheReader() throws {
        let id = STUN.TransactionID(high: 0xB7E7_A701, low: 0xBC34_D686_FA87_DFAE)
        let address = try #require(TransportAddress(host: "2001:db8::7", port: 4000))
        var writer = STUNWriter(.bindingRequest, id)
        writer.username(Array("abcd:efgh".utf8))
        writer.priority(7)
        writer.useCandidate()
        writer.controlling(9)
        writer.xorMappedAddress(address)
        try writer.finish(key: Self.key).withUnsafeBytes { bytes in
            let message = try STUNMessage(bytes)
            #expect(message.transactionID == id)
            #expect(message.useCandidate)
            #expect(message.controlling == 9)
            #expect(message.mappedAddress == address)
            #expect(message.isAuthentic(key: Self.key, in: bytes))
        }
    }

    @Test func everyFlippedBitOfAMessageIsNoticed() {
        for bit in 0..<Self.request.count * 8 {
            var bytes = Self.request
            bytes[bit / 8] ^= 1 << (bit % 8)
            let isAccepted = bytes.withUnsafeBytes { bytes in
                guard let message = try? STUNMessage(bytes) else { return false }
                return message.hasFingerprint && message.isAuthentic(key: Self.key, in: bytes)
            }
            #expect(!isAccepted, "bit \(bit)")
        }
    }

    @Test func everyTruncationOfAMessageIsRefused() {
        for length in 0..<Self.request.count {
            let isRead = Self.request[..<length].withUnsafeBytes { (try? STUNMessage($0)) != nil }
            #expect(!isRead, "length \(length)")
        }
    }

    @Test func randomBytesWithTheCookieNeverTrap() {
        var random = RandomSource.seeded(3)
        for _ in 0..<20_000 {
            var bytes = (0..<Int.random(in: 20...140, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            bytes.replaceSubrange(..<8, with: [0, 1, 0, UInt8(bytes.count - 20), 0x21, 0x12, 0xA4, 0x42])
            let hasFingerprint = bytes.withUnsafeBytes { (try? STUNMessage($0))?.hasFingerprint ?? false }
            #expect(!hasFingerprint)
        }
    }

    @Test func theSHA256FormIsChecked() throws {
        let password = Array("VOkJxbRl1RmTxUk/WvJxBt".utf8)
        var writer = STUNWriter(.bindingRequest, STUN.TransactionID(high: 1, low: 2))
        writer.priority(7)
        let bytes = writer.finish(sha256Password: password)
        try bytes.withUnsafeBytes { bytes in
            let message = try STUNMessage(bytes)
            #expect(message.isAuthenticSHA256(password: password, in: bytes))
            #expect(!message.isAuthenticSHA256(password: [1, 2, 3], in: bytes))
        }
    }
}
