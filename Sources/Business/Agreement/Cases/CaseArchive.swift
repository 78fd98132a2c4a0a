/// The ZIP of a case (APPNOTE.TXT 4.3): stored entries only, no extra fields, one fixed time, so that the bytes follow from the contents. Any
/// ZIP program opens it; ours can rebuild every byte that is not content and compare.
struct CaseArchive {
    /// What the headers say of one file.
    struct Entry {
        let path: [UInt8]
        let size: Int
        let crc32: UInt32
    }

    /// 1 January 1980, the earliest that ZIP knows.
    private static let date: UInt16 = 0x0021
    /// Names are UTF-8.
    private static let flags: UInt16 = 0x0800
    static let endSize = 22
    static let localHeaderSize = 30
    static let centralHeaderSize = 46

    /// What stands before a file's bytes.
    static func localHeader(_ entry: Entry) -> [UInt8] {
        little(0x0403_4b50 as UInt32) + common(entry) + little(UInt16(truncatingIfNeeded: entry.path.count)) + little(0 as UInt16)
            + entry.path
    }

    /// The directory and the end of the archive.
    static func directory(_ entries: [Entry], comment: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var offset = 0
        for entry in entries {
            bytes += little(0x0201_4b50 as UInt32) + little(20 as UInt16) + common(entry)
            bytes += little(UInt16(truncatingIfNeeded: entry.path.count))
            // Extra field, comment, disk, internal and external attributes: none.
            bytes += [UInt8](repeating: 0, count: 12) + little(UInt32(truncatingIfNeeded: offset)) + entry.path
            offset += localHeaderSize + entry.path.count + entry.size
        }
        let count = UInt16(truncatingIfNeeded: entries.count)
        return bytes + little(0x0605_4b50 as UInt32) + [0, 0, 0, 0] + little(count) + little(count)
            + little(UInt32(truncatingIfNeeded: bytes.count)) + little(UInt32(truncatingIfNeeded: offset))
            + little(UInt16(truncatingIfNeeded: comment.count)) + comment
    }

    /// Version needed, flags, method 0, time, date, CRC, both sizes.
    private static func common(_ entry: Entry) -> [UInt8] {
        let size = little(UInt32(truncatingIfNeeded: entry.size))
        return little(20 as UInt16) + little(flags) + [0, 0, 0, 0] + little(date) + little(entry.crc32) + size + size
    }

    static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        stride(from: 0, to: Number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> Number($0)) }
    }
}

/// The cyclic redundancy check of ZIP (ISO 3309).
enum CRC32 {
    static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
    }

    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes { value = (value >> 8) ^ table[Int((value ^ UInt32(byte)) & 0xFF)] }
        return value ^ 0xFFFF_FFFF
    }

    /// Where one changed byte would make this difference between two checks of `count` bytes, and the difference of that byte; nil when more
    /// than one byte must have changed. The check is linear, so a difference at a place depends only on how many bytes follow.
    static func place(of difference: UInt32, count: Int) -> (index: Int, byte: UInt8)? {
        // What each single bit of a byte changes in the check, first with nothing following.
        var effects = (0..<8).map { table[1 << $0] }
        for index in stride(from: count - 1, through: 0, by: -1) {
            if let byte = combination(of: effects, giving: difference) { return (index, byte) }
            for bit in effects.indices { effects[bit] = (effects[bit] >> 8) ^ table[Int(effects[bit] & 0xFF)] }
        }
        return nil
    }

    /// The bits whose effects together are the wanted one: Gauss over GF(2).
    private static func combination(of effects: [UInt32], giving wanted: UInt32) -> UInt8? {
        var basis: [(value: UInt32, bits: UInt8)] = []
        for (bit, effect) in effects.enumerated() {
            var (value, bits) = (effect, UInt8(1) << UInt8(bit))
            for row in basis where value ^ row.value < value { (value, bits) = (value ^ row.value, bits ^ row.bits) }
            if value != 0 {
                basis.append((value, bits))
                basis.sort { $0.value > $1.value }
            }
        }
        var (rest, bits) = (wanted, UInt8(0))
        for row in basis where rest ^ row.value < rest { (rest, bits) = (rest ^ row.value, bits ^ row.bits) }
        return rest == 0 && bits != 0 ? bits : nil
    }
}
