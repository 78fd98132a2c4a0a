#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// Reads the system's compiled zone files (TZif, RFC 9636, versions 1 to 4).
package enum ZoneFile {
    /// A zone file is a few kilobytes; what is larger is none.
    private static let sizeLimit = 1 << 20

    /// The rules of a zone; nil when the name is not a plain path or the file is not there or broken.
    static func load(_ name: String) -> ZoneRules? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (48...57).contains(byte) || (65...90).contains(byte & 0xdf) || [43, 45, 95].contains(byte)
                }
        }
        guard isPlain, name.utf8.count <= 64 else { return nil }
        return read("/usr/share/zoneinfo/" + name).flatMap(parse)
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: sizeLimit)
        let count = fread(&bytes, 1, bytes.count, file)
        return count > 0 && count < sizeLimit ? Array(bytes[..<count]) : nil
    }

    /// Parses a file's bytes; nil when they are not a zone file.
    package static func parse(_ bytes: [UInt8]) -> ZoneRules? {
        guard let old = Block(bytes, at: 0, timeSize: 4) else { return nil }
        guard bytes[4] >= UInt8(ascii: "2") else { return old.rules(in: bytes, tail: nil) }
        guard let block = Block(bytes, at: old.end, timeSize: 8) else { return nil }
        let footer = bytes[block.end...]
        guard footer.first == 10, let last = footer.dropFirst().firstIndex(of: 10) else { return nil }
        let text = String(decoding: footer[(block.end + 1)..<last], as: UTF8.self)
        let tail = PosixZone(text)
        guard text.isEmpty || tail != nil else { return nil }
        return block.rules(in: bytes, tail: tail)
    }

    /// The counts of a header and where its data lies.
    private struct Block {
        let timeSize: Int
        let timeCount: Int
        let typeCount: Int
        let times: Int
        let end: Int

        init?(_ bytes: [UInt8], at start: Int, timeSize: Int) {
            guard start + 44 <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8) else { return nil }
            let counts = (0..<6).map { Int(number(bytes, start + 20 + $0 * 4, 4)) }
            guard counts.allSatisfy({ (0...100_000).contains($0) }), counts[4] >= 1 else { return nil }
            self.timeSize = timeSize
            timeCount = counts[3]
            typeCount = counts[4]
            times = start + 44
            // Leap seconds: a time and a 4-byte count each; then the two kinds of indicators, one byte each.
            end =
                times + timeCount * (timeSize + 1) + typeCount * 6 + counts[5] + counts[2] * (timeSize + 4) + counts[1]
                + counts[0]
            guard end <= bytes.count else { return nil }
        }

        func rules(in bytes: [UInt8], tail: PosixZone?) -> ZoneRules? {
            let kinds = times + timeCount * timeSize
            let offsets = (0..<typeCount).map { number(bytes, kinds + timeCount + $0 * 6, 4) }
            var changes: [ZoneRules.Change] = []
            for index in 0..<timeCount {
                let kind = Int(bytes[kinds + index])
                guard kind < typeCount else { return nil }
                changes.append(ZoneRules.Change(from: number(bytes, times + index * timeSize, timeSize), offset: offsets[kind]))
            }
            guard zip(changes, changes.dropFirst()).allSatisfy({ $0.from < $1.from }),
                offsets.allSatisfy({ abs($0) < 86_400 * 2 })
            else {
                return nil
            }
            return ZoneRules(first: offsets[0], changes: changes, tail: tail)
        }
    }

    /// A big-endian signed number of 4 or 8 bytes.
    private static func number(_ bytes: [UInt8], _ start: Int, _ size: Int) -> Int64 {
        let value = bytes[start..<start + size].reduce(Int64(0)) { ($0 << 8) | Int64($1) }
        return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : value
    }
}
