import Basics

/// What the public page says about a fingerprint or a file: whether it is ours, of which agreement, and if not, why not.
struct DocumentCheck: Sendable, Equatable {
    enum Outcome: String, Sendable {
        /// The file is an original that we issued, byte for byte.
        case genuine
        /// The fingerprint is that of an agreement in force, with all its annexes.
        case known
        /// It was the agreement's fingerprint before annexes were added.
        case older
        /// It belongs to a document that is not signed by both.
        case unsigned
        /// The file names itself as an original of ours and is not.
        case altered
        /// No original has this hash.
        case unknownFile
        /// No agreement has this fingerprint.
        case unknown
        /// It is not a fingerprint at all.
        case malformed

        /// Whether what was asked about can be relied on.
        var isGood: Bool { self == .genuine || self == .known }
        var isOurs: Bool { isGood || self == .older || self == .unsigned }
    }

    /// What strangers may know of an agreement whose fingerprint they hold.
    struct Facts: Sendable, Equatable {
        var number: String
        var version: Int
        /// The customer's name, masked.
        var customer: String
        var provider: String
        var customerSignedAt: Timestamp?
        var providerSignedAt: Timestamp?
        var inForceAt: Timestamp?
        var endedAt: Timestamp?
        var annexes: Int
        /// 1 or 2 when a file was checked.
        var copy: Int?
    }

    var outcome: Outcome
    var facts: Facts?
    /// Whether a file was asked about, rather than a printed fingerprint.
    var isFile = false
}

extension DocumentCheck {
    /// For `documents/verified`.
    func model(_ reader: PageReader) -> [String: Any] {
        let tone = outcome.isGood ? "" : (outcome == .older || outcome == .unsigned ? "warn" : "bad")
        return [
            "outcome": outcome.rawValue, "tone": tone, "icon": outcome.isGood ? "check" : "alert",
            "headline": reader.text("documents.\(outcome.rawValue)"),
            "explanation": reader.text("documents.\(outcome.rawValue)Text"),
            "hasFacts": facts != nil, "facts": facts.map { lines($0, reader) } ?? [],
            "reasons": reasons.map { ["text": reader.text($0)] },
        ]
    }

    private var reasons: [String] {
        switch outcome {
        case .unknownFile: ["documents.reasonSaved", "documents.reasonAltered", "documents.reasonOther"]
        case .unknown: ["documents.reasonTyped", "documents.reasonAltered", "documents.reasonOther"]
        default: []
        }
    }

    private func lines(_ facts: Facts, _ reader: PageReader) -> [[String: String]] {
        var lines: [(String, String?)] = [
            ("documents.factNumber", facts.number),
            (
                "documents.factCopy",
                facts.copy.map {
                    reader.text("documents.factCopyValue", ["copy": "\($0)", "whose": reader.text("documents.copy\($0)")])
                }
            ),
            ("documents.factVersion", reader.text("contract.versionValue", ["number": "\(facts.version)"])),
            ("documents.factCustomer", facts.customer), ("documents.factProvider", facts.provider),
            ("documents.factCustomerSigned", facts.customerSignedAt.map(reader.moment) ?? reader.text("contract.unsigned")),
            ("documents.factProviderSigned", facts.providerSignedAt.map(reader.moment) ?? reader.text("contract.unsealed")),
            ("documents.factInForce", facts.inForceAt.map(reader.moment) ?? reader.text("contract.notYet")),
            ("documents.factEnded", facts.endedAt.map(reader.moment)),
        ]
        lines.append(("documents.factAnnexes", "\(facts.annexes)"))
        return lines.compactMap { key, value in value.map { ["name": reader.text(key), "value": $0] } }
    }
}

extension PageReader {
    /// 14:05 in the provider's zone.
    func time(_ instant: Timestamp) -> String {
        let clock = zone.clock(of: instant)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(clock.hour)):\(two(clock.minute))"
    }
}
