public import Basics
internal import Crypto

/// The comment at the end of a case: the hash of its manifest and the provider's signature over it, each in hexadecimal digits.
enum CaseComment {
    static func text(manifest: [UInt8], signature: [UInt8]) -> [UInt8] {
        Array("sha256 \(hexadecimal(SHA256.hash(data: manifest))) p256 \(hexadecimal(signature))".utf8)
    }

    /// 7 + 64 + 6 + 128.
    static let count = 205
    /// Where the signature's digits begin.
    static let signatureStart = 77

    /// What is signed: no other page of the house begins like this.
    static func message(_ manifest: [UInt8]) -> [UInt8] { Array("jianmian.case.1\n".utf8) + manifest }
}

/// Puts a case file together (clause 16): one ZIP with a manifest of hashes, signed by the provider's seal. The same files in any order give
/// the same contents; two files of one path are refused.
public func caseFile(_ items: [CaseItem], about subject: CaseSubject, sealedBy seal: ProviderSeal) throws(Fault) -> [UInt8] {
    let items = items.sorted { $0.path < $1.path }
    guard items.count <= AgreementLimits.caseFiles, items.reduce(0, { $0 + $1.bytes.count }) <= AgreementLimits.caseBytes else {
        throw Fault(
            .caseTooLarge, "a case holds at most \(AgreementLimits.caseFiles) files and \(AgreementLimits.caseBytes) bytes",
            ["files": "\(AgreementLimits.caseFiles)", "bytes": "\(AgreementLimits.caseBytes)"])
    }
    for (one, next) in zip(items, items.dropFirst()) where one.path == next.path {
        throw Fault(.casePath, "two files of the case are called \(one.path)")
    }
    let files = items.map { item in
        CaseManifest.File(
            path: item.path, bytes: item.bytes.count, sha256: hexadecimal(SHA256.hash(data: item.bytes)),
            crc32: CRC32.of(item.bytes))
    }
    let manifest = try CaseManifest(about: subject, files: files, seal: hexadecimal(seal.publicKey)).page()
    let comment = CaseComment.text(manifest: manifest, signature: try seal.sign(CaseComment.message(manifest)))
    let entries = CaseLayout.entries(manifest: manifest, files: files)
    var bytes: [UInt8] = []
    for (entry, content) in zip(entries, [manifest] + items.map(\.bytes)) {
        bytes += CaseArchive.localHeader(entry)
        bytes += content
    }
    return bytes + CaseArchive.directory(entries, comment: comment)
}

/// The order of things in a case: the manifest, then the files by path.
enum CaseLayout {
    static func entries(manifest: [UInt8], files: [CaseManifest.File]) -> [CaseArchive.Entry] {
        let first = CaseArchive.Entry(
            path: Array(CaseManifest.path.utf8), size: manifest.count, crc32: CRC32.of(manifest))
        return [first] + files.map { CaseArchive.Entry(path: Array($0.path.utf8), size: $0.bytes, crc32: $0.crc32) }
    }
}
