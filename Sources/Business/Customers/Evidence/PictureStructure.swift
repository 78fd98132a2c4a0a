internal import Basics

/// Walks a JPEG (ITU-T T.81, annex B) from its first marker to its last; returns the size that the frame header gives.
///
/// Everything between is segments and entropy-coded data; after the end of the image only another JPEG may follow, which is how phones
/// store previews and brighter versions (CIPA DC-007).
func jpegSize(_ bytes: [UInt8]) throws(Fault) -> PixelSize {
    var position = 2
    var size: PixelSize?
    var hasScan = false
    for _ in 0..<CustomersLimits.pictureParts {
        guard position + 1 < bytes.count, bytes[position] == 0xFF else { throw .damagedPicture("no marker where one must be") }
        let marker = bytes[position + 1]
        if marker == 0xFF {
            position += 1
            continue
        }
        if marker == 0xD9 {
            guard let size, hasScan else { throw .damagedPicture("no picture before the end") }
            try checkRest(bytes, after: position + 2)
            return size
        }
        guard position + 3 < bytes.count, marker != 0x00, marker != 0xD8, !(0xD0...0xD7).contains(marker) else {
            throw .damagedPicture("a marker in the wrong place")
        }
        let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
        let end = position + 2 + length
        guard length >= 2, end <= bytes.count else { throw .damagedPicture("a segment that goes beyond the end") }
        if isFrame(marker) {
            guard length >= 8, size == nil else { throw .damagedPicture("a frame header that cannot be") }
            size = PixelSize(
                width: Int(bytes[position + 7]) << 8 | Int(bytes[position + 8]),
                height: Int(bytes[position + 5]) << 8 | Int(bytes[position + 6]))
        }
        position = end
        if marker == 0xDA {
            hasScan = true
            position = endOfScan(bytes, from: end)
        }
    }
    throw .damagedPicture("too many parts")
}

/// Frame headers, of which DHT (C4), JPG (C8) and DAC (CC) are none.
private func isFrame(_ marker: UInt8) -> Bool {
    (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
}

/// Where the next marker stands that is neither a stuffed zero nor a restart.
private func endOfScan(_ bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
        var index = start
        while index + 1 < buffer.count {
            if buffer[index] == 0xFF, buffer[index + 1] != 0, !(0xD0...0xD7).contains(buffer[index + 1]) { return index }
            index += 1
        }
        return buffer.count
    }
}

private func checkRest(_ bytes: [UInt8], after end: Int) throws(Fault) {
    let rest = bytes[end...].drop { $0 == 0 }
    guard rest.isEmpty || rest.starts(with: [0xFF, 0xD8, 0xFF]) else {
        throw Fault(.evidenceMixed, "something else follows the picture; take a new one")
    }
}

/// Walks a PNG (ISO/IEC 15948) from IHDR to IEND with its checksums; returns the size that the header gives. Nothing may follow.
func pngSize(_ bytes: [UInt8]) throws(Fault) -> PixelSize {
    var position = 8
    var size: PixelSize?
    var hasData = false
    for part in 0..<CustomersLimits.pictureParts {
        guard position + 12 <= bytes.count else { throw .damagedPicture("a chunk that goes beyond the end") }
        let length = number(bytes, position)
        let type = Array(bytes[(position + 4)..<(position + 8)])
        let end = position + 12 + length
        guard end <= bytes.count, type.allSatisfy({ isCapital($0 & 0xDF) }) else {
            throw .damagedPicture("a chunk that cannot be")
        }
        guard crc32(bytes[(position + 4)..<(end - 4)]) == UInt32(number(bytes, end - 4)) else {
            throw .damagedPicture("a wrong checksum")
        }
        switch type {
        case Array("IHDR".utf8):
            guard part == 0, length == 13 else { throw .damagedPicture("a header that cannot be") }
            size = PixelSize(width: number(bytes, position + 8), height: number(bytes, position + 12))
        case Array("IDAT".utf8): hasData = true
        case Array("IEND".utf8):
            guard end == bytes.count else { throw Fault(.evidenceMixed, "something else follows the picture; take a new one") }
            guard let size, hasData, length == 0 else { throw .damagedPicture("no picture before the end") }
            return size
        default: break
        }
        guard size != nil else { throw .damagedPicture("no header") }
        position = end
    }
    throw .damagedPicture("too many parts")
}

/// Four bytes, the most significant first.
private func number(_ bytes: [UInt8], _ position: Int) -> Int {
    bytes[position..<(position + 4)].reduce(0) { $0 << 8 | Int($1) }
}

/// CRC-32 of ISO 3309, as PNG has it.
func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    crcTable.withUnsafeBufferPointer { table in
        bytes.withUnsafeBufferPointer { buffer in
            for byte in buffer { crc = table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
        }
    }
    return crc ^ 0xFFFF_FFFF
}

private let crcTable: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
}
