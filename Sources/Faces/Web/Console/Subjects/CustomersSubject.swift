import Access
import Agreement
import Basics
import Customers
import Lines
import Notices
import Orders
import Storage

/// Customers: found while one types, each on one page.
extension ConsoleSubject {
    static let customers = ConsoleSubject(
        key: "customers", permission: .viewCustomers, icon: "person",
        columns: ["name", "phoneNumber", "partyKind", "verification", "since"].map { ConsoleColumn($0, isSortable: false) },
        isSearch: true,
        rows: { desk, query, tx throws(Fault) in
            let page = query.after.flatMap { Int($0) } ?? 0
            let found = try searchCustomers(text: query.text, page: page, with: desk.services.vault, in: tx)
            return ConsoleRows(found.items.map { row($0, desk) }, paged: .init(next: found.hasMore ? "\(page + 1)" : nil))
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = CustomerID(id) else { throw Fault(.webNotFound, "no such customer") }
            return try CustomerSheet(desk: desk, who: try customer(id, in: tx)).sheet(in: tx)
        })

    private static func row(_ found: FoundCustomer, _ desk: ConsoleDesk) -> ConsoleRow {
        let numbers = found.numbers.map(\.grouped).joined(separator: " · ")
        return ConsoleRow(
            id: found.customer.id.rawValue, link: "/console/customers/\(found.customer.id)",
            cells: [
                ConsoleCell(found.customer.name.text),
                ConsoleCell(numbers, value: .array(found.numbers.map { .text($0.digits) }), isFigure: true),
                ConsoleCell(
                    found.kind.map { desk.value("party", $0.rawValue) } ?? "", value: found.kind.map { .text($0.rawValue) }),
                desk.badge("verification", found.verification.rawValue, VerificationSheet.tone(found.verification)),
                desk.cell(found.customer.since),
            ])
    }
}

/// Everything about one customer on one page.
struct CustomerSheet {
    let desk: ConsoleDesk
    let who: Customer

    func sheet(in tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let lines = try lineHistory(of: who.id, in: tx)
        let ordered = try orders(of: who.id, in: tx)
        let signed = try agreement(of: who.id, in: tx)
        let identity = try maskedIdentity(of: who.id, with: desk.services.vault, in: tx)
        let check = try verification(of: who.id, in: tx)
        var sections = [try VerificationSheet.identity(identity, of: who, desk, in: tx), checkSection(check)]
        sections.append(linesSection(lines))
        sections.append(try desk.holdsSection(lines, in: tx))
        if let signed { sections.append(agreementSection(signed)) }
        sections.append(ConsoleSection(key: "orders", table: ConsoleSubject.table(of: ordered, by: who, desk)))
        sections.append(try endingsSection(in: tx))
        sections.append(try noticesSection(in: tx))
        sections += try privacySections(in: tx)
        sections.append(try timeline(lines, ordered, signed, in: tx))
        let numbers = lines.filter { $0.endedAt == nil }.map(\.number.grouped).joined(separator: " · ")
        return ConsoleSheet(
            title: who.name.text,
            lead: numbers.isEmpty ? desk.text("console.customers.noLine") : numbers,
            badge: check.map { desk.badge("verification", $0.state.rawValue, VerificationSheet.tone($0.state)) },
            sections: sections)
    }

    private func checkSection(_ check: Verification?) -> ConsoleSection {
        ConsoleSection(
            key: "verification",
            facts: [
                .init(
                    "state",
                    ConsoleCell(
                        desk.value("verification", check?.state.rawValue ?? "none"),
                        link: check.flatMap { desk.may(.verifyIdentity) ? "/console/verification/\($0.id)" : nil })),
                .init("submittedAt", desk.cell(check?.submittedAt)), .init("deadline", desk.deadline(check?.deadline)),
                .init("verifiedAt", desk.cell(check?.verifiedAt)),
                .init("language", desk.value("language", who.language.rawValue)), .init("since", desk.cell(who.since)),
            ])
    }

    private func linesSection(_ lines: [Line]) -> ConsoleSection {
        let rows = lines.map { line in
            ConsoleRow(
                id: line.id.rawValue,
                cells: [
                    ConsoleCell(line.number.grouped, value: .text(line.number.digits), isFigure: true), desk.cell(line.openedAt),
                    desk.cell(line.endedAt),
                ])
        }
        return ConsoleSection(key: "lines", table: .init(columns: ["phoneNumber", "openedAt", "endedAt"], rows: rows))
    }

    private func agreementSection(_ agreement: Agreement) -> ConsoleSection {
        let waits = agreement.customerSignature != nil && agreement.providerSignature == nil && agreement.endedAt == nil
        let act = ConsoleOffer(AgreementActs.seal, id: who.id.rawValue, parameters: ["number": agreement.number])
        return ConsoleSection(
            key: "agreement",
            facts: [
                .init("agreementNumber", agreement.number),
                .init("version", desk.text("console.versions.number", ["number": "\(agreement.versionNumber)"])),
                .init("customerSigned", desk.cell(agreement.customerSignature?.at)),
                .init("providerSigned", desk.cell(agreement.providerSignature?.at)),
                .init("inForceAt", desk.cell(agreement.inForceAt)),
                .init("agreementEnded", desk.cell(agreement.endedAt)),
                .init("endReason", agreement.endReason.map { desk.value("endReason", $0) }),
                .init("fingerprint", agreement.fingerprint.hex),
                .init("annexes", desk.cell(agreement.annexes.count)),
            ],
            acts: (waits ? [act] : []) + [ConsoleOffer(CaseActs.export, id: who.id.rawValue, parameters: ["name": who.name.text])]
        )
    }

