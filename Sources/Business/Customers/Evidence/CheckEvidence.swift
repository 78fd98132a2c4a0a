public import Basics

/// Looks through a file by its content, whatever its name or declared type is. It must be a whole JPEG, PNG or PDF and nothing else besides:
/// no second file behind or inside it, no scripts, no bomb of pixels. Pure and without allocation in proportion to what headers claim.
public func checkEvidence(_ bytes: [UInt8]) throws(Fault) -> CheckedEvidence {
    guard !bytes.isEmpty else { throw Fault(.evidenceEmpty, "the file is empty") }
    guard bytes.count <= CustomersLimits.evidenceBytes else {
        throw Fault(.evidenceTooLarge, "the file is too large", ["maximum": "\(CustomersLimits.evidenceBytes >> 20)"])
    }
    let format = try format(of: bytes)
    var size: PixelSize?
    switch format {
    case .jpeg: size = try jpegSize(bytes)
    case .png: size = try pngSize(bytes)
    case .pdf: try checkPDF(bytes)
    }
    if let size { try size.check() }
    guard !holdsAnotherFile(bytes, format) else {
        throw Fault(.evidenceMixed, "the file holds another kind of file, too; take a new picture")
    }
    return CheckedEvidence(format: format, width: size?.width, height: size?.height, bytes: bytes)
}

/// The size of a picture as its header says.
struct PixelSize: Equatable {
    let width: Int
    let height: Int

    func check() throws(Fault) {
        guard width > 0, height > 0 else { throw .damagedPicture("a side of no pixels") }
        guard width <= CustomersLimits.pictureSide, height <= CustomersLimits.pictureSide,
            width * height <= CustomersLimits.picturePixels
        else {
            throw Fault(
                .pictureTooLarge, "the picture has too many pixels", ["maximum": "\(CustomersLimits.picturePixels / 1_000_000)"])
        }
    }
}

private func format(of bytes: [UInt8]) throws(Fault) -> EvidenceFormat {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
    if bytes.starts(with: Array("%PDF-".utf8)) { return .pdf }
    throw Fault(.evidenceFormat, "only JPEG, PNG and PDF are taken")
}

/// Signs of a file that is two at once: an archive's directory at the end, a PDF's header or markup near the start of a picture.
private func holdsAnotherFile(_ bytes: [UInt8], _ format: EvidenceFormat) -> Bool {
    if endsAsArchive(bytes) { return true }
    let start = bytes.prefix(4096)
    let markup = ["<script", "<html", "<svg", "<!doctype", "<?php"].map { Array($0.utf8) }
    let folded = start.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    if markup.contains(where: { find($0, in: folded, from: 0) != nil }) { return true }
    return format != .pdf && find(Array("%PDF-".utf8), in: Array(bytes.prefix(1100)), from: 0) != nil
}

/// Whether a ZIP reader would find its end record: `PK\5\6` in the last 64 KiB with a comment that ends where the file ends.
private func endsAsArchive(_ bytes: [UInt8]) -> Bool {
    let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    var position = max(0, bytes.count - 65_557)
    while let found = find(signature, in: bytes, from: position) {
        guard found + 22 <= bytes.count else { return false }
        let comment = Int(bytes[found + 20]) | Int(bytes[found + 21]) << 8
        if found + 22 + comment <= bytes.count { return true }
        position = found + 1
    }
    return false
}

/// The first place of a pattern at or after a position.
func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first, start + pattern.count <= bytes.count else { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
        var index = start
        let last = buffer.count - pattern.count
        while index <= last {
            if buffer[index] == first {
                var offset = 1
                while offset < pattern.count, buffer[index + offset] == pattern[offset] { offset += 1 }
                if offset == pattern.count { return index }
            }
            index += 1
        }
        return nil
    }
}

extension Fault {
    static func damagedPicture(_ what: String) -> Fault {
        Fault(.evidenceDamaged, "the file is damaged or not whole: \(what)")
    }
}
