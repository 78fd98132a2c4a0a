import Basics
import Customers
import Hummingbird
import Orders
import Storage

/// Ending the service (clause 11): what is owed today, what becomes of the number and the data, asking for it and taking it back.
struct EndingPage: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("ending") { request, _ in
            try await parts.answer(.ending, to: request) { reader in try await fill(reader) }
        }
    }

    private func fill(_ reader: PageReader) async throws(Fault) -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        return try await parts.services.database.read { tx throws(Fault) in
            let ending = try endings(of: holder.customer.id, in: tx).first
            return EndingModel(
                ending: ending, money: try EndingPage.money(holder, ending, in: tx, reader),
                retention: try retention(of: holder.customer.id, in: tx), reader: reader)
        }.model
    }

    /// Nil where there never was a line, and so no account that could owe anything.
    private static func money(
        _ holder: Holder, _ ending: Ending?, in tx: any Transaction, _ reader: PageReader
    ) throws(Fault) -> EndingMoney? {
        guard holder.line != nil || ending?.isOpen == true else { return nil }
        return try EndingMoney.read(
            of: holder.customer.id, ending: ending, lastDay: ending?.lastDay ?? reader.today, in: tx, at: reader.now,
            zone: reader.zone)
    }
}

extension PageFrame {
    static let ending = PageFrame(name: "ending", template: "contract/ending", title: "contract.titleEnding", audience: .customer)
}
