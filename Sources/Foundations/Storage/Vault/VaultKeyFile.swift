public import Basics
internal import Crypto
internal import Foundation

extension VaultKeys {
    /// Reads the key file. A file that others than its owner may read or write is refused: whoever copies it together with the database
    /// can read everything.
    public static func load(file path: String) throws(Fault) -> VaultKeys {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw Fault(.vaultKeyFile, "there is no vault key file at \(path), or it cannot be looked at", ["file": path])
        }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= StorageLimits.vaultKeyFileBytes else {
            throw Fault(.vaultKeyFile, "\(path) is not a vault key file", ["file": path])
        }
        guard status.st_mode & 0o077 == 0 else {
            throw Fault(
                .vaultKeyFileOpen, "others may read the vault keys in \(path); do: chmod 600 \(path)", ["file": path])
        }
        guard let data = FileManager.default.contents(atPath: path),
            let stored = try? JSONDecoder().decode(StoredKeys.self, from: data), let keys = VaultKeys(stored)
        else { throw Fault(.vaultKeyFile, "\(path) does not hold vault keys; put it back from its backup", ["file": path]) }
        return keys
    }

    /// Makes new keys and writes them to a new file, readable by its owner alone. A file that is there is never overwritten: with its
    /// keys everything that they sealed would be lost.
    public static func create(file path: String) throws(Fault) -> VaultKeys {
        let keys = VaultKeys.fresh()
        try keys.write(path, flags: O_CREAT | O_EXCL)
        return keys
    }

    /// Writes the keys over an older file, all or nothing.
    public func save(file path: String) throws(Fault) {
        let beside = path + ".new"
        try write(beside, flags: O_CREAT | O_TRUNC)
        guard rename(beside, path) == 0 else { throw Self.unwritable(path) }
        Self.syncFolder(of: path)
    }

    private func write(_ path: String, flags: Int32) throws(Fault) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let data: Data
        do { data = try encoder.encode(StoredKeys(self)) } catch { throw Self.unwritable(path) }
        let file = open(path, O_WRONLY | O_CLOEXEC | flags, 0o600)
        guard file >= 0 else {
            if errno == EEXIST { throw Fault(.vaultKeyFileThere, "\(path) is there already", ["file": path]) }
            throw Self.unwritable(path)
        }
        defer { close(file) }
        let bytes = Array(data) + [UInt8(ascii: "\n")]
        // The umask can only have taken rights away; an older file of this name may have had more.
        let isWritten =
            fchmod(file, 0o600) == 0 && bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) } == bytes.count
        guard isWritten, fsync(file) == 0 else { throw Self.unwritable(path) }
        Self.syncFolder(of: path)
    }

    /// Makes the file's name durable, too.
    private static func syncFolder(of path: String) {
        let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func unwritable(_ path: String) -> Fault {
        Fault(.vaultKeyFile, "the vault keys cannot be written to \(path)", ["file": path])
    }
}

/// The keys as JSON: `{"vault":1,"current":"…","keys":{"…":"base64"},"index":"base64"}`.
private struct StoredKeys: Codable {
    var vault: Int
    var current: String
    var keys: [String: Data]
    var index: Data

    init(_ keys: VaultKeys) {
        vault = 1
        current = keys.current.description
        self.keys = Dictionary(uniqueKeysWithValues: keys.sealing.map { ($0.key.description, $0.value.data) })
        index = keys.indexSecret.data
    }
}

extension VaultKeys {
    fileprivate init?(_ stored: StoredKeys) {
        var sealing: [VaultKeyID: SymmetricKey] = [:]
        for (text, key) in stored.keys {
            guard let id = VaultKeyID(text), key.count == Self.keyBytes else { return nil }
            sealing[id] = SymmetricKey(data: key)
        }
        guard stored.vault == 1, stored.index.count == Self.keyBytes, let current = VaultKeyID(stored.current),
            let currentKey = sealing[current]
        else { return nil }
        self.init(current: current, currentKey: currentKey, older: sealing, indexSecret: SymmetricKey(data: stored.index))
    }
}

extension SymmetricKey {
    fileprivate var data: Data { withUnsafeBytes { Data($0) } }
}
