internal import Basics
internal import Crypto

/// Checks a case file with nothing but its own bytes: every hash, every header, the provider's signature, and the journal's links. One changed
/// byte anywhere is found and named; where more than one was changed, the part that holds the first.
public func verifyCaseFile(_ bytes: [UInt8]) -> CaseReport {
    var check = CaseCheck(bytes: bytes)
    check.run()
    return check.report
}

private struct CaseCheck {
    let bytes: [UInt8]
    var report = CaseReport(about: nil, files: 0, journalEntries: 0, seal: nil, misfit: nil)

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func run() {
        let name = Array(CaseManifest.path.utf8)
        let start = CaseArchive.localHeaderSize + name.count
        guard bytes.count >= start + CaseArchive.endSize + CaseComment.count, bytes.count <= AgreementLimits.caseFileBytes else {
            return misfit(bytes.count, exact: false, "archive")
        }
        guard let size = manifestSize(after: start) else { return misfit(firstOddByte(), exact: false, "archive") }
        let manifest = Array(bytes[start..<start + size])
        guard let read = trustedManifest(manifest, at: start) else { return }
        report.about = read.about
        report.seal = read.seal
        checkContents(read, manifest)
        if report.misfit == nil { checkSignature(read, manifest) }
    }

    /// The manifest's size stands in the file four times; two that agree and fit decide, so that one changed byte in them is found later.
    private func manifestSize(after start: Int) -> Int? {
        let local = [number(at: 18), number(at: 22)]
        let end = bytes.count - CaseComment.count - CaseArchive.endSize
        let directory = number(at: end + 16)
        let central = [directory + 20, directory + 24].map { $0 + 4 <= bytes.count ? number(at: $0) : 0 }
        return (local + central).first { size in
            (local + central).count { $0 == size } >= 2 && size > 0 && start + size <= end
        }
    }

    /// The manifest when its hash is the one in the comment, or, where that was changed, when its CRC is the one in the header.
    private mutating func trustedManifest(_ manifest: [UInt8], at start: Int) -> CaseManifest? {
        let digest = Array(hexadecimal(SHA256.hash(data: manifest)).utf8)
        let comment = bytes.count - CaseComment.count
        let isHashed = Array(bytes[comment + 7..<comment + 71]) == digest
        let crc = CRC32.of(manifest)
        let written = UInt32(truncatingIfNeeded: number(at: 14))
        if isHashed || crc == written, let read = CaseManifest.read(manifest) { return read }
        let named = Array(bytes[comment + 7..<comment + 71])
        locate(crc ^ written, in: manifest, at: start, part: CaseManifest.path) {
            Array(hexadecimal(SHA256.hash(data: $0)).utf8) == named
        }
        return nil
    }

    /// Every header as it follows from the manifest, every file against its hash, the directory, the end; in the order of the file.
    private mutating func checkContents(_ manifest: CaseManifest, _ page: [UInt8]) {
        let entries = CaseLayout.entries(manifest: page, files: manifest.files)
        var offset = 0
        for (index, entry) in entries.enumerated() {
            guard expect(CaseArchive.localHeader(entry), at: &offset) else { return }
            guard entry.size <= bytes.count - offset else { return misfit(bytes.count, exact: false, "archive") }
            if index > 0 {
                guard checkFile(manifest.files[index - 1], at: offset) else { return }
                report.files += 1
            }
            offset += entry.size
        }
        let comment = Array(bytes.suffix(CaseComment.count))
        let hash = Array("sha256 \(hexadecimal(SHA256.hash(data: page))) p256 ".utf8)
        let expected = CaseArchive.directory(entries, comment: hash + comment.suffix(CaseComment.count - hash.count))
        guard expect(expected, at: &offset) else { return }
        if offset < bytes.count { misfit(offset, exact: true, "archive") }
    }

    private mutating func checkFile(_ file: CaseManifest.File, at offset: Int) -> Bool {
        let content = Array(bytes[offset..<offset + file.bytes])
        guard hexadecimal(SHA256.hash(data: content)) == file.sha256 else {
            locate(CRC32.of(content) ^ file.crc32, in: content, at: offset, part: file.path) {
                hexadecimal(SHA256.hash(data: $0)) == file.sha256
            }
            return false
        }
        guard file.path == CaseJournal.path else { return true }
        switch CaseJournal.check(content) {
        case .right(let entries): report.journalEntries = entries
        case .wrong(let place):
            misfit(offset + place, exact: false, file.path)
            return false
        }
        return true
    }

    private mutating func checkSignature(_ manifest: CaseManifest, _ page: [UInt8]) {
        let start = bytes.count - CaseComment.count + CaseComment.signatureStart
        guard let key = bytesOf(hexadecimal: Array(manifest.seal.utf8)),
            let signature = bytesOf(hexadecimal: Array(bytes[start...])),
            let publicKey = try? P256.Signing.PublicKey(x963Representation: key),
            let read = try? P256.Signing.ECDSASignature(rawRepresentation: signature),
            publicKey.isValidSignature(read, for: CaseComment.message(page))
        else { return misfit(start, exact: false, "signature") }
    }

    /// Names the one byte whose change explains the difference of the checks, when there is one and the hash agrees; else the part.
    private mutating func locate(
        _ difference: UInt32, in content: [UInt8], at offset: Int, part: String, isRight: ([UInt8]) -> Bool
    ) {
        if let found = CRC32.place(of: difference, count: content.count) {
            var mended = content
            mended[found.index] ^= found.byte
            if isRight(mended) { return misfit(offset + found.index, exact: true, part) }
        }
        misfit(offset, exact: false, part)
    }

    /// Compares expected bytes; a difference, or the end of the file, is a misfit.
    private mutating func expect(_ expected: [UInt8], at offset: inout Int) -> Bool {
        for (index, byte) in expected.enumerated() {
            guard offset + index < bytes.count else {
                misfit(bytes.count, exact: false, "archive")
                return false
            }
            guard bytes[offset + index] == byte else {
                misfit(offset + index, exact: true, "archive")
                return false
            }
        }
        offset += expected.count
        return true
    }

    /// The first byte that no case file begins with.
    private func firstOddByte() -> Int {
        let header = CaseArchive.localHeader(.init(path: Array(CaseManifest.path.utf8), size: 0, crc32: 0))
        let fixed = Array(0..<14) + Array(26..<header.count)
        return fixed.first { bytes[$0] != header[$0] } ?? 14
    }

    private mutating func misfit(_ offset: Int, exact: Bool, _ part: String) {
        report.misfit = .init(offset: offset, isExact: exact, part: part)
    }

    /// A little-endian number of four bytes.
    private func number(at offset: Int) -> Int {
        guard offset >= 0, offset + 4 <= bytes.count else { return 0 }
        return (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
}
