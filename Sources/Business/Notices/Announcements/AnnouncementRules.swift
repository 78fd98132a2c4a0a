internal import Agreement
internal import Basics

/// A text in both languages, of the length that there is room for, without control characters but line ends.
func checkedWording(_ text: Wording, _ limit: ClosedRange<Int>) throws(Fault) -> Wording {
    Wording(zh: try checked(text.zh, limit), en: try checked(text.en, limit))
}

private func checked(_ text: String, _ limit: ClosedRange<Int>) throws(Fault) -> String {
    let text = String(text.trimmingPrefix(while: \.isWhitespace))
    let isPlain = text.unicodeScalars.allSatisfy { ($0.value >= 0x20 && $0.value != 0x7F) || $0 == "\n" || $0 == "\r" }
    guard limit.contains(text.utf8.count), isPlain else {
        throw Fault(
            .announcementText, "an announcement needs plain text in both languages, at most \(limit.upperBound) bytes",
            ["maximum": "\(limit.upperBound)"])
    }
    return text
}
