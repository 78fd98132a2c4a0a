internal import Basics

// GB 11643: 6 digits of area, 8 of birth date, 3 of order, 1 check character (ISO 7064 MOD 11-2).

/// Checks a resident ID's number; throws the first thing that is wrong with it, and where the birth date does not agree, that.
func residentID(_ code: String, bornOn birth: BusinessDate?, on today: BusinessDate) throws(Fault) -> String {
    let characters = Array(code.utf8)
    guard characters.count == 18, characters[..<17].allSatisfy(isDigit),
        isDigit(characters[17]) || characters[17] == UInt8(ascii: "X")
    else { throw Fault(.residentIDForm, "a resident ID has 18 digits; the last may be X") }
    guard provinces.contains(Int(characters[0] - 0x30) * 10 + Int(characters[1] - 0x30)) else {
        throw Fault(.residentIDArea, "a resident ID begins with the code of a province")
    }
    guard let date = compactDate(code.dropFirst(6).prefix(8)) else {
        throw Fault(.residentIDDate, "characters 7 to 14 of a resident ID are a birth date")
    }
    guard checkCharacter(of: characters[..<17]) == characters[17] else {
        throw Fault(.residentIDChecksum, "the last character does not fit the others: a digit is mistyped")
    }
    try checkBirth(date, on: today)
    if let birth, birth != date { throw Fault(.birthDisagrees, "the ID tells another birth date") }
    return code
}

/// The check character of 17 digits: weights 2^(17−i) mod 11, which are 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2.
func checkCharacter(of digits: some Collection<UInt8>) -> UInt8 {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
    return Array("10X98765432".utf8)[sum % 11]
}

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

/// GB/T 2260 codes of provinces; 81, 82 and 83 are the residence permits of people from Hong Kong, Macau and Taiwan.
private let provinces = Set([11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71...71, 81...83, 91...91].joined())
