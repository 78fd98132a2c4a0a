public import Basics
internal import Foundation

/// A password that may be used for a new secret: long enough, not the number, not one that is guessed first.
///
/// It is normalised to NFKC, as NIST SP 800-63B section 3.1.1.2 asks, so that the same keys give the same password on every system.
public struct NewPassword: Sendable {
    let bytes: [UInt8]

    /// Checks the rules.
    public init(_ text: String, signInName: String) throws(Fault) {
        let limits = AccessLimits.passwordCharacters
        guard text.utf8.count <= AccessLimits.passwordBytes else { throw .tooLong }
        let normal = normalised(text)
        guard normal.count <= limits.upperBound else { throw .tooLong }
        guard normal.count >= limits.lowerBound else {
            throw Fault(.passwordTooShort, "a password needs more characters", ["minimum": "\(limits.lowerBound)"])
        }
        let digits = normal.filter(\.isNumber)
        guard digits != signInName || normal.contains(where: \.isLetter) else {
            throw Fault(.passwordIsNumber, "the number itself is everybody's first guess")
        }
        guard !isCommon(normal) else { throw Fault(.passwordTooCommon, "the password is on the list of those guessed first") }
        bytes = Array(normal.utf8)
    }
}

/// The form in which passwords are compared.
func normalised(_ password: String) -> String { password.precomposedStringWithCompatibilityMapping }

/// Whether a password is guessed first: one of the list, one character repeated, or keys in a row.
func isCommon(_ password: String) -> Bool {
    let lower = password.lowercased()
    if Set(lower).count <= 2 { return true }
    if commonPasswords.contains(lower) { return true }
    return isRun(lower, step: 1) || isRun(lower, step: -1)
}

/// `12345678`, `abcdefgh` and the same backwards, with 9 followed by 0.
private func isRun(_ text: String, step: Int) -> Bool {
    let codes = text.unicodeScalars.map { Int($0.value) }
    return zip(codes, codes.dropFirst()).allSatisfy { pair in
        pair.1 - pair.0 == step || (step == 1 && pair == (57, 48)) || (step == -1 && pair == (48, 57))
    }
}

/// The commonest of eight and more characters, from published lists of leaked passwords, Chinese ones among them.
private let commonPasswords: Set<String> = [
    "password", "password1", "password12", "password123", "passw0rd", "p@ssw0rd", "p@ssword", "qwertyuiop", "qwerty123",
    "qwerty12",
    "qwer1234", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "1qaz2wsx3edc", "zaq12wsx", "q1w2e3r4", "asdfghjkl", "asdf1234", "zxcvbnm1",
    "zxcvbnm123", "iloveyou", "iloveyou1", "sunshine", "princess", "football", "baseball", "superman", "trustno1", "welcome1",
    "welcome123", "admin123", "admin1234", "administrator", "letmein1", "monkey123", "dragon123", "master123", "michael1",
    "abc12345",
    "abcd1234", "abc123456", "abc123456789", "a1234567", "a12345678", "a123456789", "aa123456", "aa12345678", "123456aa",
    "123456abc",
    "12345678a", "123456789a", "1234567a", "qq123456", "qq123456789", "qwe123456", "asd123456", "zxc123456", "123qweasd",
    "123qwe123",
    "1234qwer", "12341234", "12344321", "11112222", "11223344", "1122334455", "123123123", "147258369", "147852369", "159753456",
    "741852963", "789456123", "987654321", "88888888", "66668888", "16888888", "52013142", "5201314520", "52013141", "5201314a",
    "woaini1314", "woaini520", "woaini123", "woaini521", "wojiushiwo", "woainima", "woaiwojia", "caonima123", "nihao123",
    "zhang123",
    "wang1234", "li123456", "wang123456", "zhang123456", "liu123456", "1314520520", "13145200", "20082008", "19491001",
    "jianmian",
    "jianmian1", "jianmian123", "changeme", "changeme1", "computer", "internet", "whatever", "starwars", "samsung1", "pokemon1",
]

extension Fault {
    fileprivate static var tooLong: Fault {
        let maximum = AccessLimits.passwordCharacters.upperBound
        return Fault(.passwordTooLong, "a password may not have that many characters", ["maximum": "\(maximum)"])
    }
}
