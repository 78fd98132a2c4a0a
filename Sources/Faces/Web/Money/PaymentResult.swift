import Basics
import Billing
import Charging
import Lines
import Storage

/// What became of a payment, said when its customer comes back from the payment provider.
struct PaymentResult: Sendable {
    let intent: PaymentIntent
    /// Whether it lifted what had held the service back.
    let isRestored: Bool
    let reader: PageReader

    /// Nil for an address that names no payment of the account.
    static func read(
        _ text: String?, of account: AccountID, in tx: any Transaction, _ reader: PageReader
    ) throws(Fault) -> PaymentResult? {
        guard let text, let id = PaymentIntentID(text), let intent = try paymentIntent(id, in: tx), intent.account == account
        else { return nil }
        var isRestored = false
        for line in try lines(chargedTo: account.rawValue, in: tx) {
            let lifted = try holdHistory(of: line.id, in: tx).contains { hold in
                [.arrears, .credit].contains(hold.kind) && hold.liftedAt.map { $0 >= intent.createdAt } ?? false
            }
            isRestored = isRestored || lifted
        }
        return PaymentResult(intent: intent, isRestored: isRestored && intent.state == .paid, reader: reader)
    }

    var model: [String: String] {
        let state = intent.state.rawValue
        var more = reader.text("money.result.\(state).more")
        if isRestored { more = reader.text("money.result.restored") }
        return [
            "state": state, "title": reader.text("money.result.\(state).title", ["amount": intent.amount.formatted]),
            "more": more, "tone": intent.state == .paid ? "" : (intent.state == .requested ? "warn" : "bad"),
            "icon": intent.state == .paid ? "check" : "alert",
        ]
    }
}
