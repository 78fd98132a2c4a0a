import Agreement
import Basics
import Foundation
import Storage

/// The provider's keys, kept in a folder outside the database.
struct HouseKeys {
    let folder: String

    /// The keys that seal personal data.
    var vaultFile: String { "\(folder)/vault.keys" }

    /// Reads the vault's keys, or makes them at the first start.
    func vault() throws(Fault) -> Vault {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw Fault(.programFile, "the folder of keys \(folder) cannot be made: \(error.localizedDescription)")
        }
        let isThere = FileManager.default.fileExists(atPath: vaultFile)
        return Vault(keys: isThere ? try VaultKeys.load(file: vaultFile) : try VaultKeys.create(file: vaultFile))
    }

    /// The key that signs for the provider.
    var sealFile: String { "\(folder)/provider.seal" }

    /// Opens the provider's seal, or makes it at the first start, with a passphrase of its own where there is none yet.
    func seal(passphraseFile: String) throws(Fault) -> ProviderSeal {
        let files = FileManager.default
        if !files.fileExists(atPath: passphraseFile) {
            guard !files.fileExists(atPath: sealFile) else {
                throw Fault(
                    .programFile, "\(sealFile) needs its passphrase in \(passphraseFile); name it with --seal-passphrase-file")
            }
            let fresh = Identifier<ProviderSeal>.random().rawValue
            guard files.createFile(atPath: passphraseFile, contents: Data(fresh.utf8), attributes: [.posixPermissions: 0o600])
            else { throw Fault(.programFile, "\(passphraseFile) cannot be written") }
        }
        guard let data = files.contents(atPath: passphraseFile) else {
            throw Fault(.programFile, "\(passphraseFile) cannot be read")
        }
        let passphrase = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return files.fileExists(atPath: sealFile)
            ? try ProviderSeal.load(file: sealFile, passphrase: passphrase)
            : try ProviderSeal.create(file: sealFile, passphrase: passphrase)
    }
}
