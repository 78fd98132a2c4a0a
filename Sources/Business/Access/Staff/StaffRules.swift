internal import Basics

/// A person's name: printable, spaces joined, of a sensible length.
func checkedStaffName(_ text: String) throws(Fault) -> String {
    let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let isPrintable = name.unicodeScalars.allSatisfy { scalar in
        scalar.value >= 0x20 && scalar.value != 0x7F && scalar.properties.generalCategory != .format
    }
    guard isPrintable, AccessLimits.staffNameBytes.contains(name.utf8.count) else {
        let maximum = AccessLimits.staffNameBytes.upperBound
        throw Fault(.staffNameInvalid, "a name has 1 to \(maximum) printable bytes", ["maximum": "\(maximum)"])
    }
    return name
}

/// A sign-in name: it begins with a letter, so it is never a customer's number.
func checkedStaffSignInName(_ text: String) throws(Fault) -> String {
    let limits = AccessLimits.staffSignInNameCharacters
    let bytes = Array(text.utf8)
    guard limits.contains(bytes.count), let first = bytes.first, isLetter(first),
        bytes.allSatisfy({
            isLetter($0) || isDigit($0) || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains($0)
        })
    else {
        throw Fault(
            .staffSignInNameInvalid,
            "a sign-in name has \(limits.lowerBound) to \(limits.upperBound) of a-z 0-9 . - _ and begins with a letter",
            ["minimum": "\(limits.lowerBound)", "maximum": "\(limits.upperBound)"])
    }
    return text
}

func checkedRoles(_ roles: Set<Role>) throws(Fault) -> Set<Role> {
    guard !roles.isEmpty else { throw Fault(.staffRolesMissing, "a member of the staff has at least one role") }
    return roles
}

/// Refuses a change after which nobody could manage the staff. `others` are the administrators besides the person.
func requireAdministrator(besides staff: Staff, others: Int) throws(Fault) {
    guard !staff.isAdministrator || others > 0 else {
        throw Fault(
            .lastAdministrator, "without this person nobody could manage the staff; make somebody else administrator first")
    }
}

private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
