import Access
import Basics
import Customers
import Lines
import Storage

/// Identities that wait for a decision (clause 1), the oldest first.
extension ConsoleSubject {
    static let verification = ConsoleSubject(
        key: "verification", permission: .verifyIdentity, icon: "check",
        columns: ["legalName", "partyKind", "state", "submittedAt", "copies", "deadline"].map { ConsoleColumn($0) },
        filters: [
            ConsoleFilter(
                key: "state", kind: "verification",
                values: [VerificationState.submitted, .evidenceSubmitted].map(\.rawValue)),
            ConsoleFilter(key: "due", kind: "verificationDue", values: ["recheck"]),
        ],
        isQueue: true,
        rows: { desk, query, tx throws(Fault) in
            if query.filters["due"] == "recheck" {
                let today = desk.zone.date(of: desk.now)
                let due = try identitiesToRecheck(on: today, with: desk.services.vault, in: tx, zone: desk.zone)
                return ConsoleRows(due.map { row($0, desk, due: "recheck") })
            }
            var (rows, page): ([ConsoleRow], Int) = ([], 0)
            while rows.count < ConsoleLimits.listRows {
                let found = try verificationQueue(page: page, with: desk.services.vault, in: tx)
                rows += found.items.map { row($0, desk, due: "") }
                page += 1
                guard !found.items.isEmpty, rows.count < found.total else { break }
            }
            return ConsoleRows(rows)
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = VerificationID(id) else { throw Fault(.webNotFound, "no such verification") }
            return try VerificationSheet(desk: desk, verification: try one(id, in: tx)).sheet(in: tx)
        })

    private static func row(_ queued: QueuedVerification, _ desk: ConsoleDesk, due: String) -> ConsoleRow {
        let one = queued.verification
        let kind = desk.value("party", one.kind.rawValue)
        return ConsoleRow(
            id: one.id.rawValue, link: "/console/verification/\(one.id)",
            cells: [
                ConsoleCell(queued.identity.legalName), ConsoleCell(kind, value: .text(one.kind.rawValue)),
                desk.badge("verification", one.state.rawValue, VerificationSheet.tone(one.state)), desk.cell(one.submittedAt),
                desk.cell(queued.evidenceCount), desk.deadline(one.deadline),
            ],
            marks: ["state": one.state.rawValue, "due": due], waitsSince: one.submittedAt, deadline: one.deadline,
            summary: "\(queued.identity.legalName) · \(kind)")
    }
}

/// Outside of the subject, whose own name it is.
private func one(_ id: VerificationID, in tx: any Transaction) throws(Fault) -> Verification { try verification(id, in: tx) }

/// One verification on one page: data as masked, copies, steps, and the decisions that are possible.
struct VerificationSheet {
    let desk: ConsoleDesk
    let verification: Verification

    static func tone(_ state: VerificationState) -> ConsoleCell.Tone {
        switch state {
        case .verified: .good
        case .submitted, .evidenceSubmitted, .evidenceRequested: .warn
        case .rejected: .bad
        case .none: .plain
        }
    }

    func sheet(in tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let who = try customer(verification.customer, in: tx)
        let identity = try maskedIdentity(of: who.id, with: desk.services.vault, in: tx)
        return ConsoleSheet(
            title: identity?.legalName ?? who.name.text, lead: lead,
            badge: desk.badge("verification", verification.state.rawValue, Self.tone(verification.state)), acts: offers,
            sections: [
                try Self.identity(identity, of: who, desk, in: tx), try Self.copies(of: who.id, desk, in: tx), facts(who),
                try steps(in: tx),
            ], extra: ["version": .integer(Int64(verification.version))])
    }

    private var lead: String {
        let kind = desk.value("party", verification.kind.rawValue)
        guard let reason = verification.reason else { return kind }
        return "\(kind) · \(desk.value("verificationReason", reason.rawValue))"
    }

    private var offers: [ConsoleOffer] {
        var acts: [ConsoleAct] = []
        switch verification.state {
        case .submitted, .evidenceSubmitted, .evidenceRequested:
            acts = [VerificationActs.verify, VerificationActs.request, VerificationActs.reject]
        case .verified: acts = [VerificationActs.verify, VerificationActs.request, VerificationActs.reopen]
        case .rejected: acts = [VerificationActs.request]
        case .none: break
        }
        return acts.map {
            ConsoleOffer($0, id: verification.id.rawValue, prefill: ["version": "\(verification.version)", "days": "10"])
        }
    }

    private func facts(_ who: Customer) -> ConsoleSection {
        ConsoleSection(
            key: "verification",
            facts: [
                .init("customer", desk.link(to: who.id, named: who.name.text)),
                .init("submittedAt", desk.cell(verification.submittedAt)),
                .init("deadline", desk.deadline(verification.deadline)),
                .init("reason", verification.reason.map { desk.value("verificationReason", $0.rawValue) }),
                .init("note", verification.note), .init("decidedAt", desk.cell(verification.decidedAt)),
                .init("verifiedAt", desk.cell(verification.verifiedAt)),
            ])
    }

    private func steps(in tx: any Transaction) throws(Fault) -> ConsoleSection {
        let steps = try verificationSteps(of: verification.customer, in: tx)
        let names = try StaffNames(of: steps.map(\.by), in: tx)
        let rows = steps.reversed().enumerated().map { number, step in
            ConsoleRow(
                id: "\(number)",
                cells: [
                    desk.cell(step.at), names.cell(step.by, desk),
                    desk.badge("verification", step.state.rawValue, Self.tone(step.state)),
                    ConsoleCell(step.reason.map { desk.value("verificationReason", $0.rawValue) } ?? ""),
                    ConsoleCell(step.note ?? ""), desk.cell(step.deadline),
                ])
        }
        return ConsoleSection(
            key: "steps", table: .init(columns: ["at", "actor", "state", "reason", "note", "deadline"], rows: rows))
    }

