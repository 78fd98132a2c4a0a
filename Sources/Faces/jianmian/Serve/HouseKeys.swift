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
}
