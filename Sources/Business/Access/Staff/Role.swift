/// What a member of the staff is employed for. One person may have several.
public enum Role: String, Sendable, CaseIterable, Codable {
    /// Looks after customers: their data, orders, questions.
    case customerService = "customer-service"
    /// Invoices, payments, disputes.
    case billing
    /// Terminals and their repair.
    case technician
    /// The network and its maintenance.
    case networkOperations = "network-operations"
    /// The agreement, objections, orders by authorities, case files.
    case legal
    /// Reads everything that is journaled, changes nothing.
    case auditor
    /// Staff accounts and settings; sees no customer's personal data.
    case administrator
}

/// One thing that staff may do. Use cases ask for it by ``StaffAct/require(_:)``.
public enum Permission: String, Sendable, CaseIterable, Codable {
    /// Find customers and see their pages, with personal data masked.
    case viewCustomers = "view-customers"
    /// See a customer's personal data, with a purpose that the customer can read.
    case revealPersonalData = "reveal-personal-data"
    /// Decide a verification (clause 1).
    case verifyIdentity = "verify-identity"
    /// Record a disclosure to a third party (clause 1).
    case disclosePersonalData = "disclose-personal-data"
    /// Change the state of orders (clause 2).
    case manageOrders = "manage-orders"
    /// Publish price lists and catalogue entries (clause 2).
    case publishPrices = "publish-prices"
    /// Decide reports of abuse and appeals (clause 3).
    case handleAbuse = "handle-abuse"
    /// Put and lift holds by hand.
    case placeHolds = "place-holds"
    /// Write and publish versions of the agreement (clause 15).
    case publishAgreement = "publish-agreement"
    /// Sign for the provider (clause 17).
    case sealAgreement = "seal-agreement"
    /// Answer objections (clause 15).
    case negotiateObjections = "negotiate-objections"
    /// Publish interpretations (clause 18).
    case interpretAgreement = "interpret-agreement"
    /// Work on endings (clause 11).
    case endAgreements = "end-agreements"
    /// Export case files (clause 16).
    case exportCases = "export-cases"
    /// Write announcements.
    case announce
    /// Read the journal.
    case readJournal = "read-journal"
    /// Record payments and refunds (clause 5).
    case recordPayments = "record-payments"
    /// Run bills, post corrections (clause 5).
    case runBilling = "run-billing"
    /// Work on disputes (clause 6).
    case handleDisputes = "handle-disputes"
    /// See what customers owe and have paid.
    case viewAccounts = "view-accounts"
    /// See the books, bank statements and revenue.
    case viewBooks = "view-books"
    /// Take in staff, change their roles, end them.
    case manageStaff = "manage-staff"
}

extension Role {
    /// What the role may do, and nothing else.
    public var permissions: Set<Permission> {
        switch self {
        case .customerService:
            [
                .viewCustomers, .revealPersonalData, .verifyIdentity, .manageOrders, .handleAbuse, .endAgreements, .announce,
                .viewAccounts,
            ]
        case .billing:
            [.viewCustomers, .viewAccounts, .viewBooks, .recordPayments, .runBilling, .handleDisputes, .publishPrices]
        case .technician: [.viewCustomers]
        case .networkOperations: [.viewCustomers, .announce]
        case .legal:
            [
                .viewCustomers, .revealPersonalData, .disclosePersonalData, .handleAbuse, .placeHolds, .publishAgreement,
                .sealAgreement, .negotiateObjections, .interpretAgreement, .endAgreements, .exportCases, .announce, .readJournal,
                .handleDisputes, .viewAccounts, .viewBooks,
            ]
        case .auditor: [.viewCustomers, .readJournal, .viewAccounts, .viewBooks]
        case .administrator: [.manageStaff, .readJournal]
        }
    }
}
