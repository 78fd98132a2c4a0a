import Agreement
import Basics
import Billing
import Charging
import Customers
import Hummingbird
import Storage

/// Paying: what is owed or any other amount, by a payment provider where there is one, by bank always; and what was paid before.
struct PayPages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("money/pay") { request, _ in
            try await parts.moneyPage(.pay, request) { reader, account in try await pay(reader, account) }
        }
        if let provider = parts.demoProvider { DemoPay(parts: parts, provider: provider).add(to: router) }
    }

    private func pay(_ reader: PageReader, _ account: AccountID) async throws -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        let online = parts.demoProvider != nil
        return try await parts.services.database.read { tx throws(Fault) in
            PayModel(
                owed: try Billing.owed(by: account, on: reader.today, in: tx, at: reader.now, zone: reader.zone),
                payments: try payments(of: account, limit: PayModel.shownPayments, in: tx),
                payee: try PayModel.payee(of: holder.customer.id, in: tx, reader),
                invoice: try invoices(of: account, limit: 1, in: tx).first?.number, reader: reader, online: online)
        }.model
    }
}

/// What the page of paying says.
struct PayModel: Sendable {
    let owed: Owed
    let payments: [Payment]
    /// The provider as the agreement names it; nil before anything was published.
    let payee: ProviderParty?
    /// The number of the newest invoice, by which a transfer finds its account.
    let invoice: String?
    let reader: PageReader
    /// Whether a payment provider can be used.
    let online: Bool

    static let shownPayments = 24

    /// The provider whom the customer's agreement names, else the one of the version in force.
    static func payee(
        of customer: CustomerID, in tx: any Transaction, _ reader: PageReader
    ) throws(Fault) -> ProviderParty? {
        let facts = try agreementFacts(of: customer, in: tx, zone: reader.zone)
        if let bound = facts.flatMap({ termsInForce(facts: $0, on: reader.today) }) { return bound.terms.provider }
        return try currentVersion(in: tx)?.terms.provider
    }

    var model: [String: Any] {
        [
            "id": PaymentIntentID.random().rawValue, "online": online, "owes": owed.total > .zero, "owed": owed.total.formatted,
            "owedMicros": "\(owed.total.micros)",
            "headline": reader.text(owed.total > .zero ? "money.pay.title" : "money.pay.ahead"), "bank": bank,
            "hasPayments": !payments.isEmpty, "payments": payments.map(row),
        ]
    }

    private var bank: [[String: String]] {
        var facts: [(String, String)] = []
        if let payee {
            facts.append(("money.pay.payee", payee.name))
            facts.append(("money.pay.phone", payee.phone))
        }
        facts.append(("money.pay.reference", invoice ?? reader.holder?.customer.id.rawValue ?? "–"))
        return facts.map { ["name": reader.text($0.0), "value": $0.1] }
    }

    private func row(_ payment: Payment) -> [String: Any] {
        let parts = [
            ("money.paid.principal", payment.toPrincipal), ("money.paid.penalty", payment.toPenalty),
            ("money.paid.costs", payment.toCosts), ("money.paid.deposit", payment.toDeposit),
        ].filter { $0.1 > .zero }.map { reader.text($0.0, ["amount": $0.1.formatted]) }
        var model: [String: Any] = [
            "day": reader.day(payment.on), "amount": payment.amount.formatted,
            "method": reader.text("money.method.\(payment.method.rawValue)"),
            "went": parts.joined(separator: reader.language == .chinese ? "，" : ", "),
        ]
        if payment.isReversed { model["reversed"] = reader.text("money.paid.reversed") }
        return model
    }
}

extension PageFrame {
    static let pay = PageFrame(name: "money", template: "money/pay", title: "money.titlePay", audience: .customer)
}
