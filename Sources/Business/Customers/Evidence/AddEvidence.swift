public import Basics
internal import Crypto
public import Storage

/// A copy that a customer hands in.
public struct AddEvidenceRequest: Sendable {
    /// The id, made by the page, so that a repeat is known.
    public var id: EvidenceID
    /// Whose.
    public var customer: CustomerID
    /// The name of the file; what cannot be seen is dropped.
    public var name: String
    /// The checked content.
    public var content: CheckedEvidence

    /// Makes a request.
    public init(id: EvidenceID, customer: CustomerID, name: String, content: CheckedEvidence) {
        self.id = id
        self.customer = customer
        self.name = name
        self.content = content
    }
}

/// Seals and stores a copy while the verification is open. The same id with the same bytes answers with the first; with other bytes it is
/// a conflict.
public func addEvidence(
    _ request: AddEvidenceRequest, with vault: Vault, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> EvidenceFile {
    let customer = request.customer
    guard let verification = try VerificationStore.find(customer: customer, in: tx) else {
        throw Fault(.unknownVerification, "give the data first, then the copies")
    }
    let digest = Array(SHA256.hash(data: request.content.bytes))
    if let there = try EvidenceStore.find(request.id, with: vault, in: tx) {
        guard there.file.customer == customer, there.digest == digest else {
            throw Fault(.evidenceReused, "this id is that of another copy")
        }
        return there.file
    }
    guard VerificationRules.mayAddEvidence(verification.state) else { throw .wrongState(verification.state) }
    let round = try VerificationStore.round(verification.id, in: tx)
    guard try EvidenceStore.count(of: customer, round: round, in: tx) < CustomersLimits.evidenceFiles else {
        throw Fault(
            .tooMuchEvidence, "there are as many copies as there may be; remove one",
            ["maximum": "\(CustomersLimits.evidenceFiles)"])
    }
    let file = EvidenceFile(
        id: request.id, customer: customer, name: fileName(request.name), format: request.content.format,
        size: request.content.bytes.count, width: request.content.width, height: request.content.height, addedAt: now)
    try EvidenceStore.insert(file, request.content.bytes, digest: digest, round: round, with: vault, in: tx)
    try journal("evidence.added", file.id, of: customer, by: "customer:\(customer)", in: tx, at: now)
    return file
}

/// Takes back a copy that no decision rests on yet.
public func removeEvidence(
    _ id: EvidenceID, of customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    guard let verification = try VerificationStore.find(customer: customer, in: tx) else { throw .unknownEvidence }
    guard VerificationRules.mayAddEvidence(verification.state), verification.state != .evidenceSubmitted else {
        throw .wrongState(verification.state)
    }
    let round = try VerificationStore.round(verification.id, in: tx)
    guard try EvidenceStore.delete(id, of: customer, round: round, in: tx) else { throw .unknownEvidence }
    try journal("evidence.removed", id, of: customer, by: "customer:\(customer)", in: tx, at: now)
}

func journal(
    _ action: String, _ id: EvidenceID, of customer: CustomerID, by actor: String, purpose: String? = nil,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: action, subject: "customer:\(customer)", clause: 1,
            after: journalState(["evidence": .text(id.rawValue), "purpose": .optional(purpose)])), in: tx)
}

/// The last part of a path, with only what can be seen, of a sensible length.
private func fileName(_ typed: String) -> String {
    let last = typed.prefix(1024).split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    var kept = ""
    for scalar in last.unicodeScalars where isVisible(scalar) { kept.unicodeScalars.append(scalar) }
    let name = String(kept.prefix(CustomersLimits.fileNameCharacters))
    return name.allSatisfy(\.isWhitespace) ? "-" : name
}