    /// A customer's data, masked, with the act that shows them.
    static func identity(
        _ identity: MaskedIdentity?, of who: Customer, _ desk: ConsoleDesk, in tx: any Transaction
    ) throws(Fault) -> ConsoleSection {
        var section = ConsoleSection(key: "identity")
        guard let identity else {
            section.notices = [ConsoleNotice(tone: .plain, words: desk.text("console.identity.none"))]
            return section
        }
        let idKind = identity.idKind.map { desk.value("idKind", $0.rawValue) + " " } ?? ""
        let facts: [(IdentityField, String?)] = [
            (.legalName, identity.legalName), (.idNumber, idKind + identity.idNumber), (.birthDate, identity.birthDate),
            (.legalRepresentative, identity.legalRepresentative), (.contactName, identity.contactName), (.phone, identity.phone),
            (.address, "\(identity.postcode) \(identity.address)"), (.employer, identity.employer),
            (.guardian, identity.guardianName),
        ]
        section.facts = facts.compactMap { field, text in text.map { .init(field.rawValue, $0) } }
        let fields = facts.compactMap { field, text in text == nil ? nil : field.rawValue }
        section.acts = [
            ConsoleOffer(
                PrivacyActs.reveal, id: who.id.rawValue, prefill: ["fields": fields.joined(separator: ",")])
        ]
        return section
    }

    /// The copies that a customer has handed in, each with the act that opens it.
    static func copies(of customer: CustomerID, _ desk: ConsoleDesk, in tx: any Transaction) throws(Fault) -> ConsoleSection {
        let files = try listEvidence(of: customer, with: desk.services.vault, in: tx)
        let rows = files.map { file in
            ConsoleRow(
                id: file.id.rawValue,
                cells: [
                    ConsoleCell(file.name), ConsoleCell(file.format.contentType),
                    ConsoleCell("\((file.size + 1023) / 1024) KB", value: .integer(Int64(file.size)), isFigure: true),
                    desk.cell(file.addedAt),
                ])
        }
        let acts = files.enumerated().map { number, file in
            ConsoleOffer(
                PrivacyActs.view, id: file.id.rawValue, part: "\(number + 1)",
                parameters: ["name": file.name, "number": "\(number + 1)"])
        }
        return ConsoleSection(
            key: "copies", table: .init(columns: ["file", "format", "size", "addedAt"], rows: rows), acts: acts)
    }
}

/// Decisions about an identity. Each names the version that was on the screen, so that the second of two gets a conflict.
enum VerificationActs {
    static let all = [verify, request, reject, reopen]

    private static let version = ActField("version", .hidden)
    private static let reasons = VerificationReason.allCases.map(\.rawValue)
    private static let note = ActField("note", .text(2000), isOptional: true)

    static let verify = ConsoleAct(
        key: "verification.verify", permission: .verifyIdentity, path: "verification/{id}/verify", fields: [version],
        perform: { desk, act, values in
            let (id, version): (VerificationID, Int) = (try values.identifier(), seen(values))
            try await desk.services.database.write { tx throws(Fault) in
                let verified = try verifyIdentity(id, version: version, by: act, in: tx, at: desk.now)
                try desk.advance(verified.customer, in: tx)
            }
            return ["next": .text("/console/verification")]
        })

    static let request = ConsoleAct(
        key: "verification.request", permission: .verifyIdentity, path: "verification/{id}/request-evidence",
        fields: [
            ActField("reason", .choice("verificationReason", reasons)), ActField("days", .integer(1...60)), note, version,
        ],
        perform: { desk, act, values in
            let decision = try decision(values)
            try await desk.services.database.write { tx throws(Fault) in
                _ = try requestEvidence(
                    decision, within: Int(values.integer("days") ?? 10), by: act, in: tx, at: desk.now, zone: desk.zone)
            }
            return [:]
        })

    static let reject = ConsoleAct(
        key: "verification.reject", permission: .verifyIdentity, path: "verification/{id}/reject",
        fields: [ActField("reason", .choice("verificationReason", reasons)), note, version], isDangerous: true,
        perform: { desk, act, values in
            let decision = try decision(values)
            try await desk.services.database.write { tx throws(Fault) in
                _ = try rejectIdentity(decision, by: act, in: tx, at: desk.now)
            }
            return ["next": .text("/console/verification")]
        })

    static let reopen = ConsoleAct(
        key: "verification.reopen", permission: .verifyIdentity, path: "verification/{id}/reopen",
        fields: [
            ActField("reason", .choice("verificationReason", reasons)), ActField("days", .integer(1...60)), note, version,
        ], isDangerous: true,
        perform: { desk, act, values in
            let decision = try decision(values)
            try await desk.services.database.write { tx throws(Fault) in
                _ = try reopenVerification(
                    decision, within: Int(values.integer("days") ?? 10), by: act, in: tx, at: desk.now, zone: desk.zone)
            }
            return [:]
        })

    private static func seen(_ values: ActValues) -> Int { Int(values.text("version")) ?? 0 }

    private static func decision(_ values: ActValues) throws(Fault) -> VerificationDecision {
        VerificationDecision(
            try values.identifier(), version: seen(values), reason: VerificationReason(rawValue: values.text("reason")) ?? .other,
            note: values.optional("note"))
    }
}
