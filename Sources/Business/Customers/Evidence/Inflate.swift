package import Basics

/// Unpacks a zlib stream (RFC 1950 and 1951), at most `limit` bytes of it. Throws what is damaged, and what grows beyond the limit, which is
/// how a bomb looks.
package func inflate(_ packed: ArraySlice<UInt8>, limit: Int) throws(Fault) -> [UInt8] {
    guard packed.count > 2 else { throw .notInflated }
    let (method, flags) = (packed[packed.startIndex], packed[packed.startIndex + 1])
    guard method & 0x0F == 8, (Int(method) << 8 | Int(flags)) % 31 == 0, flags & 0x20 == 0 else { throw .notInflated }
    var inflater = Inflater(Array(packed.dropFirst(2)), limit: limit)
    return try inflater.run()
}

private struct Inflater {
    private let input: [UInt8]
    private let limit: Int
    private var position = 0
    private var buffer: UInt32 = 0
    private var bufferedBits = 0
    private var output: [UInt8] = []

    init(_ input: [UInt8], limit: Int) {
        self.input = input
        self.limit = limit
    }

    mutating func run() throws(Fault) -> [UInt8] {
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            switch try bits(2) {
            case 0: try copyStored()
            case 1: try copyCoded(HuffmanCode.fixedLiterals, HuffmanCode.fixedDistances)
            case 2:
                let (literals, distances) = try readCodes()
                try copyCoded(literals, distances)
            default: throw .notInflated
            }
        }
        return output
    }

    private mutating func bits(_ count: Int) throws(Fault) -> Int {
        while bufferedBits < count {
            guard position < input.count else { throw .notInflated }
            buffer |= UInt32(input[position]) << UInt32(bufferedBits)
            position += 1
            bufferedBits += 8
        }
        let value = buffer & (1 << UInt32(count) - 1)
        buffer >>= UInt32(count)
        bufferedBits -= count
        return Int(value)
    }

    private mutating func copyStored() throws(Fault) {
        buffer = 0
        bufferedBits = 0
        guard position + 4 <= input.count else { throw .notInflated }
        let length = Int(input[position]) | Int(input[position + 1]) << 8
        let check = Int(input[position + 2]) | Int(input[position + 3]) << 8
        position += 4
        guard length == ~check & 0xFFFF, position + length <= input.count else { throw .notInflated }
        guard output.count + length <= limit else { throw .bomb }
        output += input[position..<(position + length)]
        position += length
    }

    private mutating func copyCoded(_ literals: HuffmanCode, _ distances: HuffmanCode) throws(Fault) {
        while true {
            let symbol = try decode(literals)
            if symbol == 256 { return }
            if symbol < 256 {
                guard output.count < limit else { throw .bomb }
                output.append(UInt8(truncatingIfNeeded: symbol))
                continue
            }
            guard symbol - 257 < lengthBases.count else { throw .notInflated }
            let length = lengthBases[symbol - 257] + (try bits(lengthBits[symbol - 257]))
            let distanceSymbol = try decode(distances)
            guard distanceSymbol < distanceBases.count else { throw .notInflated }
            let distance = distanceBases[distanceSymbol] + (try bits(distanceBits[distanceSymbol]))
            guard distance <= output.count else { throw .notInflated }
            guard output.count + length <= limit else { throw .bomb }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func readCodes() throws(Fault) -> (HuffmanCode, HuffmanCode) {
        let literalCount = try bits(5) + 257
        let distanceCount = try bits(5) + 1
        let orderCount = try bits(4) + 4
        var lengths = [Int](repeating: 0, count: 19)
        for index in 0..<orderCount { lengths[codeLengthOrder[index]] = try bits(3) }
        let code = try HuffmanCode(lengths)
        var all: [Int] = []
        while all.count < literalCount + distanceCount {
            let symbol = try decode(code)
            switch symbol {
            case 0...15: all.append(symbol)
            case 16:
                guard let last = all.last else { throw .notInflated }
                all += [Int](repeating: last, count: 3 + (try bits(2)))
            case 17: all += [Int](repeating: 0, count: 3 + (try bits(3)))
            default: all += [Int](repeating: 0, count: 11 + (try bits(7)))
            }
        }
        guard all.count == literalCount + distanceCount else { throw .notInflated }
        return (try HuffmanCode(Array(all[..<literalCount])), try HuffmanCode(Array(all[literalCount...])))
    }

    /// Canonical decoding bit by bit: short and fast enough for what a document packs.
    private mutating func decode(_ code: HuffmanCode) throws(Fault) -> Int {
        var value = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            value |= try bits(1)
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw .notInflated
    }
}

/// A canonical code: how many symbols have each length, and the symbols in the order of their codes.
private struct HuffmanCode {
    let counts: [Int]
    let symbols: [Int]

    init(_ lengths: [Int]) throws(Fault) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[length] += 1 }
        var left = 1
        for length in 1...15 {
            left = left << 1 - counts[length]
            guard left >= 0 else { throw .notInflated }
        }
        counts[0] = 0
        self.init(counts: counts, symbols: Self.ordered(lengths))
    }

    private init(counts: [Int], symbols: [Int]) {
        self.counts = counts
        self.symbols = symbols
    }

    private static func ordered(_ lengths: [Int]) -> [Int] {
        (1...15).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
    }

    private static func fixed(_ lengths: [Int]) -> HuffmanCode {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[length] += 1 }
        return HuffmanCode(counts: counts, symbols: ordered(lengths))
    }

    static let fixedLiterals = fixed(
        [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
            + [Int](repeating: 8, count: 8))
    static let fixedDistances = fixed([Int](repeating: 5, count: 30))
}

private let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
private let lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
private let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
    12_289, 16_385, 24_577,
]
private let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]
private let codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

extension Fault {
    fileprivate static var notInflated: Fault { .damagedPDF("a packed stream that does not unpack") }
    fileprivate static var bomb: Fault { .damagedPDF("a packed stream that grows beyond all measure") }
}
