public import Access
public import Basics
public import Customers
public import Lines

/// Somebody on the way to becoming a customer: a sign-in and a party are there, a number is kept for them, a line is not open yet.
public struct Application: Sendable, Equatable {
    /// How far it is.
    public enum State: String, Sendable, CaseIterable {
        /// On the way.
        case open
        /// The line is open.
        case activated
        /// The last day passed; the number was given back and the sign-in ended.
        case lapsed
    }

    /// The party.
    public let customer: CustomerID
    /// Who signs in.
    public let principal: PrincipalID
    /// Person or organisation.
    public let party: PartyKind
    /// The number that is kept.
    public let number: PhoneNumber
    /// The id of the account that will pay; Charging opens it when the line opens.
    public let account: String
    /// When it began.
    public let begunAt: Timestamp
    /// The last day on which the number is kept.
    public let lastDay: BusinessDate
    /// How far it is.
    public let state: State
    /// The line, once it is open.
    public let line: LineID?

    /// What the number is reserved for.
    var reservation: ReservationID { ReservationID(trusted: "application-\(customer)") }
}

/// What is done of an application and what is missing, as the page shows it.
public struct ApplicationProgress: Sendable, Equatable {
    /// The application.
    public let application: Application
    /// The identity check.
    public let identity: VerificationState
    /// The order of the line; nil before it is confirmed.
    public let order: Order?
    /// When the customer signed; nil before.
    public let signature: Timestamp?
    /// When the provider sealed; nil before.
    public let provider: Timestamp?
    /// The line, once it is open.
    public let line: Line?

    /// What is still missing, in the order in which it is done.
    public var missing: [ApplicationStep] {
        guard line == nil else { return [] }
        var steps: [ApplicationStep] = []
        if identity == .none || identity == .rejected || identity == .evidenceRequested { steps.append(.data) }
        if order == nil { steps.append(.order) }
        if signature == nil { steps.append(.signature) }
        if identity == .submitted || identity == .evidenceSubmitted { steps.append(.check) }
        if provider == nil { steps.append(.seal) }
        return steps
    }
}

/// A step on the way to a line.
public enum ApplicationStep: String, Sendable, CaseIterable {
    /// The customer gives their data, or the evidence that was asked for.
    case data
    /// The customer confirms the order.
    case order
    /// The customer signs.
    case signature
    /// Staff check the data.
    case check
    /// The provider seals.
    case seal
}

/// The answer of ``activate(_:pool:in:at:zone:)``.
public enum Activation: Sendable, Equatable {
    /// The line is open. Where it was opened by this very call, the caller opens the account of this id in the same transaction.
    case open(Line, account: String, isNew: Bool)
    /// Something is missing.
    case waiting([ApplicationStep])
}
