internal import Basics
internal import Lines

/// What a payer's words name, in the forms in which we write it ourselves.
struct NamedInReference: Equatable {
    var invoices: [String] = []
    var agreements: [String] = []
    var numbers: [PhoneNumber] = []
}

/// The invoice numbers, agreement numbers and telephone numbers in a payer's words: `ZD-2026-000012`, also without hyphens, in small letters or in
/// full-width characters, between other words.
func namedInReference(_ text: String) -> NamedInReference {
    var named = NamedInReference()
    for token in tokens(text) {
        if let number = seriesNumber(token, Numbering.invoices) {
            named.invoices.append(number)
        } else if let number = seriesNumber(token, "JM") {
            named.agreements.append(number)
        } else if token.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }), let number = PhoneNumber(token) {
            named.numbers.append(number)
        }
    }
    return named
}

/// Runs of ASCII letters, digits and hyphens, in capitals; full-width ones count as theirs.
private func tokens(_ text: String) -> [String] {
    let narrow = text.unicodeScalars.map { scalar -> Character in
        (0xFF01...0xFF5E).contains(scalar.value)
            ? Character(Unicode.Scalar(UInt8(scalar.value - 0xFEE0))) : Character(scalar)
    }
    return narrow.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) }.map { String($0).uppercased() }
}

/// `ZD-2026-000012` of `ZD2026000012` and the like; nil for anything else.
private func seriesNumber(_ token: String, _ series: String) -> String? {
    let compact = token.filter { $0 != "-" }
    guard compact.hasPrefix(series) else { return nil }
    let digits = compact.dropFirst(series.count)
    guard (10...14).contains(digits.count), digits.allSatisfy(\.isNumber) else { return nil }
    return "\(series)-\(digits.prefix(4))-\(digits.dropFirst(4))"
}

/// Amounts that an account pays when it pays what it was asked for: all that is owed, one invoice with or without its penalty.
func expectedAmounts(_ standing: Standing, _ claims: [Claim]) -> Set<Money> {
    var amounts: Set<Money> = [standing.owed]
    let totals = Dictionary(claims.map { ($0.id, $0.amount) }, uniquingKeysWith: { first, _ in first })
    for claim in standing.claims where claim.isOpen {
        amounts.formUnion([claim.principal, claim.principal + claim.penalty])
        if let total = totals[claim.claim] { amounts.insert(total) }
    }
    amounts.remove(.zero)
    return amounts
}
