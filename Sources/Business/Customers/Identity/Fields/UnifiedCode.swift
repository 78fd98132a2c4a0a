package import Basics

// GB 32100-2015: 1 character for the registering authority, 1 for the type, 6 digits of area, 9 of the organisation code, 1 check character.

/// Checks a unified social credit code; returns it in capitals without spaces.
package func unifiedCode(_ typed: String) throws(Fault) -> String {
    let code = compactCode(typed)
    let values = code.utf8.map { byte in alphabet.firstIndex(of: byte) }
    guard values.count == 18, values.allSatisfy({ $0 != nil }), code.utf8.dropFirst(2).prefix(6).allSatisfy(isDigit) else {
        throw Fault(.unifiedCodeForm, "18 digits and capitals without I, O, S, V and Z; the third to eighth are digits")
    }
    // Weights 3^i mod 31.
    var sum = 0
    var weight = 1
    for value in values.dropLast() {
        sum += (value ?? 0) * weight
        weight = weight * 3 % 31
    }
    guard values[17] == (31 - sum % 31) % 31 else {
        throw Fault(.unifiedCodeChecksum, "the last character does not fit the others: one of them is mistyped")
    }
    return code
}

private let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
