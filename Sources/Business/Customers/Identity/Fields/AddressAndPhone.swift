internal import Basics

/// Checks an address: visible text of a sensible length with a letter or character in it.
func postalAddress(_ typed: String) throws(Fault) -> String {
    let text = try visibleText(typed)
    guard text.count <= CustomersLimits.addressCharacters.upperBound else {
        throw Fault(.textTooLong, "the address is too long", ["maximum": "\(CustomersLimits.addressCharacters.upperBound)"])
    }
    guard text.count >= CustomersLimits.addressCharacters.lowerBound, text.contains(where: \.isLetter) else {
        throw Fault(.addressForm, "write province, city, street and number")
    }
    return text
}

/// Checks a postcode: six digits.
func postcode(_ typed: String) throws(Fault) -> String {
    let code = compactCode(typed)
    guard code.utf8.count == 6, code.utf8.allSatisfy(isDigit), code != "000000" else {
        throw Fault(.postcodeForm, "a postcode has six digits")
    }
    return code
}

/// Checks a phone outside this service; returns `13800138000`, `01066668888`, `4008001234` or `+85251234567`.
///
/// Mobile numbers of the mainland, landlines with their area code (10, 2x or three digits), 400 and 800 numbers, and any other country's
/// with `+` or `00` (ITU-T E.164: at most 15 digits).
func contactPhone(_ typed: String) throws(Fault) -> String {
    var text = halfWidth(typed).filter { !" \t\u{A0}-().\u{2010}\u{2011}\u{2012}\u{2013}".contains($0) }
    if text.hasPrefix("00") { text = "+" + text.dropFirst(2) }
    if text.hasPrefix("+86") {
        let national = text.dropFirst(3)
        text = national.hasPrefix("1") && national.utf8.count == 11 ? String(national) : "0" + national
    }
    let isMainland =
        text.wholeMatch(of: /1[3-9][0-9]{9}/) != nil || text.wholeMatch(of: /0(10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}/) != nil
        || text.wholeMatch(of: /[48]00[0-9]{7}/) != nil
    guard isMainland || text.wholeMatch(of: /\+[1-9][0-9]{6,14}/) != nil else {
        throw Fault(.phoneForm, "a mobile number, a landline with its area code, or + and the country's code")
    }
    return text
}
