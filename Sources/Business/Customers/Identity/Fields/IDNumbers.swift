internal import Basics

func idKind(_ typed: String) throws(Fault) -> IDKind {
    guard let kind = IDKind(rawValue: typed) else { throw Fault(.unknownIDKind, "this kind of ID is not accepted") }
    return kind
}

/// Checks the number of an ID by the rule of its kind; returns it in capitals without spaces. Where the number tells a birth date, it must
/// agree with the one given.
func idNumber(_ typed: String, of kind: IDKind, bornOn birth: BusinessDate?, on today: BusinessDate) throws(Fault) -> String {
    let code = compactCode(typed)
    switch kind {
    case .residentID: return try residentID(code, bornOn: birth, on: today)
    case .foreignPermanentResident: return try foreignPermanentResident(code, bornOn: birth, on: today)
    case .passport:
        // ICAO 9303: up to nine letters and digits; some states print longer ones. Chinese: E12345678, EA1234567.
        try require(
            code, (5...12).contains(code.utf8.count) && hasDigit(code) && code.utf8.allSatisfy(isLetterOrDigit), .passportForm)
    case .hkMacauPermit:
        // H (Hong Kong) or M (Macau), eight digits for life, and on older cards two for the issue.
        try require(code, code.wholeMatch(of: /[HM][0-9]{8}([0-9]{2})?/) != nil, .hkMacauPermitForm)
    case .taiwanPermit:
        // Eight digits since 2015; older booklets ten digits, perhaps with a letter for the issue.
        try require(code, code.wholeMatch(of: /[0-9]{8}|[0-9]{10}[A-Z]?/) != nil, .taiwanPermitForm)
    case .militaryID:
        // 军字第2001988号, 士字第P011816号.
        try require(code, code.wholeMatch(of: /\p{Han}{1,4}字第[0-9A-Z]{4,10}号/) != nil, .militaryIDForm)
    }
    return code
}

/// The birth date that a number tells; nil where its kind tells none.
func birthDate(in number: String, of kind: IDKind) -> BusinessDate? {
    switch kind {
    case .residentID: compactDate(number.dropFirst(6).prefix(8))
    case .foreignPermanentResident where number.utf8.count == 18: compactDate(number.dropFirst(6).prefix(8))
    default: nil
    }
}

/// Since 2023 eighteen digits that begin with 9, with birth date and check character as in GB 11643; before, three letters (the
/// nationality) and twelve digits, the eighth to thirteenth character being the birth date as YYMMDD.
private func foreignPermanentResident(_ code: String, bornOn birth: BusinessDate?, on today: BusinessDate) throws(Fault) -> String
{
    let characters = Array(code.utf8)
    if characters.count == 15, characters[..<3].allSatisfy(isCapital), characters[3...].allSatisfy(isDigit) {
        if let birth {
            let shown = characters[7..<13].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            guard shown == birth.year % 100 * 10_000 + birth.monthOfYear * 100 + birth.day else {
                throw Fault(.birthDisagrees, "the ID tells another birth date")
            }
        }
        return code
    }
    guard characters.count == 18, characters[0] == UInt8(ascii: "9"), characters[..<17].allSatisfy(isDigit),
        let date = compactDate(code.dropFirst(6).prefix(8))
    else { throw Fault(.foreignPermanentResidentForm, "three letters and twelve digits, or eighteen digits that begin with 9") }
    guard checkCharacter(of: characters[..<17]) == characters[17] else {
        throw Fault(.residentIDChecksum, "the last character does not fit the others: a digit is mistyped")
    }
    try checkBirth(date, on: today)
    if let birth, birth != date { throw Fault(.birthDisagrees, "the ID tells another birth date") }
    return code
}

private func require(_ code: String, _ fits: Bool, _ fault: Fault.Code) throws(Fault) {
    guard fits else { throw Fault(fault, "the number does not have the form of its kind of ID") }
}

private func hasDigit(_ code: String) -> Bool { code.utf8.contains(where: isDigit) }

private func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || isCapital(byte) }
