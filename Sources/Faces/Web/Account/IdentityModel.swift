import Basics
import Customers
import Storage

/// The identity check as its customer sees it: where it stands, what was given (masked), what is asked for.
struct IdentityModel {
    let verification: Verification?
    let masked: MaskedIdentity?
    let evidence: [EvidenceFile]
    let reader: PageReader

    static func read(_ customer: CustomerID, _ parts: WebParts, _ reader: PageReader) async throws -> [String: Any] {
        let vault = parts.services.vault
        return try await parts.services.database.read { tx throws(Fault) in
            IdentityModel(
                verification: try Customers.verification(of: customer, in: tx),
                masked: try maskedIdentity(of: customer, with: vault, in: tx),
                evidence: try listEvidence(of: customer, with: vault, in: tx), reader: reader)
        }.model
    }

    private var state: VerificationState { verification?.state ?? .none }

    var model: [String: Any] {
        var model: [String: Any] = [
            "identityLine": reader.text("identity.line.\(state.rawValue)"), "identityMore": more,
            "given": masked != nil, "givenFacts": facts, "asksEvidence": state == .evidenceRequested,
            "mayCorrect": state != .none,
        ]
        guard let verification, state == .evidenceRequested else { return model }
        model["evidenceReason"] =
            reason(verification).map { reader.text("identity.reason", ["reason": $0]) }
            ?? reader.text("identity.reasonNone")
        if let deadline = verification.deadline {
            model["evidenceDeadline"] = reader.text("identity.deadline", ["date": reader.moment(deadline)])
        }
        // Only what was added since it was asked for counts.
        let asked = verification.decidedAt ?? verification.submittedAt
        let fresh = evidence.filter { $0.addedAt >= asked }
        model["evidenceCount"] = fresh.count
        model["evidenceFiles"] = fresh.map { file in
            ["name": file.name, "kind": file.format.rawValue.uppercased(), "more": reader.moment(file.addedAt)]
        }
        return model
    }

    private var more: String {
        guard state == .rejected, let verification, let reason = reason(verification) else {
            return reader.text("identity.more.\(state.rawValue)")
        }
        return "\(reader.text("identity.rejectedReason", ["reason": reason])) \(reader.text("identity.more.rejected"))"
    }

    /// Why, in the words of its code and in those that staff added.
    private func reason(_ verification: Verification) -> String? {
        let known = verification.reason.map { reader.text("verification.reason.\($0.rawValue)") }
        let parts = [verification.reason == .other ? nil : known, verification.note].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: reader.language == .chinese ? "；" : "; ")
    }

    private var facts: [[String: String]] {
        guard let masked else { return [] }
        var facts = [fact(masked.kind == .person ? "join.fact.name" : "join.fact.organisation", masked.legalName)]
        if let kind = masked.idKind {
            facts.append(fact("join.fact.id", "\(reader.text("join.id.\(kind.rawValue)")) \(masked.idNumber)"))
        } else {
            facts.append(fact("join.fact.uscc", masked.idNumber))
        }
        if let birth = masked.birthDate { facts.append(fact("join.fact.birthDate", birth)) }
        facts.append(fact("join.fact.address", "\(masked.address) \(masked.postcode)"))
        facts.append(fact("join.fact.phone", masked.phone))
        if let contact = masked.contactName { facts.append(fact("join.fact.contact", contact)) }
        if let guardian = masked.guardianName { facts.append(fact("join.fact.guardian", guardian)) }
        return facts
    }

    private func fact(_ key: String, _ value: String) -> [String: String] { ["name": reader.text(key), "value": value] }
}
