internal import Basics
internal import Storage

/// A password to be checked, and what its attempts are counted against.
struct PasswordProof: Sendable {
    let name: String
    let kind: Principal.Kind
    let password: String
    /// The network address it comes from; nil for somebody who is signed in already.
    let address: String?
    /// What a wrong one is answered with.
    let refusal: Fault
}

/// Checks a password and goes on in the transaction in which it still is the stored one.
///
/// Two transactions with the slow check between them: the first counts the attempt and reads the stored hash, the second goes on if the
/// password still is the one that was checked. An unknown name takes the same time and gets the same answer as a wrong password.
func provePassword<Answer: Sendable>(
    _ proof: PasswordProof, with hasher: PasswordHasher, on database: any Database, at now: Timestamp,
    then: @escaping @Sendable (PrincipalID, any Transaction) throws(Fault) -> Answer
) async throws(Fault) -> Answer {
    guard AccessLimits.signInNameBytes.contains(proof.name.utf8.count),
        (1...AccessLimits.passwordBytes).contains(proof.password.utf8.count), !proof.name.utf8.contains(0)
    else { throw proof.refusal }
    let name = AttemptSubject.name(proof.name)
    let address = proof.address.map { AttemptSubject.address(String($0.prefix(AccessLimits.addressBytes))) }
    let credential = try await database.write { tx throws(Fault) in
        try AttemptStore.count(name, at: now, in: tx)
        if let address { try AttemptStore.count(address, at: now, in: tx) }
        return try PrincipalStore.credential(named: proof.name, kind: proof.kind, in: tx)
    }
    guard try await hasher.verify(proof.password, against: credential?.hash), let credential else { throw proof.refusal }
    let renewed = try await hasher.renewed(credential.hash, proof.password)
    return try await database.write { tx throws(Fault) in
        let stillRight =
            if let renewed {
                try PrincipalStore.replace(credential.hash, by: renewed, of: credential.principal, in: tx)
            } else {
                try PrincipalStore.isStored(credential.hash, of: credential.principal, in: tx)
            }
        guard stillRight else { throw proof.refusal }
        try AttemptStore.forget(name, in: tx)
        if let address { try AttemptStore.forgive(address, in: tx) }
        return try then(credential.principal, tx)
    }
}
