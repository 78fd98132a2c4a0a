import Basics
import Billing
import Charging
import Customers
import Hummingbird
import Lines
import Storage

/// Everything about a customer's money that its page shows, read in one transaction.
struct MoneyDossier: Sendable {
    let summary: AccountSummary
    let owed: Owed
    /// The invoices behind what is open, by their ids.
    let invoices: [InvoiceID: Invoice]
    /// Disputes that are not decided.
    let disputes: [Dispute]
    /// What holds back the lines that the account pays for, each kind once.
    let holds: [HoldNotice]

    static func read(
        _ account: AccountID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
    ) throws(Fault) -> MoneyDossier {
        let owed = try Billing.owed(by: account, on: zone.date(of: now), in: tx, at: now, zone: zone)
        var invoices: [InvoiceID: Invoice] = [:]
        for claim in owed.standing.claims where claim.isOpen { invoices[claim.claim] = try invoice(claim.claim, in: tx) }
        var holds: [HoldNotice] = []
        for line in try lines(chargedTo: account.rawValue, in: tx) {
            for notice in try HoldNotice.read(line.id, in: tx) where !holds.contains(where: { $0.hold.kind == notice.hold.kind })
            {
                holds.append(notice)
            }
        }
        return MoneyDossier(
            summary: try accountSummary(account, in: tx, at: now, zone: zone), owed: owed, invoices: invoices,
            disputes: try Billing.disputes(of: account, in: tx).filter(\.isOpen), holds: holds)
    }
}

extension WebParts {
    /// The account that a customer pays with; nil before they have one.
    func moneyAccount(of customer: CustomerID) async throws(Fault) -> AccountID? {
        try await services.database.read { tx throws(Fault) in
            do throws(Fault) {
                return try account(of: customer, in: tx).id
            } catch {
                guard error.code == .noAccount else { throw error }
                return nil
            }
        }
    }

    /// The account of the customer who sends a request, with the customer.
    func payer(_ request: Request) async throws(Fault) -> (holder: Holder, account: AccountID) {
        let holder = try await holder(request)
        guard let account = try await moneyAccount(of: holder.customer.id) else {
            throw Fault(.noAccount, "the customer has no account yet")
        }
        return (holder, account)
    }
}
