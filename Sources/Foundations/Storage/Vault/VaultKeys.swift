public import Basics
internal import Crypto
internal import Foundation

/// The name of a sealing key: eight random bytes, shown as hexadecimal. It says nothing of the key itself.
public struct VaultKeyID: Hashable, Sendable, CustomStringConvertible {
    static let bytes = 8
    let raw: [UInt8]

    init?(raw: [UInt8]) {
        guard raw.count == Self.bytes else { return nil }
        self.raw = raw
    }

    /// Reads sixteen hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 2 * Self.bytes, let raw = bytesOf(hexadecimal: text.lowercased().utf8) else { return nil }
        self.init(raw: raw)
    }

    /// Sixteen hexadecimal digits.
    public var description: String { hexadecimal(raw) }
}

/// The keys of the vault: one that seals, older ones that still open, and the secret of the blind indexes.
///
/// They are kept in a file outside the database (``VaultKeyFile``). Rotation: ``rotated()``, save, restart, reseal all rows, then
/// ``dropping(_:)`` and save again.
public struct VaultKeys: Sendable, CustomStringConvertible, CustomReflectable {
    /// The key that seals now.
    public let current: VaultKeyID
    let sealing: [VaultKeyID: SymmetricKey]
    let indexSecret: SymmetricKey
    /// The key that seals now, by hand so that no look-up can fail.
    let currentKey: SymmetricKey

    static let keyBytes = 32

    init(current: VaultKeyID, currentKey: SymmetricKey, older: [VaultKeyID: SymmetricKey], indexSecret: SymmetricKey) {
        self.current = current
        self.currentKey = currentKey
        sealing = older.merging([current: currentKey]) { _, newer in newer }
        self.indexSecret = indexSecret
    }

    /// New random keys.
    public static func fresh() -> VaultKeys {
        VaultKeys(
            current: freshID(), currentKey: SymmetricKey(size: .bits256), older: [:], indexSecret: SymmetricKey(size: .bits256))
    }

    /// The same keys with a new one that seals from now on; the others still open what they sealed.
    public func rotated() -> VaultKeys {
        VaultKeys(
            current: Self.freshID(), currentKey: SymmetricKey(size: .bits256), older: sealing, indexSecret: indexSecret)
    }

    /// The keys without an old one, once nothing sealed by it is left. The current one stays.
    public func dropping(_ id: VaultKeyID) throws(Fault) -> VaultKeys {
        guard id != current else { throw Fault(.vaultKeyCurrent, "key \(id) seals now; rotate first", ["key": "\(id)"]) }
        guard sealing[id] != nil else { throw Fault(.vaultKeyMissing, "there is no key \(id)", ["key": "\(id)"]) }
        return VaultKeys(
            current: current, currentKey: currentKey, older: sealing.filter { $0.key != id && $0.key != current },
            indexSecret: indexSecret)
    }

    /// Every key that can open, the current one first.
    public var ids: [VaultKeyID] {
        [current] + sealing.keys.filter { $0 != current }.sorted { $0.description < $1.description }
    }

    /// Names the keys; never shows them.
    public var description: String { "VaultKeys(current: \(current), \(sealing.count) in all)" }
    /// Nothing for a debugger's dump either.
    public var customMirror: Mirror { Mirror(self, children: ["current": current.description]) }

    func key(_ id: VaultKeyID) -> SymmetricKey? { sealing[id] }

    private static func freshID() -> VaultKeyID {
        var generator = SystemRandomNumberGenerator()
        var value: UInt64 = generator.next()
        var raw: [UInt8] = []
        for _ in 0..<VaultKeyID.bytes {
            raw.append(UInt8(truncatingIfNeeded: value))
            value >>= 8
        }
        return VaultKeyID(trusted: raw)
    }
}

extension VaultKeyID {
    fileprivate init(trusted raw: [UInt8]) { self.raw = raw }
}
