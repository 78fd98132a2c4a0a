public import Basics
public import Customers

/// The id of a customer's agreement.
public typealias AgreementID = Identifier<Agreement>

/// The agreement of one customer with the provider: a document, two signatures, annexes.
public struct Agreement: Sendable, Equatable {
    /// The id.
    public let id: AgreementID
    /// Whose.
    public let customer: CustomerID
    /// `JM-2026-000001`.
    public let number: String
    /// The version that the document was made of. What binds today is asked by ``termsInForce(of:on:in:zone:)``.
    public let version: VersionID
    /// That version's number.
    public let versionNumber: Int
    /// The document to sign, or signed.
    public let documentHash: ContentHash
    /// Covers the document and all annexes in their order.
    public let fingerprint: ContentHash
    /// Orders and other documents with the force of the agreement (clause 2).
    public let annexes: [Annex]
    /// The customer's signature.
    public let customerSignature: CustomerSignature?
    /// The provider's seal.
    public let providerSignature: ProviderSignature?
    /// When the document was made.
    public let preparedAt: Timestamp
    /// The later signature; nil while one is missing.
    public let inForceAt: Timestamp?
    /// When it ended.
    public let endedAt: Timestamp?
    /// Why it ended, as a code.
    public let endReason: String?

    /// Whether it is in force at an instant.
    public func isInForce(at instant: Timestamp) -> Bool {
        guard let inForceAt, inForceAt <= instant else { return false }
        return endedAt.map { instant < $0 } ?? true
    }
}

/// A document with the force of the agreement.
public struct Annex: Sendable, Equatable {
    /// 1, 2, 3 … in the order in which they came.
    public let position: Int
    /// The number that both know it by, such as `DD-2026-000001`.
    public let number: String
    /// What it is.
    public let title: Wording
    /// The hash of its document.
    public let document: ContentHash
    /// Since when.
    public let at: Timestamp
}

/// How a customer signs.
public enum SigningMethod: String, Sendable, CaseIterable {
    /// With a P-256 key of the customer's own, held by the browser.
    case key
    /// With a code that was sent to the customer.
    case code
}

/// What a customer signed with, kept so that it can be verified at any time.
public struct CustomerSignature: Sendable, Equatable {
    /// How.
    public let method: SigningMethod
    /// The customer's public key; nil for a code.
    public let publicKey: CustomerPublicKey?
    /// The ECDSA signature (r ‖ s), or the hash of nonce and code.
    public let signature: [UInt8]
    /// The challenge's random bytes.
    public let nonce: [UInt8]
    /// When.
    public let at: Timestamp
}

/// The provider's electronic signature.
public struct ProviderSignature: Sendable, Equatable {
    /// The seal's public key, 65 bytes of X9.63.
    public let publicKey: [UInt8]
    /// The ECDSA signature (r ‖ s).
    public let signature: [UInt8]
    /// When.
    public let at: Timestamp
}
