import Testing

/// A small seeded generator (SplitMix64), so that a failing property names the seed that shows it again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Every truncation of a message, every single bit flip of it, and some messages with many bytes replaced.
func forEachDamage(of message: [UInt8], seed: UInt64, _ body: ([UInt8]) -> Void) {
    for length in 0..<message.count { body(Array(message[..<length])) }
    for bit in 0..<message.count * 8 {
        var damaged = message
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        body(damaged)
    }
    var random = SeededGenerator(seed: seed)
    guard !message.isEmpty else { return }
    for _ in 0..<500 {
        var damaged = message
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        body(damaged)
    }
}

/// Bytes from hexadecimal text; blanks are ignored.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap { $0.hexDigitValue.map(UInt8.init) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Records that something expected is not there; returns nothing, so that it fits `return`.
func fail(_ what: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
    Issue.record(what, sourceLocation: sourceLocation)
}
