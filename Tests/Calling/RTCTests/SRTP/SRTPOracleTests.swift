import CSRTP
import RTC
import Testing

/// Our transforms against libsrtp: what one protects the other reads, packet by packet and byte by byte.
@Suite struct SRTPOracleTests {
    static let master = (key: Array(1...16 as ClosedRange<UInt8>), salt: Array(101...114 as ClosedRange<UInt8>))

    private func context(_ profile: SRTPProfile, isSending: Bool) throws -> SRTPContext {
        let salt = Array(Self.master.salt.prefix(profile.saltBytes))
        return try #require(SRTPContext(profile, master: SRTPMasterKey(key: Self.master.key, salt: salt), isSending: isSending))
    }

    @Test(arguments: SRTPProfile.allCases)
    func libsrtpReadsWhatWeProtect(profile: SRTPProfile) throws {
        let ours = try context(profile, isSending: true)
        let theirs = try LibSRTP(profile, key: Self.master.key + Self.master.salt.prefix(profile.saltBytes), isSending: false)
        var packets = RandomPackets(seed: 5)
        for _ in 0..<2_000 {
            let packet = packets.nextRTP()
            let protected = try ours.apply(packet) { try ours.protectRTP($0, length: packet.count) }
            #expect(theirs.unprotectRTP(protected) == packet)
            if Bool.random(using: &packets.random) {
                let compound = packets.nextRTCP()
                let protected = try ours.apply(compound) { try ours.protectRTCP($0, length: compound.count) }
                #expect(theirs.unprotectRTCP(protected) == compound)
            }
        }
    }

    @Test(arguments: SRTPProfile.allCases)
    func weReadWhatLibsrtpProtects(profile: SRTPProfile) throws {
        let ours = try context(profile, isSending: false)
        let theirs = try LibSRTP(profile, key: Self.master.key + Self.master.salt.prefix(profile.saltBytes), isSending: true)
        var packets = RandomPackets(seed: 6)
        for _ in 0..<2_000 {
            let packet = packets.nextRTP()
            let protected = try #require(theirs.protectRTP(packet))
            #expect(try ours.apply(protected) { try ours.unprotectRTP($0, length: protected.count) } == packet)
            if Bool.random(using: &packets.random) {
                let compound = packets.nextRTCP()
                let protected = try #require(theirs.protectRTCP(compound))
                #expect(try ours.apply(protected) { try ours.unprotectRTCP($0, length: protected.count) } == compound)
            }
        }
    }
}

/// Packets with contributors, extensions and payloads of any size, of three sources whose sequence numbers wrap twice in 2,000 packets.
struct RandomPackets {
    var random: RandomSource
    private var sequences: [UInt16] = [65_500, 30_000, 0]

    init(seed: UInt64) { random = .seeded(seed) }

    mutating func nextRTP() -> [UInt8] {
        let source = Int.random(in: 0..<3, using: &random)
        // Now and then a gap, as by loss.
        sequences[source] &+= Int.random(in: 0..<10, using: &random) == 0 ? UInt16.random(in: 2...300, using: &random) : 1
        let contributors = Int.random(in: 0...3, using: &random)
        let hasExtension = Bool.random(using: &random)
        var bytes: [UInt8] = [0x80 | (hasExtension ? 0x10 : 0) | UInt8(contributors), 96]
        bytes += [UInt8(sequences[source] >> 8), UInt8(sequences[source] & 255)]
        bytes += random(4) + [0, 0, 0, UInt8(source + 1)] + random(contributors * 4)
        if hasExtension {
            let words = Int.random(in: 0...4, using: &random)
            bytes += [0xBE, 0xDE, 0, UInt8(words)] + random(words * 4)
        }
        return bytes + random(Int.random(in: 0...1_200, using: &random))
    }

    mutating func nextRTCP() -> [UInt8] {
        let words = Int.random(in: 1...30, using: &random)
        return [0x80, 201, 0, UInt8(words), 0, 0, 0, UInt8(Int.random(in: 1...3, using: &random))] + random((words - 1) * 4)
    }

    private mutating func random(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}

extension SRTPContext {
    /// Applies a transform to a copy in a slot.
    func apply(_ packet: [UInt8], _ transform: (UnsafeMutableRawBufferPointer) throws -> Int) throws -> [UInt8] {
        var slot = packet + [UInt8](repeating: 0, count: 64)
        let length = try slot.withUnsafeMutableBytes(transform)
        return Array(slot[..<length])
    }
}

/// A libsrtp session of one direction for any source.
final class LibSRTP {
    private var session: srtp_t?

    // Proof: libsrtp wants to be initialised once, and a static's initialiser runs once.
    private static let isReady = srtp_init() == srtp_err_status_ok

    init(_ profile: SRTPProfile, key: [UInt8], isSending: Bool) throws {
        #expect(Self.isReady)
        var policy = srtp_policy_t()
        switch profile {
        case .aeadAES128GCM:
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp)
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp)
        case .aes128CMSHA1:
            srtp_crypto_policy_set_rtp_default(&policy.rtp)
            srtp_crypto_policy_set_rtcp_default(&policy.rtcp)
        }
        policy.ssrc.type = isSending ? ssrc_any_outbound : ssrc_any_inbound
        policy.window_size = 128
        var key = key
        let status = key.withUnsafeMutableBufferPointer {
            policy.key = $0.baseAddress
            return srtp_create(&session, &policy)
        }
        try #require(status == srtp_err_status_ok)
    }

    deinit { if let session { srtp_dealloc(session) } }

    func protectRTP(_ packet: [UInt8]) -> [UInt8]? { apply(packet) { srtp_protect(session, $0, $1) } }
    func unprotectRTP(_ packet: [UInt8]) -> [UInt8]? { apply(packet) { srtp_unprotect(session, $0, $1) } }
    func protectRTCP(_ packet: [UInt8]) -> [UInt8]? { apply(packet) { srtp_protect_rtcp(session, $0, $1) } }
    func unprotectRTCP(_ packet: [UInt8]) -> [UInt8]? { apply(packet) { srtp_unprotect_rtcp(session, $0, $1) } }

    private func apply(
        _ packet: [UInt8], _ transform: (UnsafeMutableRawPointer?, UnsafeMutablePointer<Int32>) -> srtp_err_status_t
    ) -> [UInt8]? {
        var slot = packet + [UInt8](repeating: 0, count: 64)
        var length = Int32(packet.count)
        let status = slot.withUnsafeMutableBytes { transform($0.baseAddress, &length) }
        return status == srtp_err_status_ok ? Array(slot[..<Int(length)]) : nil
    }
}
