import COpenSSLShims

/// Which side speaks first in a handshake.
public enum DTLSRole: Sendable {
    /// Sends the ClientHello: `a=setup:active`.
    case client
    /// Waits for it: `a=setup:passive`.
    case server
}

/// One DTLS association over OpenSSL, with datagrams and time as arguments. The only importer of OpenSSL's DTLS besides its identity.
///
/// OpenSSL retransmits by the wall clock, which a test cannot move, so its timer is set to never and retransmission is ours: the last
/// flight's datagrams are kept and sent again, with fresh record numbers where records are still in the clear (RFC 6347 section 4.2.4).
package final class DTLSAssociation {
    package enum State: Equatable {
        case handshaking, established, closed, failed
    }

    package private(set) var state = State.handshaking
    /// When the last flight is to be sent again, or the handshake given up.
    package private(set) var deadline: MonotonicTime?
    private let dtls: OpaquePointer
    private var flight: [[UInt8]] = []
    private var outbox: [[UInt8]] = []
    private var resendInterval = DTLSAssociation.firstResend
    private var lastResend = MonotonicTime.zero
    private var giveUp: MonotonicTime?
    private var nextPlainRecord: UInt64 = 0

    /// Doubles until `slowestResend`. Far below RFC 6347's second, as browsers do: the path has just been checked and a call waits.
    private static let firstResend = MonotonicTime.Interval.milliseconds(100)
    private static let slowestResend = MonotonicTime.Interval.milliseconds(1_600)
    private static let answerPause = MonotonicTime.Interval.milliseconds(50)

    package init?(_ identity: DTLSIdentity, role: DTLSRole, datagramBytes: Int = RTCLimits.dtlsDatagramBytes) {
        guard let dtls = JM_dtls_new(identity.context, role == .server ? 1 : 0, Int32(datagramBytes)) else {
            return nil
        }
        self.dtls = dtls
    }

    deinit { JM_dtls_free(dtls) }

    /// Whether bytes can be a DTLS record at all.
    static func looksLikeRecord(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= recordHeaderBytes && (20...25).contains(bytes[0]) && bytes[1] == 0xFE
            && recordHeaderBytes + Int(bytes.load16(11)) <= bytes.count
    }

    /// Begins the handshake: a client says hello, a server starts to wait.
    package func start(now: MonotonicTime) {
        giveUp = now + RTCLimits.dtlsHandshake
        step(UnsafeRawBufferPointer(start: nil, count: 0), now: now)
    }

    /// Takes one datagram.
    package func receive(_ datagram: UnsafeRawBufferPointer, now: MonotonicTime) {
        guard state == .handshaking || state == .established else { return }
        let wasEstablished = state == .established
        let isHandshake = datagram[0] == Self.handshakeRecord || datagram[0] == Self.changeCipherRecord
        let produced = step(datagram, now: now)
        // The peer repeats its last flight because ours, the final one, was lost. OpenSSL has answered unless it took it for a replay.
        if wasEstablished, state == .established, isHandshake, !produced, now - lastResend >= Self.answerPause {
            resend(now: now)
        }
    }

    /// Resends or gives up when its time has come.
    package func handleTimeout(now: MonotonicTime) {
        guard state == .handshaking, let deadline, deadline <= now else { return }
        if let giveUp, giveUp <= now {
            state = .failed
            self.deadline = nil
            return
        }
        resendInterval = min(resendInterval * 2, Self.slowestResend)
        resend(now: now)
        schedule(now: now)
    }

    /// Says goodbye; nothing more is received.
    func close() {
        guard state == .handshaking || state == .established else { return }
        JM_dtls_close(dtls)
        drain()
        state = .closed
        deadline = nil
    }

    /// The next datagram to send.
    package func pollTransmit() -> [UInt8]? { outbox.isEmpty ? nil : outbox.removeFirst() }

    // MARK: What was agreed

    /// Whether the peer's certificate has one of the signalled digests.
    func peerMatches(_ fingerprints: [CertificateFingerprint]) -> Bool {
        fingerprints.contains { signalled in
            let digest = digestBytes { JM_dtls_peer_digest(dtls, signalled.algorithm.bits, $0) }
            return !digest.isEmpty && digest == signalled.bytes
        }
    }

    /// The protection profile and both directions' master keys; nil when the peer offered none of ours.
    func exportKeys() -> (profile: SRTPProfile, client: SRTPMasterKey, server: SRTPMasterKey)? {
        guard let profile = SRTPProfile(rawValue: UInt16(truncatingIfNeeded: JM_dtls_srtp_profile(dtls))) else { return nil }
        var material = [UInt8](repeating: 0, count: profile.keyingMaterialBytes)
        defer { JM_cleanse(&material, material.count) }
        guard JM_dtls_export_srtp_keys(dtls, &material, material.count) == 1,
            let keys = SRTPMasterKey.split(material, profile: profile)
        else { return nil }
        return (profile, keys.client, keys.server)
    }

    // MARK: Steps and flights

    /// Lets OpenSSL go on; whether it had something to say.
    @discardableResult
    private func step(_ datagram: UnsafeRawBufferPointer, now: MonotonicTime) -> Bool {
        let result = JM_dtls_step(dtls, datagram.baseAddress?.assumingMemoryBound(to: UInt8.self), datagram.count)
        let said = drain()
        switch result {
        case Int32(JM_DTLS_HANDSHAKING): state = .handshaking
        case Int32(JM_DTLS_ESTABLISHED): state = .established
        case Int32(JM_DTLS_CLOSED): state = .closed
        default: state = .failed
        }
        if !said.isEmpty, state == .handshaking || state == .established {
            flight = said
            resendInterval = Self.firstResend
            lastResend = now
        }
        if state == .handshaking {
            if !said.isEmpty || deadline == nil { schedule(now: now) }
        } else {
            deadline = nil
        }
        return !said.isEmpty
    }

    private func schedule(now: MonotonicTime) {
        deadline = MonotonicTime.soonest(flight.isEmpty ? nil : now + resendInterval, giveUp)
    }

    @discardableResult
    private func drain() -> [[UInt8]] {
        var said: [[UInt8]] = []
        while true {
            let datagram = [UInt8](unsafeUninitializedCapacity: RTCLimits.datagramBytes) { bytes, count in
                count = JM_dtls_next_datagram(dtls, bytes.baseAddress, bytes.count)
            }
            if datagram.isEmpty { break }
            said.append(datagram)
        }
        for datagram in said { send(datagram) }
        return said
    }

    private func resend(now: MonotonicTime) {
        lastResend = now
        for datagram in flight { send(datagram) }
    }

    private func send(_ datagram: [UInt8]) {
        guard outbox.count < RTCLimits.waitingDatagrams else { return }
        var numbered = datagram
        numberPlainRecords(&numbered)
        outbox.append(numbered)
    }

    // MARK: Records

    private static let recordHeaderBytes = 13
    private static let handshakeRecord: UInt8 = 22
    private static let changeCipherRecord: UInt8 = 20

    /// Gives every record of epoch 0 the next number. Records in the clear are not bound to their number, and a repeated record with its
    /// old number would be dropped as a replay by a peer that saw it too early to use it.
    private func numberPlainRecords(_ datagram: inout [UInt8]) {
        datagram.withUnsafeMutableBytes { bytes in
            var at = 0
            while at + Self.recordHeaderBytes <= bytes.count {
                let view = UnsafeRawBufferPointer(bytes)
                if view.load16(at + 3) == 0 {
                    // Epoch and number share eight bytes: 16 and 48 bits.
                    bytes.storeBytes(of: nextPlainRecord.bigEndian, toByteOffset: at + 3, as: UInt64.self)
                    nextPlainRecord += 1
                }
                at += Self.recordHeaderBytes + Int(view.load16(at + 11))
            }
        }
    }
}
