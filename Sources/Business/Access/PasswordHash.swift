internal import Basics
internal import Foundation

/// The cost of scrypt (RFC 7914). Stored with every hash, so that it can rise later.
public struct ScryptParameters: Sendable, Equatable {
    /// N as a power of two.
    public let logN: Int
    /// Block size.
    public let r: Int
    /// Parallelism.
    public let p: Int

    /// 2¹⁵, 8, 1: 32 MiB and about 100 ms of one core of a small server.
    public static let standard = ScryptParameters(logN: 15, r: 8, p: 1)

    /// Declares parameters; N = 2^logN.
    public init(logN: Int, r: Int, p: Int) {
        self.logN = logN
        self.r = r
        self.p = p
    }

    /// What a stored hash may ask for: at most 128 MiB.
    var isSane: Bool { (1...17).contains(logN) && (1...8).contains(r) && (1...4).contains(p) }
}

/// A stored password: parameters, salt and key. Its text is the PHC form `$scrypt$ln=15,r=8,p=1$salt$key`.
public struct PasswordHash: Sendable, Equatable {
    package let parameters: ScryptParameters
    let salt: [UInt8]
    let key: [UInt8]

    static let saltBytes = 16
    static let keyBytes = 32

    /// What the database stores.
    package var text: String {
        "$scrypt$ln=\(parameters.logN),r=\(parameters.r),p=\(parameters.p)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    init(parameters: ScryptParameters, salt: [UInt8], key: [UInt8]) {
        self.parameters = parameters
        self.salt = salt
        self.key = key
    }

    /// Reads what the database stored; nil when it is damaged or asks for more than the house allows.
    package init?(stored text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: true)
        guard parts.count == 4, parts[0] == "scrypt" else { return nil }
        let numbers = parts[1].split(separator: ",")
        guard numbers.count == 3,
            let logN = number(numbers[0], "ln="), let r = number(numbers[1], "r="), let p = number(numbers[2], "p="),
            let salt = Data(base64Encoded: String(parts[2])), let key = Data(base64Encoded: String(parts[3])),
            salt.count == Self.saltBytes, key.count == Self.keyBytes
        else { return nil }
        let parameters = ScryptParameters(logN: logN, r: r, p: p)
        guard parameters.isSane else { return nil }
        self.init(parameters: parameters, salt: Array(salt), key: Array(key))
    }

    /// Compares in a time that does not depend on where the bytes differ.
    func matches(_ other: [UInt8]) -> Bool {
        guard other.count == key.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(key, other) { difference |= a ^ b }
        return difference == 0
    }
}

private func number(_ text: Substring, _ prefix: String) -> Int? {
    text.hasPrefix(prefix) ? Int(text.dropFirst(prefix.count)) : nil
}
