public import Basics
public import Storage

/// Lets a principal sign in under another name: the number of the line has changed. Sessions stay open. The same name again changes nothing.
public func renameSignIn(
    _ id: PrincipalID, to name: String, by actor: String = "system", in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Principal {
    let isPlain = name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "#") }
    guard AccessLimits.signInNameBytes.contains(name.utf8.count), isPlain else {
        throw Fault(.signInNameInvalid, "a sign-in name has 1 to 64 bytes without spaces")
    }
    let principal = try livingPrincipal(id, in: tx)
    guard principal.signInName != name else { return principal }
    guard try PrincipalStore.rename(id, to: name, in: tx) else {
        throw Fault(.signInNameTaken, "somebody signs in under this name already")
    }
    // The names are numbers, which belong to a person: the journal of the line tells which number changed.
    try appendJournal(
        JournalEntry(at: now, actor: actor, action: "principal.renamed", subject: "principal:\(id)", clause: 7), in: tx)
    return try livingPrincipal(id, in: tx)
}
