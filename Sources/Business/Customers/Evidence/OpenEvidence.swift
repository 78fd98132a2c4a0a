public import Access
public import Basics
public import Storage

/// A copy with its bytes.
public struct OpenedEvidence: Sendable, Equatable {
    /// What it is.
    public let file: EvidenceFile
    /// Its bytes.
    public let bytes: [UInt8]
}

/// The copies that a customer has handed in, without their bytes.
public func listEvidence(of customer: CustomerID, with vault: Vault, in tx: any Transaction) throws(Fault) -> [EvidenceFile] {
    try EvidenceStore.all(of: customer, with: vault, in: tx)
}

/// Opens a copy for staff; the look goes into the log that the customer reads.
public func openEvidence(
    _ id: EvidenceID, with vault: Vault, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> OpenedEvidence {
    try act.require(.revealPersonalData)
    guard let found = try EvidenceStore.find(id, with: vault, in: tx) else { throw .unknownEvidence }
    let customer = found.file.customer
    try AccessLogStore.add(
        AccessRecord(
            at: now, actor: act.actor, action: .evidenceOpened, purpose: act.purpose, fields: [.evidence], recipient: nil),
        of: customer, in: tx)
    try journal("evidence.opened", id, of: customer, by: act.actor, purpose: act.purpose, in: tx, at: now)
    return OpenedEvidence(file: found.file, bytes: try EvidenceStore.bytes(id, with: vault, in: tx))
}

/// Opens a copy for the customer who handed it in.
public func ownEvidence(
    _ id: EvidenceID, of customer: CustomerID, with vault: Vault, in tx: any Transaction
) throws(Fault) -> OpenedEvidence {
    guard let found = try EvidenceStore.find(id, with: vault, in: tx), found.file.customer == customer else {
        throw .unknownEvidence
    }
    return OpenedEvidence(file: found.file, bytes: try EvidenceStore.bytes(id, with: vault, in: tx))
}
