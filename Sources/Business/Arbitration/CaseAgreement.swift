internal import Agreement
internal import Basics
internal import Storage

/// The agreement: its documents as signed, the signatures with which anybody can verify them, and every published version.
func agreementItems(_ agreement: Agreement, vault: Vault, in tx: any Transaction) throws(Fault) -> [CaseItem] {
    let document = try storedDocument(agreement.documentHash, vault: vault, in: tx)
    var items = [try CaseItem(path: "agreement/document.html", bytes: document.content)]
    for annex in agreement.annexes {
        let content = try storedDocument(annex.document, vault: vault, in: tx).content
        items.append(try CaseItem(path: "agreement/annex-\(annex.position).html", bytes: content))
    }
    items.append(try jsonItem("agreement/signatures.json", CaseSignatures(agreement)))
    for version in try agreementVersions(in: tx) where version.state == .published {
        items.append(try jsonItem("versions/\(version.number).json", CaseVersion(version)))
    }
    return items
}

/// What is needed to verify the signatures.
private struct CaseSignatures: Encodable {
    struct Signature: Encodable {
        var method: String
        var publicKey: String?
        var nonce: String?
        var signature: String
        var at: String
    }

    struct AnnexHash: Encodable {
        var position: Int
        var number: String
        var sha256: String
    }

    var number: String
    var document: String
    var fingerprint: String
    var annexes: [AnnexHash]
    var customer: Signature?
    var provider: Signature?
    var inForceAt: String?
    var endedAt: String?

    init(_ agreement: Agreement) {
        number = agreement.number
        document = agreement.documentHash.hex
        fingerprint = agreement.fingerprint.hex
        annexes = agreement.annexes.map { AnnexHash(position: $0.position, number: $0.number, sha256: $0.document.hex) }
        customer = agreement.customerSignature.map { signature in
            Signature(
                method: signature.method.rawValue, publicKey: signature.publicKey.map { base64url($0.bytes) },
                nonce: base64url(signature.nonce), signature: base64url(signature.signature), at: iso(signature.at))
        }
        provider = agreement.providerSignature.map { signature in
            Signature(
                method: "seal", publicKey: base64url(signature.publicKey), nonce: nil, signature: base64url(signature.signature),
                at: iso(signature.at))
        }
        inForceAt = agreement.inForceAt.map(iso)
        endedAt = agreement.endedAt.map(iso)
    }
}

/// One published version in full.
private struct CaseVersion: Encodable {
    var number: Int
    var publishedAt: String?
    var summary: Wording
    var terms: AgreementTerms
    var text: AgreementText

    init(_ version: AgreementVersion) {
        number = version.number
        publishedAt = version.publishedAt.map(iso)
        summary = version.summary
        terms = version.terms
        text = version.text
    }
}
