/// What a notice tells. Its words are `notice.<kind>.title` and `notice.<kind>.body`, with the kind's parameters in braces.
public enum NoticeKind: String, Sendable, CaseIterable {
    // Clause 1.
    case identityEvidenceRequested = "identity-evidence-requested"
    case identityVerified = "identity-verified"
    case identityRejected = "identity-rejected"
    // Holds and their appeals, of any clause.
    case holdPlaced = "hold-placed"
    case holdLifted = "hold-lifted"
    case appealDecided = "appeal-decided"
    // Clause 2.
    case orderConfirmed = "order-confirmed"
    case orderCompleted = "order-completed"
    case orderCancelled = "order-cancelled"
    case pricesPublished = "prices-published"
    // Clause 3.
    case abuseReportDecided = "abuse-report-decided"
    // Clause 17.
    case agreementSigned = "agreement-signed"
    case agreementInForce = "agreement-in-force"
    // Clause 15.
    case versionAnnounced = "version-announced"
    case versionPublished = "version-published"
    case windowEnding = "window-ending"
    case objectionAnswered = "objection-answered"
    case silenceBound = "silence-bound"
    // Clause 11.
    case endingRequested = "ending-requested"
    case endingSettled = "ending-settled"
    case ended
    // Clause 18.
    case interpretationPublished = "interpretation-published"
    // Signing in.
    case passwordChanged = "password-changed"
    case numberChanged = "number-changed"
    // Clause 5.
    case invoiceIssued = "invoice-issued"
    case paymentReceived = "payment-received"
    case paymentReversed = "payment-reversed"
    case creditNoteIssued = "credit-note-issued"
    case overdue
    case suspensionAhead = "suspension-ahead"
    case suspended
    case terminationAhead = "termination-ahead"
    case terminated
    case serviceRestored = "service-restored"
    // Clause 9.
    case creditWarning = "credit-warning"
    // Clause 6.
    case disputeOpened = "dispute-opened"
    case disputeExplained = "dispute-explained"
    case disputeUpheld = "dispute-upheld"
    case disputePartlyUpheld = "dispute-partly-upheld"
    case disputeRejected = "dispute-rejected"
    case disputeEscalated = "dispute-escalated"
    case abnormalFee = "abnormal-fee"
}

/// Where a customer reads more or does something about a notice; the face knows the page.
public enum NoticeTopic: String, Sendable, CaseIterable {
    case identity, service, order, prices, agreement, change, ending, bill, dispute, account
}

extension NoticeKind {
    /// The names of its parameters. Values are ids, dates, amounts: nothing about the person.
    public var parameters: Set<String> {
        switch self {
        case .identityEvidenceRequested: ["deadline"]
        case .orderConfirmed, .orderCompleted, .orderCancelled: ["order"]
        case .pricesPublished: ["from"]
        case .agreementSigned: ["agreement"]
        case .agreementInForce: ["agreement", "since"]
        case .versionAnnounced, .windowEnding: ["version", "until"]
        case .versionPublished, .objectionAnswered: ["version"]
        case .silenceBound: ["version", "since"]
        case .interpretationPublished: ["clause"]
        case .invoiceIssued: ["invoice", "amount", "due"]
        case .paymentReceived, .paymentReversed, .overdue, .suspended, .terminated: ["amount"]
        case .creditNoteIssued: ["note", "amount"]
        case .suspensionAhead, .terminationAhead: ["amount", "date"]
        case .creditWarning: ["percent", "limit"]
        case .disputeOpened: ["dispute", "answerBy"]
        case .disputeExplained, .disputeEscalated: ["dispute"]
        case .disputeUpheld, .disputePartlyUpheld: ["dispute", "amount"]
        case .disputeRejected: ["dispute", "due"]
        case .abnormalFee: ["amount", "average"]
        case .identityVerified, .identityRejected, .holdPlaced, .holdLifted, .appealDecided, .abuseReportDecided,
            .endingRequested, .endingSettled, .ended, .passwordChanged, .numberChanged, .serviceRestored:
            []
        }
    }

    /// The clause that it rests on; nil where the event says which, or none does.
    public var clause: Int? {
        switch self {
        case .identityEvidenceRequested, .identityVerified, .identityRejected: 1
        case .orderConfirmed, .orderCompleted, .orderCancelled, .pricesPublished: 2
        case .abuseReportDecided: 3
        case .invoiceIssued, .paymentReceived, .paymentReversed, .creditNoteIssued, .overdue, .suspensionAhead, .suspended,
            .terminationAhead, .terminated, .serviceRestored:
            5
        case .disputeOpened, .disputeExplained, .disputeUpheld, .disputePartlyUpheld, .disputeRejected, .disputeEscalated,
            .abnormalFee:
            6
        case .numberChanged: 7
        case .creditWarning: 9
        case .endingRequested, .endingSettled, .ended: 11
        case .versionAnnounced, .versionPublished, .windowEnding, .objectionAnswered, .silenceBound: 15
        case .agreementSigned, .agreementInForce: 17
        case .interpretationPublished: 18
        case .holdPlaced, .holdLifted, .appealDecided, .passwordChanged: nil
        }
    }

    /// Where the customer reads more.
    public var topic: NoticeTopic {
        switch self {
        case .identityEvidenceRequested, .identityVerified, .identityRejected: .identity
        case .holdPlaced, .holdLifted, .appealDecided, .abuseReportDecided, .suspended, .serviceRestored: .service
        case .orderConfirmed, .orderCompleted, .orderCancelled: .order
        case .pricesPublished: .prices
        case .agreementSigned, .agreementInForce, .silenceBound, .interpretationPublished: .agreement
        case .versionAnnounced, .versionPublished, .windowEnding, .objectionAnswered: .change
        case .endingRequested, .endingSettled, .ended: .ending
        case .invoiceIssued, .paymentReceived, .paymentReversed, .creditNoteIssued, .overdue, .suspensionAhead, .terminationAhead,
            .terminated, .creditWarning, .abnormalFee:
            .bill
        case .disputeOpened, .disputeExplained, .disputeUpheld, .disputePartlyUpheld, .disputeRejected, .disputeEscalated:
            .dispute
        case .passwordChanged, .numberChanged: .account
        }
    }

    /// Whether the customer should act or know at once; faces set it apart.
    public var isUrgent: Bool {
        switch self {
        case .identityEvidenceRequested, .identityRejected, .holdPlaced, .windowEnding, .overdue, .suspensionAhead, .suspended,
            .terminationAhead, .terminated, .paymentReversed, .creditWarning, .abnormalFee, .passwordChanged:
            true
        default: false
        }
    }
}
