internal import Access
public import Basics
internal import Crypto
internal import Foundation

/// The provider's key for electronic signatures (电子签名法 art. 13): a P-256 key in a file of its own, sealed by a passphrase, outside
/// the database. Its public half stands in every document.
///
/// The file is JSON, mode 0600: the cost and salt of scrypt, and the 32 bytes of the key under AES-256-GCM with the public key as
/// associated data, so that a public key put in its place does not open.
public struct ProviderSeal: Sendable {
    private let key: P256.Signing.PrivateKey

    /// The public key, 65 bytes of X9.63.
    public let publicKey: [UInt8]

    private init(_ key: P256.Signing.PrivateKey) {
        self.key = key
        publicKey = Array(key.publicKey.x963Representation)
    }

    /// A key that nobody keeps: for tests and for a demo in memory.
    public static func ephemeral() -> ProviderSeal { ProviderSeal(P256.Signing.PrivateKey()) }

    /// How the key is named in documents: the SHA-256 of the public key.
    public var thumbprint: ContentHash { ContentHash(of: publicKey) }

    /// Signs a message.
    func sign(_ message: [UInt8]) throws(Fault) -> [UInt8] {
        do { return Array(try key.signature(for: message).rawRepresentation) } catch {
            throw Fault(.sealUnusable, "the provider's key refused to sign")
        }
    }

    /// Makes a key and writes it to a new file. A file that is there is never overwritten.
    public static func create(file path: String, passphrase: String) throws(Fault) -> ProviderSeal {
        let seal = ProviderSeal.ephemeral()
        let stored = try seal.stored(under: passphrase, cost: .standard)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(stored) else { throw Fault(.sealFile, "the seal cannot be written", ["file": path]) }
        let file = open(path, O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else {
            throw Fault(.sealFile, errno == EEXIST ? "\(path) is there already" : "\(path) cannot be written", ["file": path])
        }
        defer { close(file) }
        let bytes = Array(data) + [UInt8(ascii: "\n")]
        let isWritten = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) } == bytes.count
        guard isWritten, fchmod(file, 0o600) == 0, fsync(file) == 0 else {
            throw Fault(.sealFile, "\(path) cannot be written", ["file": path])
        }
        return seal
    }

    /// Opens the key file. One that others may read is refused, and so is a wrong passphrase.
    public static func load(file path: String, passphrase: String) throws(Fault) -> ProviderSeal {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= AgreementLimits.sealFileBytes else {
            throw Fault(.sealFile, "there is no seal at \(path), or it is no seal", ["file": path])
        }
        guard status.st_mode & 0o077 == 0 else {
            throw Fault(.sealFile, "others may read the seal in \(path); do: chmod 600 \(path)", ["file": path])
        }
        guard let data = FileManager.default.contents(atPath: path),
            let stored = try? JSONDecoder().decode(Stored.self, from: data)
        else { throw Fault(.sealFile, "\(path) does not hold a seal; put it back from its backup", ["file": path]) }
        guard let key = stored.key(under: passphrase) else {
            throw Fault(.sealPassphrase, "the seal in \(path) does not open under this passphrase", ["file": path])
        }
        return ProviderSeal(key)
    }

    private func stored(under passphrase: String, cost: ScryptParameters) throws(Fault) -> Stored {
        guard passphrase.utf8.count >= AgreementLimits.passphraseBytes.lowerBound,
            passphrase.utf8.count <= AgreementLimits.passphraseBytes.upperBound
        else {
            throw Fault(
                .sealPassphrase, "a passphrase has at least \(AgreementLimits.passphraseBytes.lowerBound) bytes", ["file": ""])
        }
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        guard let wrap = scrypt(Array(passphrase.utf8), salt: salt, cost),
            let box = try? AES.GCM.seal(key.rawRepresentation, using: SymmetricKey(data: wrap), authenticating: publicKey),
            let sealed = box.combined
        else { throw Fault(.sealUnusable, "the provider's key cannot be sealed") }
        return Stored(
            providerSeal: 1, logN: cost.logN, r: cost.r, p: cost.p, salt: Data(salt), publicKey: Data(publicKey), sealed: sealed)
    }

    private struct Stored: Codable {
        var providerSeal: Int
        var logN: Int
        var r: Int
        var p: Int
        var salt: Data
        var publicKey: Data
        var sealed: Data

        func key(under passphrase: String) -> P256.Signing.PrivateKey? {
            // A file may not ask for more memory than the house's own cost does.
            guard providerSeal == 1, (1...15).contains(logN), r == 8, p == 1, salt.count == 16,
                passphrase.utf8.count <= AgreementLimits.passphraseBytes.upperBound,
                let wrap = scrypt(Array(passphrase.utf8), salt: Array(salt), ScryptParameters(logN: logN, r: r, p: p)),
                let box = try? AES.GCM.SealedBox(combined: sealed),
                let raw = try? AES.GCM.open(box, using: SymmetricKey(data: wrap), authenticating: Array(publicKey)),
                let key = try? P256.Signing.PrivateKey(rawRepresentation: raw), key.publicKey.x963Representation == publicKey
            else { return nil }
            return key
        }
    }
}
