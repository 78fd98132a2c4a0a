public import Basics
public import Customers
public import Storage

/// Erases the contents of a customer's documents, which name people, once the retention period after the end is over: the caller knows when.
/// Hashes, signatures and the journal stay, so that a copy in somebody's hands can still be verified. Returns how many were erased.
@discardableResult
public func eraseDocuments(of customer: CustomerID, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    if let agreement = try AgreementStore.find(of: customer, in: tx), agreement.inForceAt != nil, agreement.endedAt == nil {
        throw Fault(.agreementRuns, "agreement \(agreement.number) has not ended")
    }
    let count = try tx.execute(
        "UPDATE agreement_documents SET content = NULL WHERE customer = $1 AND content IS NOT NULL", [.id(customer)])
    guard count > 0 else { return 0 }
    try tx.execute("UPDATE agreement_agreements SET signatory = NULL WHERE customer = $1", [.id(customer)])
    for table in ["agreement_messages SET words", "agreement_objections SET reason"] {
        let own =
            table.hasPrefix("agreement_messages")
            ? "objection IN (SELECT o.id FROM agreement_objections o JOIN agreement_agreements a ON a.id = o.agreement WHERE a.customer = $1)"
            : "agreement IN (SELECT id FROM agreement_agreements WHERE customer = $1)"
        try tx.execute("UPDATE \(table) = '' WHERE \(own)", [.id(customer)])
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: "system", action: "agreement.documents-erased", subject: "customer:\(customer)", clause: 1,
            after: journalState(["documents": .number(Int64(count))])),
        in: tx)
    return count
}
