import Agreement
import Basics
import Foundation
import StorageTestSupport
import Testing

@Suite("The provider's seal in its file")
struct ProviderSealTests {
    private let passphrase = "correct horse battery"

    @Test func itOpensUnderItsPassphraseOnly() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/seal.json"
            let seal = try ProviderSeal.create(file: path, passphrase: passphrase)
            #expect(try ProviderSeal.load(file: path, passphrase: passphrase).publicKey == seal.publicKey)
            #expect(throws: Fault(.sealPassphrase, "")) { try ProviderSeal.load(file: path, passphrase: "correct horse batterY") }
            #expect(throws: Fault(.sealFile, "")) { try ProviderSeal.create(file: path, passphrase: passphrase) }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func aFileThatOthersMayReadIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/seal.json"
            _ = try ProviderSeal.create(file: path, passphrase: passphrase)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            #expect(throws: Fault(.sealFile, "")) { try ProviderSeal.load(file: path, passphrase: passphrase) }
        }
    }

    @Test func aFileOfAnythingElseIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/seal.json"
            _ = try ProviderSeal.create(file: path, passphrase: passphrase)
            let right = try String(contentsOfFile: path, encoding: .utf8)
            let other = try ProviderSeal.create(file: folder + "/other.json", passphrase: passphrase)
            let otherKey = Data(other.publicKey).base64EncodedString().replacingOccurrences(of: "/", with: "\\/")
            let ownKey = try #require(right.firstMatch(of: /"publicKey" : "([^"]+)"/)?.1)
            for (content, code) in [
                ("", Fault.Code.sealFile), ("{}", .sealFile), ("null", .sealFile),
                // More memory than the house allows, and a public key put in the place of its own.
                (right.replacingOccurrences(of: "\"logN\" : 15", with: "\"logN\" : 30"), .sealPassphrase),
                (right.replacingOccurrences(of: String(ownKey), with: otherKey), .sealPassphrase),
            ] {
                try content.write(toFile: path, atomically: false, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
                let fault = #expect(throws: Fault.self) { try ProviderSeal.load(file: path, passphrase: passphrase) }
                #expect(fault?.code == code, "\(content.prefix(80))")
            }
            #expect(throws: Fault(.sealFile, "")) { try ProviderSeal.load(file: folder, passphrase: passphrase) }
            #expect(throws: Fault(.sealFile, "")) { try ProviderSeal.load(file: folder + "/none", passphrase: passphrase) }
        }
    }

    @Test func aShortPassphraseIsRefused() async throws {
        try await withTemporaryFolder { folder in
            #expect(throws: Fault(.sealPassphrase, "")) {
                try ProviderSeal.create(file: folder + "/seal.json", passphrase: "eleven byte")
            }
        }
    }

    @Test func theImageShowsEveryCharacterAndIsAlwaysTheSame() {
        let image = sealImage(for: "见面通信有限公司")
        #expect(image == sealImage(for: "见面通信有限公司"))
        for character in "见面通信有限公司" { #expect(image.contains(">\(character)<")) }
        #expect(sealImage(for: "<b>&").contains("&lt;") && !sealImage(for: "<b>&").contains("<b>"))
        #expect(sealImage(for: "").contains("polygon"))
        #expect(sealImage(for: String(repeating: "长", count: 10_000)).utf8.count < 10_000)
    }
}
