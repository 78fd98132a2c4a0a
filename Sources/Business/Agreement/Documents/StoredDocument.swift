public import Basics
public import Customers
public import Storage

/// A document that does not change any more: an agreement, an order. It is found by the hash of its bytes.
public struct StoredDocument: Sendable, Equatable {
    /// The SHA-256 of the content.
    public let hash: ContentHash
    /// What it is, such as `agreement` or `order`.
    public let kind: String
    /// Whose it is; nil for one that is nobody's.
    public let customer: CustomerID?
    /// Self-contained HTML in both languages, without scripts, as UTF-8.
    public let content: [UInt8]
    /// Since when it is stored.
    public let madeAt: Timestamp

    /// The content as text.
    public var html: String { String(decoding: content, as: UTF8.self) }
}

/// Stores a document for good, sealed by the vault because it names people. The same bytes again are the same document.
@discardableResult
public func storeDocument(
    _ content: [UInt8], kind: String, of customer: CustomerID?, vault: Vault, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> ContentHash {
    guard content.count <= AgreementLimits.documentBytes else {
        throw Fault(.storedDocumentTooLarge, "the document is too large", ["maximum": "\(AgreementLimits.documentBytes)"])
    }
    let hash = ContentHash(of: content)
    try DocumentStore.insert(hash, kind: kind, customer: customer, content: content, vault: vault, in: tx, at: now)
    return hash
}

/// The document with this hash. Bytes that no longer have it throw `agreement.damaged`.
public func storedDocument(_ hash: ContentHash, vault: Vault, in tx: any Transaction) throws(Fault) -> StoredDocument {
    guard let document = try DocumentStore.find(hash, vault: vault, in: tx) else {
        throw Fault(.unknownDocument, "there is no document \(hash)")
    }
    return document
}
