internal import Basics

/// What the press is asked to make, with the one who waits for it.
struct PressOrder: Sendable {
    /// The first byte of a request.
    enum Kind: UInt8 {
        case document = 0x50  // P
        case code = 0x51  // Q
    }

    let kind: Kind
    let content: [UInt8]
    let orderedAt: ContinuousClock.Instant
    let customer: CheckedContinuation<Result<[UInt8], Fault>, Never>

    /// One byte of kind, four bytes of length with the highest first, the content.
    var request: [UInt8] {
        let length = UInt32(content.count)
        return [kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) } + content
    }
}

/// The head of an answer: what it is, and how many bytes follow.
struct PressAnswerHead: Equatable {
    enum Kind: UInt8 {
        case ready = 0x2B  // +
        case done = 0x3D  // =
        case refused = 0x21  // !
    }

    static let bytes = 5

    let kind: Kind
    let length: Int

    /// Nil for anything that our worker does not send.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.bytes, let kind = Kind(rawValue: bytes[0]) else { return nil }
        self.kind = kind
        length = bytes[1...].reduce(0) { $0 << 8 | Int($1) }
        guard length <= PaperLimits.paperBytes else { return nil }
    }
}
