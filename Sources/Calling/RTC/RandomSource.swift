/// Where the machines take their chance from: the system's generator in service, a seeded one in tests, so that a run can be repeated.
public enum RandomSource: RandomNumberGenerator, Sendable {
    /// The system's generator; the only one fit for credentials.
    case system
    /// SplitMix64 from a seed.
    case seeded(UInt64)

    /// A source for a part of the machine: the system's again, or one seeded from this.
    mutating func split() -> RandomSource {
        switch self {
        case .system: .system
        case .seeded: .seeded(next())
        }
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        switch self {
        case .system:
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        case .seeded(let state):
            let moved = state &+ 0x9E37_79B9_7F4A_7C15
            self = .seeded(moved)
            var value = moved
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }
}
