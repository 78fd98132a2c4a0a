public import Basics
public import Customers
public import Storage

/// Remembers the hash of a PDF that was printed of an agreement in force, so that the file can be verified by anybody (clause 17). Every
/// printing of a state is an original; the same file again changes nothing.
public func registerOriginal(
    of customer: CustomerID, copy: Int, pdf: ContentHash, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    let agreement = try existingAgreement(of: customer, in: tx)
    guard agreement.inForceAt != nil else { throw Fault(.notInForce, "an original needs both signatures", ["day": "-"]) }
    guard try OriginalStore.find(pdf, in: tx) == nil else { return }
    guard try OriginalStore.count(of: agreement.id, in: tx) < AgreementLimits.originals else {
        throw Fault(
            .tooManyOriginals, "as many originals are registered as there can be", ["maximum": "\(AgreementLimits.originals)"])
    }
    let number = copy == 2 ? 2 : 1
    try OriginalStore.insert(pdf, of: agreement, copy: number, in: tx, at: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: "system", action: "agreement.original-registered", subject: "agreement:\(agreement.id)", clause: 17,
            after: journalState([
                "copy": .number(Int64(number)), "pdf": .text(pdf.hex), "fingerprint": .text(agreement.fingerprint.hex),
            ])),
        in: tx)
}
