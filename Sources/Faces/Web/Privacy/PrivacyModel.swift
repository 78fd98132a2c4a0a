import Basics
import Customers

/// What `privacy/privacy` shows.
struct PrivacyModel {
    let dossier: PrivacyDossier
    let reader: PageReader

    var model: [String: Any] {
        [
            "headline": headline, "hasIdentity": dossier.identity != nil, "identity": identity,
            "hasReads": !dossier.reads.isEmpty, "reads": dossier.reads.map(look), "consents": consents,
            "hasAuthorisations": !dossier.authorisations.isEmpty, "authorisations": dossier.authorisations.map(authorisation),
            "hasDisclosures": !dossier.disclosures.isEmpty, "disclosures": dossier.disclosures.map(disclosure),
            "fields": fieldsToGive, "freshID": AuthorisationID.random().rawValue, "erase": erase, "kept": kept,
            "mayErase": !dossier.erasable.isEmpty,
            "erasable": erasable,
        ]
    }

    private var headline: String {
        let count = dossier.reads.count
        return count == 0 ? reader.text("privacy.lineNobody") : reader.text("privacy.lineReads", ["count": "\(count)"])
    }

    private var identity: [[String: String]] {
        guard let identity = dossier.identity else { return [] }
        let lines: [(IdentityField, String?)] = [
            (.legalName, identity.legalName), (.birthDate, identity.birthDate),
            (
                .idNumber,
                [identity.idKind.map { reader.text("privacy.id.\($0.rawValue)") }, identity.idNumber].compactMap { $0 }.joined(
                    separator: " ")
            ),
            (.legalRepresentative, identity.legalRepresentative), (.contactName, identity.contactName),
            (.address, "\(identity.postcode) \(identity.address)"), (.phone, identity.phone), (.employer, identity.employer),
            (.guardian, identity.guardianName),
        ]
        return lines.compactMap { field, value in value.map { ["name": name(field), "value": $0] } }
    }

    private func look(_ record: AccessRecord) -> [String: String] {
        [
            "at": reader.moment(record.at), "who": who(record.actor), "what": list(record), "why": record.purpose,
        ]
    }

    /// Staff are named to customers by the end of their id: enough to ask about, too little to find somebody.
    private func who(_ actor: String) -> String { reader.text("privacy.staff", ["id": String(actor.suffix(4)).uppercased()]) }

    private func list(_ record: AccessRecord) -> String {
        record.action == .evidenceOpened && record.fields.isEmpty
            ? name(.evidence) : record.fields.map(name).joined(separator: reader.text("privacy.comma"))
    }

    private func name(_ field: IdentityField) -> String { reader.text("privacy.field.\(field.rawValue)") }

    private var consents: [[String: Any]] {
        ConsentPurpose.allCases.compactMap { purpose in
            let consent = dossier.consents.first { $0.purpose == purpose }
            if purpose == .childData, consent == nil { return nil }
            let isGiven = consent?.isValid == true
            return [
                "purpose": purpose.rawValue, "title": reader.text("privacy.consent.\(purpose.rawValue)"),
                "text": reader.text("privacy.consentText.\(purpose.rawValue)"), "given": isGiven, "version": purpose.version,
                "since": since(consent), "action": reader.text(isGiven ? "privacy.withdraw" : "privacy.give"),
                "mayChange": !purpose.isRequired,
            ]
        }
    }

    private func since(_ consent: Consent?) -> String {
        guard let consent else { return reader.text("privacy.never") }
        return reader.text(consent.isGiven ? "privacy.given" : "privacy.withdrawn", ["date": reader.day(consent.at)])
    }

    private func authorisation(_ authorisation: Authorisation) -> [String: Any] {
        let given = reader.day(authorisation.givenAt)
        let when =
            authorisation.withdrawnAt.map { reader.text("privacy.authorisationEnded", ["date": given, "end": reader.day($0)]) }
            ?? reader.text("privacy.authorisedOn", ["date": given])
        let what = authorisation.fields.map(name).joined(separator: reader.text("privacy.comma"))
        return [
            "id": authorisation.id.rawValue, "recipient": authorisation.recipient, "what": "\(what) · \(authorisation.purpose)",
            "when": when, "mayWithdraw": authorisation.withdrawnAt == nil,
        ]
    }

    private func disclosure(_ record: AccessRecord) -> [String: String] {
        [
            "recipient": record.recipient ?? "–", "what": list(record), "when": reader.moment(record.at), "basis": record.purpose,
        ]
    }

    /// What this customer has that may be given to others.
    private var fieldsToGive: [[String: String]] {
        let isPerson = dossier.identity?.kind != .organisation
        let fields: [IdentityField] =
            isPerson
            ? [.legalName, .birthDate, .address, .idNumber, .phone, .employer]
            : [.legalName, .address, .idNumber, .phone, .legalRepresentative, .contactName]
        return fields.map { ["value": $0.rawValue, "name": name($0)] }
    }

    private var erase: [[String: String]] {
        if let retention = dossier.retention {
            return [["text": reader.text("privacy.eraseRetention", ["date": reader.day(retention.identityUntil)])]]
        }
        return [["text": reader.text(dossier.erasable.isEmpty ? "privacy.eraseNothing" : "privacy.eraseNow")]]
    }

    /// What goes at once when the customer asks.
    private var erasable: [[String: String]] {
        let data = dossier.erasable
        var lines: [String] = []
        if data.contacts > 0 { lines.append(reader.text("privacy.eraseContacts", ["count": "\(data.contacts)"])) }
        for purpose in data.consents {
            let title = reader.text("privacy.consent.\(purpose.rawValue)")
            lines.append(reader.text("privacy.eraseConsent", ["consent": title]))
        }
        if data.authorisations > 0 {
            lines.append(reader.text("privacy.eraseAuthorisations", ["count": "\(data.authorisations)"]))
        }
        return lines.map { ["text": $0] }
    }

    /// What a law keeps, why and until when: a day where the service has ended, a span where it runs.
    private var kept: [[String: String]] {
        KeptData.allCases.map { kind in
            [
                "name": reader.text("privacy.kept.\(kind.rawValue)"),
                "value": reader.text(
                    "privacy.keptWhy.\(kind.rawValue)", ["date": reader.day(kind.lastDay(endedOn: reader.today))]),
            ]
        }
    }
}
