public import Basics
public import Customers
internal import Synchronization

/// Delivery for demonstrations: it hands nothing over and remembers the last codes, so that the demo's pages can show them in place of a text
/// message. A service with real customers never has one.
public final class DemoDelivery: NoticeDelivery {
    private let codes = Mutex<[CodeMessage]>([])

    /// Makes one that remembers nothing yet.
    public init() {}

    /// Does nothing: the notice is in the customer's box.
    public func deliver(_ message: NoticeMessage, at now: Timestamp) async throws(Fault) {}

    /// Remembers the code.
    public func deliver(_ message: CodeMessage, at now: Timestamp) async throws(Fault) {
        codes.withLock { codes in
            codes.append(message)
            if codes.count > NoticesLimits.rememberedCodes { codes.removeFirst() }
        }
    }

    /// The last code sent to a customer that is still good.
    public func lastCode(of customer: CustomerID, at now: Timestamp) -> CodeMessage? {
        codes.withLock { codes in codes.last { $0.customer == customer && $0.expiresAt > now } }
    }
}
