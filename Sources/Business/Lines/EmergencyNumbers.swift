public import Basics

/// The numbers that are always free, always open and never held back (电信条例 art. 36).
public enum EmergencyNumbers {
    /// Police 110, fire 119, medical 120, traffic 122.
    public static let all: [PhoneNumber] = ["110", "119", "120", "122"].map(PhoneNumber.init(trusted:))
}

extension PhoneNumber {
    /// Whether this is an emergency number.
    public var isEmergency: Bool { EmergencyNumbers.all.contains(self) }
}

/// The number that somebody typed.
public func parseNumber(_ text: String) throws(Fault) -> PhoneNumber {
    guard let number = PhoneNumber(text) else { throw Fault(.notANumber, "a number has 3 to 15 digits") }
    return number
}
