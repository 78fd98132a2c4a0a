import Basics
import Orders
import Storage

extension Contract {
    /// The customer confirms an order now.
    @discardableResult
    func order(
        _ id: String, _ content: OrderContent, _ person: Person, seen: String? = nil
    ) async throws(Fault) -> Order {
        let (vault, seal, zone) = (vault, seal, world.zone)
        let request = ConfirmOrderRequest(id: OrderID(trusted: id), customer: person.customer, content: content, seen: seen)
        return try await world.write { tx, now throws(Fault) in
            try confirmOrder(request, vault: vault, seal: seal, in: tx, at: now, zone: zone)
        }
    }
}
