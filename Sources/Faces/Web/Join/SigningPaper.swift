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

extension ContractParty {
    /// The customer as the document names them.
    init(_ identity: Customers.Identity) {
        switch identity {
        case .person(let person):
            self.init(
                kind: .person, name: person.legalName, address: person.address, postcode: person.postcode, phone: person.phone,
                idKind: person.idKind.wording, idNumber: person.idNumber, representative: person.guardian?.legalName)
        case .organisation(let organisation):
            self.init(
                kind: .organisation, name: organisation.fullName, address: organisation.address, postcode: organisation.postcode,
                phone: organisation.phone,
                idKind: Wording(zh: "统一社会信用代码", en: "Unified social credit code"), idNumber: organisation.uscc,
                representative: organisation.legalRepresentative)
        }
    }
}

extension IDKind {
    /// What it is called in a document.
    var wording: Wording {
        switch self {
        case .residentID: Wording(zh: "居民身份证", en: "Resident identity card")
        case .passport: Wording(zh: "护照", en: "Passport")
        case .hkMacauPermit: Wording(zh: "港澳居民来往内地通行证", en: "Hong Kong and Macau residents' permit")
        case .taiwanPermit: Wording(zh: "台湾居民来往大陆通行证", en: "Taiwan residents' permit")
        case .foreignPermanentResident: Wording(zh: "外国人永久居留身份证", en: "Foreign permanent resident card")
        case .militaryID: Wording(zh: "军人或武警身份证件", en: "Military or armed police identity card")
        }
    }
}
