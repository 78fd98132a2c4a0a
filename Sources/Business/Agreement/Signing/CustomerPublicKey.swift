public import Basics
internal import Crypto
internal import Foundation

/// A customer's P-256 public key, as a browser's WebCrypto exports it.
public struct CustomerPublicKey: Hashable, Sendable {
    /// 65 bytes: 4 ‖ x ‖ y (X9.63).
    public let bytes: [UInt8]

    /// Accepts an uncompressed point of the curve.
    public init(bytes: [UInt8]) throws(Fault) {
        guard bytes.count == 65, (try? P256.Signing.PublicKey(x963Representation: bytes)) != nil else {
            throw Fault(.signingKey, "the key is no point of P-256")
        }
        self.bytes = bytes
    }

    /// Reads a JSON Web Key (RFC 7517) of kind EC, curve P-256.
    public init(jwk text: String) throws(Fault) {
        guard text.utf8.count <= AgreementLimits.keyBytes,
            let key = try? JSONDecoder().decode(JWK.self, from: Data(text.utf8)), key.kty == "EC", key.crv == "P-256"
        else { throw Fault(.signingKey, "the key is no JSON Web Key of curve P-256") }
        try self.init(x: key.x, y: key.y)
    }

    /// From the coordinates as base64url, as they stand in a JSON Web Key.
    public init(x: String, y: String) throws(Fault) {
        guard x.utf8.count + y.utf8.count <= AgreementLimits.keyBytes, let x = bytesOf(base64url: x), x.count == 32,
            let y = bytesOf(base64url: y), y.count == 32
        else {
            throw Fault(.signingKey, "a coordinate of the key is not 32 bytes of base64url")
        }
        try self.init(bytes: [4] + x + y)
    }

    /// The JSON Web Key Thumbprint (RFC 7638): how the key is named to people.
    public var thumbprint: ContentHash {
        let x = base64url(bytes[1..<33])
        let y = base64url(bytes[33...])
        return ContentHash(of: Array(#"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#.utf8))
    }

    private struct JWK: Decodable {
        var kty: String
        var crv: String
        var x: String
        var y: String
    }
}

/// Whether an ECDSA signature with SHA-256 over a message is right.
func isSigned(_ message: [UInt8], by publicKey: [UInt8], _ signature: [UInt8]) -> Bool {
    guard let key = try? P256.Signing.PublicKey(x963Representation: publicKey),
        let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
    else { return false }
    return key.isValidSignature(signature, for: message)
}
