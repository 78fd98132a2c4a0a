/// One direction of SRTP and SRTCP (RFC 3711, RFC 7714) under one master key: packets are transformed in place, nothing is allocated
/// after `init`, and no state moves before a packet has proved authentic.
package final class SRTPContext {
    /// Why a packet was refused.
    package enum Refusal: Error, Equatable {
        case malformed, tooManyStreams, replayed, notAuthentic, noRoom, exhausted, cipherFailed
    }

    package let profile: SRTPProfile
    private var streams = SRTPStreamTable()
    private let rtp: SRTPSessionKeys
    private let rtcp: SRTPSessionKeys

    /// Derives the session keys; nil when OpenSSL cannot make the ciphers.
    package init?(_ profile: SRTPProfile, master: SRTPMasterKey, isSending: Bool) {
        guard master.key.count == SRTPMasterKey.keyBytes, master.salt.count == profile.saltBytes,
            let rtp = SRTPSessionKeys(profile, master: master, firstLabel: 0, isSending: isSending),
            let rtcp = SRTPSessionKeys(profile, master: master, firstLabel: 3, isSending: isSending)
        else { return nil }
        self.profile = profile
        self.rtp = rtp
        self.rtcp = rtcp
    }

    // MARK: RTP

    /// Protects the first `length` bytes of the slot; the new length.
    package func protectRTP(_ slot: UnsafeMutableRawBufferPointer, length: Int) throws(Refusal) -> Int {
        let header = try Self.headerLength(slot, length)
        guard length + profile.tagBytes <= slot.count else { throw .noRoom }
        let view = UnsafeRawBufferPointer(slot)
        guard let stream = streams.findOrAdd(view.load32(8)) else { throw .tooManyStreams }
        guard let index = stream.pointee.index(of: view.load16(2)) else { throw .exhausted }
        // The same index twice would reuse the key stream, which gives both packets away.
        guard stream.pointee.rtp.accepts(index) else { throw .replayed }
        guard rtp.seal(slot, header: header, length: length, ssrc: stream.pointee.ssrc, index: index) else { throw .cipherFailed }
        stream.pointee.rtp.commit(index)
        return length + profile.tagBytes
    }

    /// Checks and decrypts the first `length` bytes of the slot; the new length.
    package func unprotectRTP(_ slot: UnsafeMutableRawBufferPointer, length: Int) throws(Refusal) -> Int {
        let plain = length - profile.tagBytes
        guard length <= slot.count, plain >= RTPPacket.fixedHeaderLength else { throw .malformed }
        let header = try Self.headerLength(slot, plain)
        let view = UnsafeRawBufferPointer(slot)
        let ssrc = view.load32(8)
        let known = streams.find(ssrc)
        guard known != nil || !streams.isFull else { throw .tooManyStreams }
        guard let index = (known?.pointee ?? SRTPStream()).index(of: view.load16(2)) else { throw .replayed }
        if let known, !known.pointee.rtp.accepts(index) { throw .replayed }
        guard rtp.open(slot, header: header, length: plain, ssrc: ssrc, index: index) else { throw .notAuthentic }
        (known ?? streams.findOrAdd(ssrc))?.pointee.rtp.commit(index)
        return plain
    }

    /// The RTP header's length with contributors and extension, which stay readable (RFC 3711 section 3.1).
    private static func headerLength(_ slot: UnsafeMutableRawBufferPointer, _ length: Int) throws(Refusal) -> Int {
        guard length >= RTPPacket.fixedHeaderLength, length <= slot.count, slot[0] & 0xC0 == 0x80 else { throw .malformed }
        var header = RTPPacket.fixedHeaderLength + 4 * Int(slot[0] & 0x0F)
        if slot[0] & 0x10 != 0 {
            guard header + 4 <= length else { throw .malformed }
            header += 4 + 4 * Int(UnsafeRawBufferPointer(slot).load16(header + 2))
        }
        guard header <= length else { throw .malformed }
        return header
    }

    // MARK: RTCP

    /// The part of an RTCP compound that stays readable: the first header and its sender.
    private static let rtcpHeaderBytes = 8
    private static let encryptedFlag: UInt32 = 1 << 31

    /// Protects an RTCP compound in the slot; the new length.
    package func protectRTCP(_ slot: UnsafeMutableRawBufferPointer, length: Int) throws(Refusal) -> Int {
        guard length >= Self.rtcpHeaderBytes, length <= slot.count, slot[0] & 0xC0 == 0x80 else { throw .malformed }
        guard length + profile.rtcpTrailerBytes <= slot.count else { throw .noRoom }
        guard let stream = streams.findOrAdd(UnsafeRawBufferPointer(slot).load32(4)) else { throw .tooManyStreams }
        let index = stream.pointee.rtcp.isEmpty ? 0 : stream.pointee.rtcp.highest + 1
        guard index < Self.encryptedFlag else { throw .exhausted }
        let word = UInt32(index) | Self.encryptedFlag
        let sealed = rtcp.sealControl(slot, length: length, ssrc: stream.pointee.ssrc, indexWord: word)
        guard sealed else { throw .cipherFailed }
        stream.pointee.rtcp.commit(index)
        return length + profile.rtcpTrailerBytes
    }

    /// Checks and decrypts an SRTCP packet in the slot; the new length.
    package func unprotectRTCP(_ slot: UnsafeMutableRawBufferPointer, length: Int) throws(Refusal) -> Int {
        let plain = length - profile.rtcpTrailerBytes
        guard length <= slot.count, plain >= Self.rtcpHeaderBytes, slot[0] & 0xC0 == 0x80 else { throw .malformed }
        let ssrc = UnsafeRawBufferPointer(slot).load32(4)
        let known = streams.find(ssrc)
        guard known != nil || !streams.isFull else { throw .tooManyStreams }
        let word = UnsafeRawBufferPointer(slot).load32(rtcp.indexWordOffset(plainLength: plain))
        let index = UInt64(word & ~Self.encryptedFlag)
        if let known, !known.pointee.rtcp.accepts(index) { throw .replayed }
        guard rtcp.openControl(slot, length: plain, ssrc: ssrc, indexWord: word) else { throw .notAuthentic }
        (known ?? streams.findOrAdd(ssrc))?.pointee.rtcp.commit(index)
        return plain
    }
}
