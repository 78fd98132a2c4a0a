public import Basics
internal import Crypto
internal import Foundation

/// Seals what must not be readable in the database, its backups and its logs: ID numbers, documents, secrets of second factors.
///
/// AES-256-GCM with the keys of ``VaultKeys``, which live outside the database. Sealed bytes are
/// `1 ‖ key id (8) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`. The place (table, column and row, such as `customers.identity:ID`) is
/// authenticated with them, so that sealed bytes moved to another row do not open.
public struct Vault: Sendable {
    /// The keys in use.
    public let keys: VaultKeys

    private static let format: UInt8 = 1
    private static let nonceBytes = 12
    private static let tagBytes = 16
    /// Bytes before the nonce: the format and the key's id. ``reseal(_:in:with:after:)`` compares them in SQL.
    static let headBytes = 1 + VaultKeyID.bytes

    /// A vault with these keys.
    public init(keys: VaultKeys) { self.keys = keys }

    /// A vault with keys of its own that nobody keeps: for tests and for a demo in memory.
    public static func ephemeral() -> Vault { Vault(keys: .fresh()) }

    /// Seals bytes for a place with the current key. The same bytes sealed twice differ.
    public func seal(_ plain: [UInt8], for place: String) throws(Fault) -> [UInt8] {
        let head = head(of: keys.current)
        do {
            let box = try AES.GCM.seal(plain, using: keys.currentKey, authenticating: head + Array(place.utf8))
            return head + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw Fault(.vaultSealing, "the cipher refused to seal: \(error)")
        }
    }

    /// Opens bytes that were sealed for this place; throws where they were altered, moved, or their key is gone.
    public func open(_ sealed: [UInt8], for place: String) throws(Fault) -> [UInt8] {
        guard let id = Self.keyID(of: sealed), sealed.count >= Self.headBytes + Self.nonceBytes + Self.tagBytes else {
            throw Fault(.vaultDamaged, "these bytes were not sealed by this vault")
        }
        guard let key = keys.key(id) else {
            throw Fault(.vaultKeyMissing, "the key file has no key \(id); put the file of that time back", ["key": "\(id)"])
        }
        let nonceEnd = Self.headBytes + Self.nonceBytes
        let tagStart = sealed.count - Self.tagBytes
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: sealed[Self.headBytes..<nonceEnd]), ciphertext: sealed[nonceEnd..<tagStart],
                tag: sealed[tagStart...])
            let associated = Array(sealed[..<Self.headBytes]) + Array(place.utf8)
            return Array(try AES.GCM.open(box, using: key, authenticating: associated))
        } catch {
            throw Fault(.vaultDamaged, "sealed bytes do not open: they were altered or belong to another place")
        }
    }

    /// A blind index: 32 bytes by which equal texts of one place are found without storing the text (HMAC-SHA256).
    ///
    /// Each place has a key of its own, derived from the index secret, so that equal texts in two columns do not look equal. Rotation
    /// of the sealing key leaves it as it is. Fold case and width before.
    public func index(_ text: String, for place: String) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: keys.indexSecret, info: Array("jianmian index \(place)".utf8), outputByteCount: 32)
        return Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    /// Whether sealed bytes were sealed with the current key.
    public func isCurrent(_ sealed: [UInt8]) -> Bool { Self.keyID(of: sealed) == keys.current }

    /// The bytes with which everything sealed by a key begins.
    func head(of id: VaultKeyID) -> [UInt8] { [Self.format] + id.raw }

    private static func keyID(of sealed: [UInt8]) -> VaultKeyID? {
        guard sealed.count >= headBytes, sealed[0] == format else { return nil }
        return VaultKeyID(raw: Array(sealed[1..<headBytes]))
    }
}
