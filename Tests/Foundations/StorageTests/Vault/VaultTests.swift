import Basics
import Foundation
import Storage
import StorageTestSupport
import Testing

@Suite("The vault")
struct VaultTests {
    private let secret = Array("360426199101010071".utf8)

    @Test func whatIsSealedOpensAgainAtItsPlace() throws {
        let vault = Vault.ephemeral()
        let sealed = try vault.seal(secret, for: "customers.identity:1")
        #expect(try vault.open(sealed, for: "customers.identity:1") == secret)
        // 1 format + 8 key + 12 nonce + 18 text + 16 tag
        #expect(sealed.count == 55)
        #expect(try vault.seal(secret, for: "customers.identity:1") != sealed)
        #expect(try vault.open(vault.seal([], for: "x"), for: "x") == [])
    }

    @Test func sealedBytesDoNotOpenAtAnotherPlace() throws {
        let vault = Vault.ephemeral()
        let sealed = try vault.seal(secret, for: "customers.identity:1")
        #expect(throws: Fault(.vaultDamaged, "")) { try vault.open(sealed, for: "customers.identity:2") }
    }

    @Test func everyAlteredByteIsNoticed() throws {
        let vault = Vault.ephemeral()
        let sealed = try vault.seal(secret, for: "x")
        for index in sealed.indices {
            var altered = sealed
            altered[index] ^= 1
            #expect(throws: Fault.self) { try vault.open(altered, for: "x") }
        }
        for length in 0..<sealed.count {
            #expect(throws: Fault.self) { try vault.open(Array(sealed[..<length]), for: "x") }
        }
    }

    @Test func anotherVaultDoesNotHaveTheKey() throws {
        let sealed = try Vault.ephemeral().seal(secret, for: "x")
        #expect(throws: Fault(.vaultKeyMissing, "")) { try Vault.ephemeral().open(sealed, for: "x") }
    }

    @Test func equalTextsHaveEqualIndexesInOnePlaceOnly() {
        let vault = Vault.ephemeral()
        #expect(vault.index("360426199101010071", for: "id") == vault.index("360426199101010071", for: "id"))
        #expect(vault.index("360426199101010071", for: "id") != vault.index("360426199101010071", for: "phone"))
        #expect(vault.index("360426199101010071", for: "id") != vault.index("36042619910101008X", for: "id"))
        #expect(vault.index("x", for: "id") != Vault.ephemeral().index("x", for: "id"))
        #expect(vault.index("x", for: "id").count == 32)
    }

    @Test func afterRotationOldBytesOpenAndNewOnesUseTheNewKey() throws {
        let old = Vault.ephemeral()
        let sealed = try old.seal(secret, for: "x")
        let new = Vault(keys: old.keys.rotated())
        #expect(try new.open(sealed, for: "x") == secret)
        #expect(!new.isCurrent(sealed))
        #expect(new.isCurrent(try new.seal(secret, for: "x")))
        #expect(new.index("a", for: "b") == old.index("a", for: "b"))
        let dropped = Vault(keys: try new.keys.dropping(old.keys.current))
        #expect(throws: Fault(.vaultKeyMissing, "")) { try dropped.open(sealed, for: "x") }
        #expect(throws: Fault(.vaultKeyCurrent, "")) { try new.keys.dropping(new.keys.current) }
    }

    @Test func keysAreNeverShown() throws {
        let keys = VaultKeys.fresh().rotated()
        var dumped = ""
        dump(keys, to: &dumped)
        #expect("\(keys)" == "VaultKeys(current: \(keys.current), 2 in all)")
        #expect(!dumped.contains("sealing"))
    }
}

@Suite("The file of the vault's keys")
struct VaultKeyFileTests {
    @Test func keysComeBackFromTheirFile() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/vault.keys"
            let keys = try VaultKeys.create(file: path)
            let sealed = try Vault(keys: keys).seal([1, 2, 3], for: "x")
            let loaded = try VaultKeys.load(file: path)
            #expect(try Vault(keys: loaded).open(sealed, for: "x") == [1, 2, 3])
            #expect(Vault(keys: loaded).index("a", for: "b") == Vault(keys: keys).index("a", for: "b"))
            try loaded.rotated().save(file: path)
            let rotated = try VaultKeys.load(file: path)
            #expect(rotated.ids.count == 2 && rotated.ids.last == keys.current && rotated.current != keys.current)
            #expect(try Vault(keys: rotated).open(sealed, for: "x") == [1, 2, 3])
            #expect(try mode(path) == 0o600)
        }
    }

    @Test func aFileThatOthersCanReadIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/vault.keys"
            _ = try VaultKeys.create(file: path)
            for rights in [0o644, 0o640, 0o604, 0o620, 0o601] {
                try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
                #expect(throws: Fault(.vaultKeyFileOpen, "")) { try VaultKeys.load(file: path) }
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
            #expect(throws: Never.self) { try VaultKeys.load(file: path) }
        }
    }

    @Test func aFileThatIsThereIsNeverOverwritten() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/vault.keys"
            _ = try VaultKeys.create(file: path)
            #expect(throws: Fault(.vaultKeyFileThere, "")) { try VaultKeys.create(file: path) }
            #expect(throws: Fault(.vaultKeyFile, "")) { try VaultKeys.create(file: folder + "/no/such/folder") }
        }
    }

    @Test(arguments: [
        "", "{}", "[]", "not json", #"{"vault":2,"current":"0000000000000000","keys":{},"index":""}"#,
        #"{"vault":1,"current":"0000000000000000","keys":{},"index":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}"#,
        #"{"vault":1,"current":"0000000000000000","keys":{"0000000000000000":"AAAA"},"index":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}"#,
    ]) func aDamagedFileIsRefused(text: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/vault.keys"
            #expect(
                FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
            #expect(throws: Fault(.vaultKeyFile, "")) { try VaultKeys.load(file: path) }
            #expect(throws: Fault(.vaultKeyFile, "")) { try VaultKeys.load(file: folder) }
        }
    }

    private func mode(_ path: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}
