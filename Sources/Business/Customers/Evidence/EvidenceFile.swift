public import Basics

/// The id of a copy, made by the page that sends it.
public typealias EvidenceID = Identifier<EvidenceFile>

/// What kinds of files are taken.
public enum EvidenceFormat: String, Sendable, CaseIterable {
    /// A photograph.
    case jpeg
    /// A picture.
    case png
    /// A scan.
    case pdf

    /// The type for a response.
    public var contentType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .pdf: "application/pdf"
        }
    }
}

/// A copy of an ID or a licence that a customer has handed in. Its bytes are stored sealed.
public struct EvidenceFile: Sendable, Equatable {
    /// The id.
    public let id: EvidenceID
    /// Whose.
    public let customer: CustomerID
    /// The name that the file had.
    public let name: String
    /// What it is, by its content.
    public let format: EvidenceFormat
    /// Its bytes.
    public let size: Int
    /// Pixels across; nil for a PDF.
    public let width: Int?
    /// Pixels down; nil for a PDF.
    public let height: Int?
    /// When it came in.
    public let addedAt: Timestamp
}

/// Bytes that were looked through and are what they say. Made only by ``checkEvidence(_:)``.
public struct CheckedEvidence: Sendable, Equatable {
    /// What it is.
    public let format: EvidenceFormat
    /// Pixels across; nil for a PDF.
    public let width: Int?
    /// Pixels down; nil for a PDF.
    public let height: Int?
    /// The bytes.
    public let bytes: [UInt8]
}
