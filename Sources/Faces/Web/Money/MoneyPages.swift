import Basics
import Billing
import Charging
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// The customer's money: what is owed, the credit limit, the month's calls, invoices, paying, objections.
struct MoneyPages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("money") { request, _ in
            try await parts.moneyPage(.money, request) { reader, account in try await money(reader, account, request) }
        }
        router.get("money/calls") { request, _ in
            try await parts.moneyPage(.moneyCalls, request) { reader, account in try await calls(reader, account, request) }
        }
        router.get("money/limit") { request, _ in
            try await parts.moneyPage(.moneyLimit, request) { reader, account in try await limit(reader, account) }
        }
        InvoicePages(parts: parts).add(to: router)
        PayPages(parts: parts).add(to: router)
        DisputePages(parts: parts).add(to: router)
    }

    private func money(_ reader: PageReader, _ account: AccountID, _ request: Request) async throws -> [String: Any] {
        let payment = request.uri.queryParameters["payment"].map(String.init)
        let (dossier, result) = try await parts.services.database.read { tx throws(Fault) in
            (
                try MoneyDossier.read(account, in: tx, at: reader.now, zone: reader.zone),
                try PaymentResult.read(payment, of: account, in: tx, reader)
            )
        }
        var model = MoneyModel(dossier: dossier, reader: reader).model
        model["result"] = result?.model
        return model
    }

    /// The detailed list of a month, free of charge.
    private func calls(_ reader: PageReader, _ account: AccountID, _ request: Request) async throws -> [String: Any] {
        let query = request.uri.queryParameters
        let now = reader.today.month
        let month = try query["month"].map { text throws(Fault) in try CallsOfMonth.month(String(text)) } ?? now
        let (before, zone) = (query["before"].map(String.init), reader.zone)
        guard let holder = reader.holder else { return [:] }
        return try await parts.services.database.read { tx throws(Fault) in
            let page = try monthCalls(of: account, in: month, before: before, in: tx, zone: zone)
            return CallsOfMonth(
                month: month, page: page, sums: try monthSums(of: account, in: month, in: tx, zone: zone),
                parts: try RatedParts.read(of: page.calls.map(\.call), in: month, tx: tx),
                names: try CallsOfMonth.names(page.calls.map(\.dialled), for: holder.customer.id, in: tx), reader: reader)
        }.model
    }

    private func limit(_ reader: PageReader, _ account: AccountID) async throws -> [String: Any] {
        let summary = try await parts.services.database.read { tx throws(Fault) in
            try accountSummary(account, in: tx, at: reader.now, zone: reader.zone)
        }
        var model = CreditGauge(summary: summary, reader: reader).model
        model["limitNow"] = summary.creditLimit.formatted
        model["limitMicros"] = "\(summary.creditLimit.micros)"
        model["holdsAll"] = summary.holdScope == .all
        return model
    }
}

extension WebParts {
    /// A page of the customer's money; who has no account yet is led to joining.
    func moneyPage(
        _ frame: PageFrame, _ request: Request, _ fill: (PageReader, AccountID) async throws -> [String: Any]
    ) async throws -> Response {
        guard let holder = try await holderIfAny(request) else { return signInFirst(request) }
        guard let account = try await moneyAccount(of: holder.customer.id) else {
            return .redirect(to: "/join", type: .normal)
        }
        return try await answer(frame, to: request) { reader in try await fill(reader, account) }
    }
}

extension PageFrame {
    static let money = PageFrame(name: "money", template: "money/money", title: "money.title", audience: .customer)
    static let moneyCalls = PageFrame(name: "money", template: "money/calls", title: "money.titleCalls", audience: .customer)
    static let moneyLimit = PageFrame(name: "money", template: "money/limit", title: "money.titleLimit", audience: .customer)
}
