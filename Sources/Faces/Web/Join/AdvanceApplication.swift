import Agreement
import Basics
import Charging
import Customers
import Lines
import Orders
import Storage

extension WebParts {
    /// Takes an application as far as it goes, in the transaction of whatever step was just taken (data, order, signature, check): the
    /// provider seals as soon as everything on the customer's side is done and checked, and the line opens with its account. A customer
    /// without an application is left alone.
    @discardableResult
    func advanceApplication(
        of customer: CustomerID, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) -> Activation? {
        guard let application = try Orders.application(of: customer, in: tx), application.state != .lapsed else { return nil }
        let missing = try applicationProgress(of: customer, in: tx).missing
        if missing == [.seal] {
            _ = try sealAgreement(of: customer, with: services.seal, in: tx, at: now)
        }
        let activation = try activate(customer, pool: services.pool, in: tx, at: now, zone: services.zone)
        if case .open(_, let account, true) = activation {
            // Opened when the order was confirmed, with the limit that was chosen; this makes sure of it.
            try openAccount(
                OpenAccountRequest(id: try accountID(account), customer: customer), in: tx, at: now)
        }
        return activation
    }

    /// How far a customer's application is, nil for who has none. Whatever made the last condition hold (a check by staff, a seal), the
    /// next look takes the application to its line.
    func progressOfApplication(_ customer: CustomerID) async throws(Fault) -> ApplicationProgress? {
        let progress = try await services.database.read { tx throws(Fault) -> ApplicationProgress? in
            guard try Orders.application(of: customer, in: tx) != nil else { return nil }
            return try applicationProgress(of: customer, in: tx)
        }
        guard let progress, progress.line == nil, progress.missing.allSatisfy({ $0 == .seal }) else { return progress }
        let (now, parts) = (services.clock.now(), self)
        return try await services.database.write { tx throws(Fault) in
            try parts.advanceApplication(of: customer, in: tx, at: now)
            return try applicationProgress(of: customer, in: tx)
        }
    }

    /// The account's id as Charging knows it.
    func accountID(_ text: String) throws(Fault) -> AccountID {
        guard let id = AccountID(text) else { throw Fault(.webDefect, "\(text) is no account's id") }
        return id
    }

    /// The monthly limit that a newcomer chose: their account is there from the order on, before there is a line to charge to it.
    func keepCreditLimit(
        _ limit: Money, of application: Application, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        let id = try accountID(application.account)
        let account = try openAccount(
            OpenAccountRequest(id: id, customer: application.customer, creditLimit: limit), in: tx, at: now)
        guard account.creditLimit != limit else { return }
        try changeCreditLimit(of: id, to: limit, by: "customer:\(application.customer)", in: tx, at: now)
    }
}
