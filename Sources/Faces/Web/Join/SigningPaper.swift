import Agreement
import Basics
import Customers
import Foundation
import Orders
import Storage

/// The page to read and sign: the very document whose hash is signed, made anew when data or order have changed since.
struct SigningPaper: Sendable {
    let parts: WebParts

    func model(_ progress: ApplicationProgress, _ reader: PageReader) async throws -> [String: Any] {
        if progress.signature != nil { return ["signed": true] }
        guard progress.order != nil, ![VerificationState.none, .rejected].contains(progress.identity) else {
            return ["notReady": reader.text(progress.order == nil ? "join.notReady" : "join.notReadyData")]
        }
        let (customer, vault, zone, now) = (progress.application.customer, parts.services.vault, reader.zone, reader.now)
        let seal = parts.services.seal
        let (agreement, document, party) = try await parts.services.database.write { tx throws(Fault) in
            guard let identity = try ownIdentity(of: customer, with: vault, in: tx) else {
                throw Fault(.webDefect, "an identity that was submitted is not there")
            }
            let party = ContractParty(identity)
            let agreement = try prepareAgreement(
                for: customer, party: party, seal: seal, vault: vault, in: tx, at: now, zone: zone)
            return (agreement, try storedDocument(agreement.documentHash, vault: vault, in: tx), party)
        }
        return [
            "document": true, "agreementNumber": agreement.number, "documentHash": agreement.documentHash.hex,
            "software": SoftwareRelease.software, "licenceVersion": SoftwareRelease.version,
            "licenceText": reader.say(softwareLicence),
            "signer": party.representative.map { "\(party.name) · \($0)" } ?? party.name,
            "paperZh": Self.article("zh-CN", of: document.html), "paperEn": Self.article("en", of: document.html),
            "paperFacts": [
                ["name": reader.text("join.paperVersion"), "value": "\(agreement.versionNumber)"],
                ["name": reader.text("join.paperCustomer"), "value": party.name],
            ],
            "annexes": agreement.annexes.map { annex in
                ["number": annex.number, "line": reader.text("join.annexLine", ["number": annex.number])]
            },
        ]
    }

    /// One language's wording out of the document, as it stands there: our own markup, made from escaped text.
    static func article(_ language: String, of html: String) -> String {
        guard let start = html.range(of: "<article lang=\"\(language)\">"),
            let end = html.range(of: "</article>", range: start.upperBound..<html.endIndex)
        else { return "" }
        return String(html[start.upperBound..<end.lowerBound])
    }
}
