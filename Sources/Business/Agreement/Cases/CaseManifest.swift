internal import Basics
internal import Foundation

/// `manifest.json`, the first file of a case: what else is in it.
struct CaseManifest: Codable, Equatable {
    /// One file.
    struct File: Codable, Equatable {
        var path: String
        var bytes: Int
        var sha256: String
        var crc32: UInt32
    }

    static let path = "manifest.json"
    static let format = "jianmian.case.1"

    var format = CaseManifest.format
    var about: CaseSubject
    var files: [File]
    /// The provider's public key, in hexadecimal digits; the signature over this page is in the archive's comment.
    var seal: String

    /// The page: keys in order, so that the same case always has the same bytes.
    func page() throws(Fault) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(self)) } catch {
            throw Fault(.caseUnreadable, "the manifest cannot be written")
        }
    }

    static func read(_ page: [UInt8]) -> CaseManifest? {
        guard let manifest = try? JSONDecoder().decode(CaseManifest.self, from: Data(page)), manifest.format == format,
            manifest.files.allSatisfy({ CaseItem.isAllowed($0.path) && $0.bytes >= 0 })
        else { return nil }
        return manifest
    }
}