    private func endingsSection(in tx: any Transaction) throws(Fault) -> ConsoleSection {
        let rows = try endings(of: who.id, in: tx).map { ending in
            ConsoleRow(
                id: ending.id.rawValue, link: desk.may(.endAgreements) ? "/console/endings/\(ending.id)" : nil,
                cells: [
                    desk.cell(ending.requestedAt), desk.cell(ending.wished), ending.owed.map { desk.cell($0) } ?? .empty,
                    desk.badge("endingState", ending.state.rawValue, ConsoleSubject.tone(ending.state)),
                ])
        }
        return ConsoleSection(key: "endings", table: .init(columns: ["requestedAt", "wished", "owed", "state"], rows: rows))
    }

    private func noticesSection(in tx: any Transaction) throws(Fault) -> ConsoleSection {
        let rows = try listNotices(of: who.id, in: tx).map { notice in
            ConsoleRow(
                id: notice.id.rawValue,
                cells: [
                    desk.cell(notice.at),
                    ConsoleCell(
                        desk.text("notice.\(notice.kind.rawValue).title", notice.parameters), value: .text(notice.kind.rawValue)),
                    desk.cell(notice.readAt),
                ])
        }
        return ConsoleSection(key: "notices", table: .init(columns: ["at", "notice", "readAt"], rows: rows))
    }

    /// Consents, authorisations and who looked at the data.
    private func privacySections(in tx: any Transaction) throws(Fault) -> [ConsoleSection] {
        let given = try consents(of: who.id, in: tx).map { consent in
            ConsoleRow(
                id: consent.purpose.rawValue,
                cells: [
                    ConsoleCell(desk.value("consent", consent.purpose.rawValue), value: .text(consent.purpose.rawValue)),
                    desk.badge("given", consent.isGiven ? "yes" : "no", consent.isGiven ? .good : .plain), desk.cell(consent.at),
                ])
        }
        let permits = try authorisations(of: who.id, in: tx).map { permit in
            ConsoleRow(
                id: permit.id.rawValue,
                cells: [
                    ConsoleCell(permit.recipient), ConsoleCell(fields(permit.fields)), ConsoleCell(permit.purpose),
                    desk.cell(permit.givenAt), desk.cell(permit.lastDay), desk.cell(permit.withdrawnAt),
                ])
        }
        let looks = try accessLog(of: who.id, in: tx)
        let names = try StaffNames(of: looks.map(\.actor), in: tx)
        let rows = looks.enumerated().map { number, look in
            ConsoleRow(
                id: "\(number)",
                cells: [
                    desk.cell(look.at), names.cell(look.actor, desk), desk.badge("access", look.action.rawValue),
                    ConsoleCell(fields(look.fields)), ConsoleCell(look.purpose), ConsoleCell(look.recipient ?? ""),
                ])
        }
        return [
            ConsoleSection(key: "consents", table: .init(columns: ["consent", "given", "at"], rows: given)),
            ConsoleSection(
                key: "authorisations",
                table: .init(columns: ["recipient", "fields", "purpose", "givenAt", "lastDay", "withdrawnAt"], rows: permits)),
            ConsoleSection(
                key: "accessLog",
                table: .init(columns: ["at", "actor", "access", "fields", "purpose", "recipient"], rows: rows),
                acts: [ConsoleOffer(PrivacyActs.handOver, id: who.id.rawValue, parameters: ["name": who.name.text])]),
        ]
    }

    private func fields(_ fields: [IdentityField]) -> String {
        fields.map { desk.value("identityField", $0.rawValue) }.joined(separator: desk.language == .chinese ? "、" : ", ")
    }

    /// The journal of everything that belongs to the customer.
    private func timeline(
        _ lines: [Line], _ orders: [Order], _ agreement: Agreement?, in tx: any Transaction
    ) throws(Fault) -> ConsoleSection {
        var subjects = ["customer:\(who.id)"] + lines.map { "line:\($0.id)" } + orders.map { "order:\($0.id)" }
        if let agreement { subjects.append("agreement:\(agreement.id)") }
        for account in Set(lines.map(\.account)) where !account.isEmpty { subjects.append("account:\(account)") }
        return try desk.timeline(of: Array(subjects.prefix(200)), in: tx)
    }
}

/// What staff do to an agreement.
enum AgreementActs {
    static let all = [seal]

    /// Signs for the provider, and opens the line when everything else is there.
    static let seal = ConsoleAct(
        key: "customers.seal", permission: .sealAgreement, path: "customers/{id}/seal", isDangerous: true,
        perform: { desk, act, values in
            let id: CustomerID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in
                _ = try sealAgreement(of: id, with: desk.services.seal, by: act, in: tx, at: desk.now)
                try desk.advance(id, in: tx)
            }
            return [:]
        })
}
