internal import Access
internal import Basics
internal import Storage

/// Writes a change of a verification with its step and its journal entry. Throws a conflict when somebody else has changed it meanwhile.
func record(
    _ changed: Verification, over before: Verification, _ action: String, by actor: String, purpose: String? = nil,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Verification {
    var after = changed
    after.version = before.version + 1
    guard try VerificationStore.update(after, in: tx) else { throw .verificationChanged }
    try VerificationStore.addStep(after, by: actor, in: tx, at: now)
    try journal(action, before, after, by: actor, purpose: purpose, in: tx, at: now)
    return after
}

/// The journal says how a verification went on, never what the data are.
func journal(
    _ action: String, _ before: Verification?, _ after: Verification, by actor: String, purpose: String? = nil,
    in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: action, subject: "customer:\(after.customer)", clause: 1,
            before: before.map { journalState(["state": .text($0.state.rawValue), "version": .number(Int64($0.version))]) },
            after: journalState([
                "state": .text(after.state.rawValue), "version": .number(Int64(after.version)),
                "reason": .optional(after.reason?.rawValue),
                "deadline": after.deadline.map { .number($0.milliseconds) } ?? .none, "purpose": .optional(purpose),
            ])), in: tx)
}

/// The verification that staff saw, for a decision on it.
func verificationToDecide(_ id: VerificationID, version: Int, in tx: any Transaction) throws(Fault) -> Verification {
    guard let found = try VerificationStore.find(id, in: tx) else {
        throw Fault(.unknownVerification, "there is no verification \(id)")
    }
    guard found.version == version else { throw .verificationChanged }
    return found
}

extension Fault {
    static var verificationChanged: Fault {
        Fault(.verificationChanged, "the verification was changed since it was read; read it again")
    }

    static func wrongState(_ state: VerificationState) -> Fault {
        Fault(.verificationState, "this cannot be done in state \(state.rawValue)", ["state": state.rawValue])
    }
}

/// A note to the customer: visible text of a sensible length; nil where it is empty.
func checkedNote(_ typed: String?, for reason: VerificationReason?) throws(Fault) -> String? {
    let text = try visibleText(typed ?? "")
    guard text.count <= CustomersLimits.noteCharacters else {
        throw Fault(.textTooLong, "the note is too long", ["maximum": "\(CustomersLimits.noteCharacters)"])
    }
    guard !(text.isEmpty && reason == .other) else { throw Fault(.noteMissing, "say what exactly") }
    return text.isEmpty ? nil : text
}
