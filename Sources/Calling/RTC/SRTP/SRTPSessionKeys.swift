/// The session keys of RTP or of RTCP in one direction, and the transforms under them.
package final class SRTPSessionKeys {
    /// What a packet is transformed with.
    private enum Transform {
        case gcm(GaloisCipher)
        case counter(CounterCipher, KeyedSHA1)
    }

    private let transform: Transform
    /// The salt as the IV before a packet's own bits are added: 12 bytes for GCM, 14 for counter mode, then zeros.
    private let saltHigh: UInt64
    private let saltLow: UInt64
    private let profile: SRTPProfile

    /// Derives the keys; `firstLabel` is that of the encryption key: 0 for RTP, 3 for RTCP; authentication and salt follow.
    convenience init?(_ profile: SRTPProfile, master: SRTPMasterKey, firstLabel: UInt8, isSending: Bool) {
        guard let key = master.derive(label: firstLabel, count: 16),
            let authentication = master.derive(label: firstLabel + 1, count: 20),
            let salt = master.derive(label: firstLabel + 2, count: profile.saltBytes)
        else { return nil }
        self.init(profile, key: key, authentication: authentication, salt: salt, isSending: isSending)
    }

    /// Session keys as they are; `authentication` has a meaning in counter mode only.
    package init?(_ profile: SRTPProfile, key: [UInt8], authentication: [UInt8], salt: [UInt8], isSending: Bool) {
        guard salt.count == profile.saltBytes else { return nil }
        switch profile {
        case .aeadAES128GCM:
            guard let cipher = GaloisCipher(key: key, isEncrypting: isSending) else { return nil }
            transform = .gcm(cipher)
        case .aes128CMSHA1:
            guard let cipher = CounterCipher(key: key) else { return nil }
            transform = .counter(cipher, KeyedSHA1(key: authentication))
        }
        self.profile = profile
        let padded = salt + [UInt8](repeating: 0, count: 16 - salt.count)
        saltHigh = padded.withUnsafeBytes { $0.load64(0) }
        saltLow = padded.withUnsafeBytes { $0.load64(8) }
    }

    deinit {
        switch transform {
        case .gcm(let cipher): cipher.free()
        case .counter(let cipher, _): cipher.free()
        }
    }

    // MARK: RTP

    package func seal(_ slot: UnsafeMutableRawBufferPointer, header: Int, length: Int, ssrc: UInt32, index: UInt64) -> Bool {
        guard let start = slot.baseAddress else { return false }
        let text = UnsafeMutableRawBufferPointer(rebasing: slot[header..<length])
        switch transform {
        case .gcm(let cipher):
            return withGCMIV(ssrc: ssrc, index: index) {
                cipher.seal(
                    iv: $0, aad: UnsafeRawBufferPointer(start: start, count: header), moreAAD: nil, text: text,
                    tag: start + length)
            }
        case .counter(let cipher, var hash):
            guard withCounterIV(ssrc: ssrc, index: index, { cipher.apply(iv: $0, to: text) }) else { return false }
            var digest: (UInt64, UInt64, UInt32) = (0, 0, 0)
            let rollover = UInt32(truncatingIfNeeded: index >> 16)
            withUnsafeMutableBytes(of: &digest) {
                guard let out = $0.baseAddress else { return }
                hash.hash(UnsafeRawBufferPointer(start: start, count: length), tail: rollover, into: out)
                (start + length).copyMemory(from: out, byteCount: profile.tagBytes)
            }
            return true
        }
    }

    /// `length` is without the tag, which follows.
    package func open(_ slot: UnsafeMutableRawBufferPointer, header: Int, length: Int, ssrc: UInt32, index: UInt64) -> Bool {
        guard let start = slot.baseAddress else { return false }
        let text = UnsafeMutableRawBufferPointer(rebasing: slot[header..<length])
        switch transform {
        case .gcm(let cipher):
            return withGCMIV(ssrc: ssrc, index: index) {
                cipher.open(
                    iv: $0, aad: UnsafeRawBufferPointer(start: start, count: header), moreAAD: nil, text: text,
                    tag: start + length)
            }
        case .counter(let cipher, var hash):
            let tag = UnsafeRawBufferPointer(start: start + length, count: profile.tagBytes)
            let covered = UnsafeRawBufferPointer(start: start, count: length)
            guard hash.verifies(covered, tail: UInt32(truncatingIfNeeded: index >> 16), tag: tag) else { return false }
            return withCounterIV(ssrc: ssrc, index: index) { cipher.apply(iv: $0, to: text) }
        }
    }

    // MARK: RTCP

    private static let controlHeaderBytes = 8

    /// GCM puts the word with the index last, counter mode before the tag.
    func indexWordOffset(plainLength: Int) -> Int {
        profile == .aeadAES128GCM ? plainLength + profile.tagBytes : plainLength
    }

    package func sealControl(_ slot: UnsafeMutableRawBufferPointer, length: Int, ssrc: UInt32, indexWord: UInt32) -> Bool {
        guard let start = slot.baseAddress else { return false }
        let text = UnsafeMutableRawBufferPointer(rebasing: slot[Self.controlHeaderBytes..<length])
        let index = UInt64(indexWord & 0x7FFF_FFFF)
        start.store32(indexWord, indexWordOffset(plainLength: length))
        switch transform {
        case .gcm(let cipher):
            return withGCMIV(ssrc: ssrc, index: index) { iv in
                withUnsafeBytes(of: indexWord.bigEndian) {
                    cipher.seal(
                        iv: iv, aad: UnsafeRawBufferPointer(start: start, count: Self.controlHeaderBytes), moreAAD: $0,
                        text: text,
                        tag: start + length)
                }
            }
        case .counter(let cipher, var hash):
            guard withCounterIV(ssrc: ssrc, index: index, { cipher.apply(iv: $0, to: text) }) else { return false }
            var digest: (UInt64, UInt64, UInt32) = (0, 0, 0)
            withUnsafeMutableBytes(of: &digest) {
                guard let out = $0.baseAddress else { return }
                hash.hash(UnsafeRawBufferPointer(start: start, count: length + 4), into: out)
                (start + length + 4).copyMemory(from: out, byteCount: profile.tagBytes)
            }
            return true
        }
    }

    package func openControl(_ slot: UnsafeMutableRawBufferPointer, length: Int, ssrc: UInt32, indexWord: UInt32) -> Bool {
        guard let start = slot.baseAddress else { return false }
        let isEncrypted = indexWord >> 31 == 1
        let index = UInt64(indexWord & 0x7FFF_FFFF)
        // An unencrypted compound is associated data as a whole (RFC 7714 section 9.3) and only authenticated in counter mode.
        let header = isEncrypted ? Self.controlHeaderBytes : length
        let text = UnsafeMutableRawBufferPointer(rebasing: slot[header..<length])
        switch transform {
        case .gcm(let cipher):
            return withGCMIV(ssrc: ssrc, index: index) { iv in
                withUnsafeBytes(of: indexWord.bigEndian) {
                    cipher.open(
                        iv: iv, aad: UnsafeRawBufferPointer(start: start, count: header), moreAAD: $0, text: text,
                        tag: start + length)
                }
            }
        case .counter(let cipher, var hash):
            let tag = UnsafeRawBufferPointer(start: start + length + 4, count: profile.tagBytes)
            guard hash.verifies(UnsafeRawBufferPointer(start: start, count: length + 4), tag: tag) else { return false }
            return text.isEmpty || withCounterIV(ssrc: ssrc, index: index) { cipher.apply(iv: $0, to: text) }
        }
    }

    // MARK: IVs

    /// RFC 7714 section 8.1 and 9.1: 16 zero bits, SSRC, 48 bits of index (for RTCP 16 zero bits and the 31-bit index), XOR salt.
    private func withGCMIV(ssrc: UInt32, index: UInt64, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        let high = saltHigh ^ (UInt64(ssrc) << 16 | index >> 32)
        let low = saltLow ^ index << 32
        return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { body($0) }
    }

    /// RFC 3711 section 4.1.1: salt · 2^16 XOR SSRC · 2^64 XOR index · 2^16.
    private func withCounterIV(ssrc: UInt32, index: UInt64, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        let high = saltHigh ^ UInt64(ssrc)
        let low = saltLow ^ index << 16
        return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { body($0) }
    }
}
