public import Basics
public import Media

/// What call control needs of the media server; tests put their own in its place.
public protocol CallMedia: Sendable {
    /// What happens on legs.
    var events: AsyncStream<MediaEvent> { get }
    /// Opens a leg with a device's offer; the answer.
    func openLeg(_ leg: LegID, in call: MediaCallID, offer: String) async throws(Fault) -> String
    /// Takes a new offer on an open leg; the answer.
    func renegotiate(_ leg: LegID, offer: String) async throws(Fault) -> String
    /// Joins two legs of a call.
    func bridge(_ a: LegID, _ b: LegID) async throws(Fault) -> BridgeOutcome
    /// Closes a leg; what it carried.
    func closeLeg(_ leg: LegID) async -> LegTotals
}

extension MediaServer: CallMedia {}
