import RTC
import Testing

@Suite struct SRTPVectorTests {
    /// RFC 3711 appendix B.3.
    @Test func theSessionKeysAreThoseOfRFC3711() {
        let master = SRTPMasterKey(
            key: hex("E1F97A0D3E018BE0D64FA32C06DE4139"), salt: hex("0EC675AD498AFEEBB6960B3AABE6"))
        #expect(master.derive(label: 0, count: 16) == hex("C61E7A93744F39EE10734AFE3FF7A087"))
        #expect(master.derive(label: 2, count: 14) == hex("30CBBC08863D8C85D49DB34A9AE1"))
        #expect(master.derive(label: 1, count: 20) == hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"))
    }

    /// RFC 3711 appendix B.2: the key stream of SSRC 0 and packet 0, so a packet of zeros shows it. Its IV's salt stands for everything.
    @Test func theKeyStreamIsThatOfRFC3711() throws {
        let keys = try #require(
            SRTPSessionKeys(
                .aes128CMSHA1, key: hex("2B7E151628AED2A6ABF7158809CF4F3C"), authentication: [UInt8](repeating: 0, count: 20),
                salt: hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"), isSending: true))
        var packet = [UInt8](repeating: 0, count: 12 + 48 + 10)
        let isDone = packet.withUnsafeMutableBytes { keys.seal($0, header: 12, length: 60, ssrc: 0, index: 0) }
        #expect(isDone)
        #expect(
            Array(packet[12..<60])
                == hex(
                    """
                    E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB
                    41E95B3BB0A2E8DD477901E4FCA894C0
                    """))
    }

    static let rtp = hex(
        """
        8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973
        20646976 69736120 696e2070 61727465 73207472 6573
        """)
    static let srtp = hex(
        """
        8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a
        51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce
        """)
    static let rtcp = hex(
        """
        81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
        deadbeef deadbeef deadbeef deadbeef deadbeef
        """)
    static let srtcp = hex(
        """
        81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda
        4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872 45d9eade 800005d4
        """)

    /// RFC 7714 sections 16 and 17 give session keys: 00…0f and "Quid pro quo".
    private func keys(isSending: Bool) throws -> SRTPSessionKeys {
        try #require(
            SRTPSessionKeys(
                .aeadAES128GCM, key: Array(0...15), authentication: [], salt: Array("Quid pro quo".utf8), isSending: isSending))
    }

    @Test func anRTPPacketIsSealedAndOpenedAsInRFC7714() throws {
        var packet = Self.rtp + [UInt8](repeating: 0, count: 16)
        let sealing = try keys(isSending: true)
        let opening = try keys(isSending: false)
        let isSealed = packet.withUnsafeMutableBytes {
            sealing.seal($0, header: 12, length: Self.rtp.count, ssrc: 0x5501_A0B2, index: 0xF17B)
        }
        #expect(isSealed)
        #expect(packet == Self.srtp)
        let isOpened = packet.withUnsafeMutableBytes {
            opening.open($0, header: 12, length: Self.rtp.count, ssrc: 0x5501_A0B2, index: 0xF17B)
        }
        #expect(isOpened)
        #expect(Array(packet[..<Self.rtp.count]) == Self.rtp)
    }

    @Test func anRTCPCompoundIsSealedAndOpenedAsInRFC7714() throws {
        var packet = Self.rtcp + [UInt8](repeating: 0, count: 20)
        let sealing = try keys(isSending: true)
        let opening = try keys(isSending: false)
        let isSealed = packet.withUnsafeMutableBytes {
            sealing.sealControl($0, length: Self.rtcp.count, ssrc: 0x4D61_7273, indexWord: 0x8000_05D4)
        }
        #expect(isSealed)
        #expect(packet == Self.srtcp)
        let isOpened = packet.withUnsafeMutableBytes {
            opening.openControl($0, length: Self.rtcp.count, ssrc: 0x4D61_7273, indexWord: 0x8000_05D4)
        }
        #expect(isOpened)
        #expect(Array(packet[..<Self.rtcp.count]) == Self.rtcp)
    }
}
