import CSRTP
import RTC

struct CannotStart: Error {}

/// Two of our transports, connected in memory.
final class OwnTransports: Subject {
    let name: String
    private let client: Transport
    private let server: Transport
    private let address = TransportAddress(ipv4: 0x7F00_0001, port: 1)
    private var now = MonotonicTime(microseconds: 1)

    init(_ profile: SRTPProfile) throws {
        name = "Jianmian \(profile)"
        guard let identity = DTLSIdentity(profiles: [profile]) else { throw CannotStart() }
        client = Transport(role: .controlling(.aggressive), identity: identity)
        server = Transport(role: .lite, identity: identity)
        server.start(RemoteParameters(credentials: client.local, fingerprints: [identity.fingerprint]), now: now)
        client.start(
            RemoteParameters(
                credentials: server.local, fingerprints: [identity.fingerprint],
                candidates: [ICECandidate(address: address, priority: 1)]), now: now)
        for _ in 0..<100 where !(client.canSend && server.canSend) {
            now = now + .milliseconds(10)
            exchange(client, server)
            exchange(server, client)
            client.handleTimeout(now: now)
        }
        guard client.canSend, server.canSend else { throw CannotStart() }
    }

    private func exchange(_ sender: Transport, _ receiver: Transport) {
        while let transmit = sender.pollTransmit() {
            var bytes = transmit.bytes
            _ = bytes.withUnsafeMutableBytes { receiver.receive($0, length: $0.count, from: address, now: now) }
        }
    }

    func protect(_ slot: UnsafeMutableRawBufferPointer, _ length: Int) -> Int { client.protectRTP(slot, length: length) ?? 0 }

    func unprotect(_ slot: UnsafeMutableRawBufferPointer, _ length: Int) -> Int {
        guard case .rtp(let plain) = server.receive(slot, length: length, from: address, now: now) else { return 0 }
        return plain
    }
}

/// A pair of libsrtp sessions.
final class LibSRTP: Subject {
    let name: String
    private var sender: srtp_t?
    private var receiver: srtp_t?

    // Proof: a static's initialiser runs once, as libsrtp wants.
    private static let isReady = srtp_init() == srtp_err_status_ok

    init(_ profile: SRTPProfile) throws {
        name = "libsrtp2 \(profile)"
        guard Self.isReady else { throw CannotStart() }
        sender = try Self.session(profile, ssrc_any_outbound)
        receiver = try Self.session(profile, ssrc_any_inbound)
    }

    private static func session(_ profile: SRTPProfile, _ direction: srtp_ssrc_type_t) throws -> srtp_t? {
        var policy = srtp_policy_t()
        switch profile {
        case .aeadAES128GCM:
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp)
            srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp)
        case .aes128CMSHA1:
            srtp_crypto_policy_set_rtp_default(&policy.rtp)
            srtp_crypto_policy_set_rtcp_default(&policy.rtcp)
        }
        policy.ssrc.type = direction
        policy.window_size = 128
        var key = Array(1...30 as ClosedRange<UInt8>)
        var session: srtp_t?
        let status = key.withUnsafeMutableBufferPointer {
            policy.key = $0.baseAddress
            return srtp_create(&session, &policy)
        }
        guard status == srtp_err_status_ok else { throw CannotStart() }
        return session
    }

    func protect(_ slot: UnsafeMutableRawBufferPointer, _ length: Int) -> Int {
        var length = Int32(length)
        return srtp_protect(sender, slot.baseAddress, &length) == srtp_err_status_ok ? Int(length) : 0
    }

    func unprotect(_ slot: UnsafeMutableRawBufferPointer, _ length: Int) -> Int {
        var length = Int32(length)
        return srtp_unprotect(receiver, slot.baseAddress, &length) == srtp_err_status_ok ? Int(length) : 0
    }
}
