import Basics
import Crypto
import Foundation
import NIOCore
import SwiftASN1
import Web
import X509

/// A certificate that this program signs itself, so that other machines can try the service: browsers give camera and microphone only
/// to secure pages. It is kept in the data folder, so that an exception made in a browser stays good.
enum SelfSigned {
    private static let validDays = 365

    static func pair(in folder: String, now: Date = .now) throws -> WebTLS {
        let file = "\(folder)/self-signed.pem"
        if let kept = try? String(contentsOfFile: file, encoding: .utf8), let pair = split(kept), isValid(pair, at: now) {
            return pair
        }
        let pair = try make(now)
        let text = pair.certificateChain + "\n" + pair.privateKey + "\n"
        guard FileManager.default.createFile(atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else {
            throw Fault(.programFile, "\(file) cannot be written")
        }
        return pair
    }

    private static func split(_ text: String) -> WebTLS? {
        guard let key = text.range(of: "-----BEGIN PRIVATE KEY-----") else { return nil }
        return WebTLS(certificateChain: String(text[..<key.lowerBound]), privateKey: String(text[key.lowerBound...]))
    }

    /// Valid for a week more at least.
    private static func isValid(_ pair: WebTLS, at now: Date) -> Bool {
        guard let certificate = try? Certificate(pemEncoded: pair.certificateChain) else { return false }
        return certificate.notValidAfter > now.addingTimeInterval(7 * 86_400)
    }

    private static func make(_ now: Date) throws -> WebTLS {
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName("Jianmian self-signed") }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: now.addingTimeInterval(-3600),
            notValidAfter: now.addingTimeInterval(Double(validDays) * 86_400), issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names())
            }, issuerPrivateKey: .init(key))
        return WebTLS(certificateChain: try certificate.serializeAsPEM().pemString, privateKey: key.pemRepresentation)
    }

    /// localhost, this machine's name and every address of its interfaces.
    private static func names() -> [GeneralName] {
        var names: [GeneralName] = [.dnsName("localhost")]
        let host = ProcessInfo.processInfo.hostName
        if host != "localhost", host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { names.append(.dnsName(host)) }
        for device in (try? System.enumerateDevices()) ?? [] {
            guard let bytes = device.address.flatMap(addressBytes) else { continue }
            names.append(.ipAddress(ASN1OctetString(contentBytes: bytes[...])))
        }
        return names
    }

    private static func addressBytes(_ address: SocketAddress) -> [UInt8]? {
        guard let text = address.ipAddress else { return nil }
        let isV6 = text.contains(":")
        var bytes = [UInt8](repeating: 0, count: isV6 ? 16 : 4)
        return inet_pton(isV6 ? AF_INET6 : AF_INET, text, &bytes) == 1 ? bytes : nil
    }
}
