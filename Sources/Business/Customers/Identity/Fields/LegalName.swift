internal import Basics

/// Checks a person's name as on the ID: Chinese characters, parts joined by a middle dot, or Latin letters with spaces, hyphens and
/// apostrophes. Nothing else, so no look-alikes of another script, nothing that turns the direction and nothing that cannot be seen.
func legalName(_ typed: String) throws(Fault) -> String {
    let name = withOneMiddleDot(try visibleText(halfWidth(typed)))
    let scalars = Array(name.unicodeScalars)
    guard let first = scalars.first else { throw Fault(.nameEmpty, "a name needs a character") }
    guard CustomersLimits.legalNameCharacters.contains(scalars.count) else {
        throw scalars.count < CustomersLimits.legalNameCharacters.lowerBound
            ? Fault(.legalNameForm, "a name as on the ID has at least two characters")
            : Fault(
                .nameTooLong, "a name may not have that many characters",
                ["maximum": "\(CustomersLimits.legalNameCharacters.upperBound)"])
    }
    let isChinese = isHan(first)
    if let stranger = scalars.first(where: {
        isChinese ? !isHan($0) && $0 != middleDot : !isLatin($0) && !" -'.,".contains(Character($0))
    }) {
        throw .badCharacter(stranger)
    }
    let parts = isChinese ? name.split(separator: "·", omittingEmptySubsequences: false) : []
    guard isChinese ? parts.allSatisfy({ !$0.isEmpty }) : isLatin(first) else {
        throw Fault(.legalNameForm, "Chinese characters with · between the parts, or Latin letters")
    }
    return name
}

/// Checks an organisation's full name: Chinese characters, Latin letters, digits and the marks that names of organisations have.
func organisationName(_ typed: String) throws(Fault) -> String {
    let name = withOneMiddleDot(try visibleText(typed))
    let marks = " ()（）-·&.,'’、《》“”+/—"
    if let stranger = name.unicodeScalars.first(where: { scalar in
        !isHan(scalar) && !isLatin(scalar) && !(scalar.isASCII && isDigit(UInt8(scalar.value)))
            && !marks.unicodeScalars.contains(scalar)
    }) {
        throw .badCharacter(stranger)
    }
    guard name.unicodeScalars.count <= CustomersLimits.organisationNameCharacters.upperBound else {
        throw Fault(
            .nameTooLong, "a name may not have that many characters",
            ["maximum": "\(CustomersLimits.organisationNameCharacters.upperBound)"])
    }
    let letters = name.unicodeScalars.count { isHan($0) || isLatin($0) }
    guard letters >= CustomersLimits.organisationNameCharacters.lowerBound else {
        throw Fault(.organisationNameForm, "write the full name as on the licence")
    }
    return name
}

private let middleDot: Unicode.Scalar = "\u{B7}"

/// The dots that keyboards offer for the one of GB/T: ・ • ‧ ∙ ⋅ ⸱ and the full stop of Japanese become ·.
private func withOneMiddleDot(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
        let isDot = [0x30FB, 0xFF65, 0x2022, 0x2027, 0x2219, 0x22C5, 0x2E31, 0x25CF].contains(scalar.value)
        result.unicodeScalars.append(isDot ? middleDot : scalar)
    }
    return result
}

/// A Chinese character: a unified ideograph, or 〇.
private func isHan(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isUnifiedIdeograph || scalar.value == 0x3007 }

/// A letter of the Latin script with or without marks.
private func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.properties.isAlphabetic else { return false }
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: return true
    default: return false
    }
}
