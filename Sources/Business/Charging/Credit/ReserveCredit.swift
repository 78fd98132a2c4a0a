public import Basics
public import Lines
public import Storage

/// What the first reservation of a call asks for.
public struct ReserveCreditRequest: Sendable {
    /// The operation, made by the asker.
    public let operation: OperationID
    /// The call.
    public let call: CallID
    /// Who pays.
    public let account: AccountID
    /// The price of a second.
    public let pricePerSecond: Money
    /// Seconds to reserve.
    public let sliceSeconds: Int64

    /// Asks for a slice.
    public init(
        operation: OperationID, call: CallID, account: AccountID, pricePerSecond: Money,
        sliceSeconds: Int64 = ChargingLimits.sliceSeconds
    ) {
        self.operation = operation
        self.call = call
        self.account = account
        self.pricePerSecond = pricePerSecond
        self.sliceSeconds = sliceSeconds
    }
}

/// Reserves the first slice of a call before it rings. Throws `charging.credit-exhausted` where not even one second is affordable.
public func reserveCredit(
    _ request: ReserveCreditRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> CreditGrant {
    guard (1...ChargingLimits.maximumSliceSeconds).contains(request.sliceSeconds), request.pricePerSecond >= .zero,
        request.pricePerSecond <= ChargingLimits.highestPricePerSecond
    else { throw Fault(.chargeOutOfRange, "the slice or the price is out of range") }
    let store = CreditStore(tx: tx)
    let account = try store.lockAccount(request.account)
    if let answer = try store.answer(to: request.operation, kind: .reserve, call: request.call) { return answer }
    guard try store.session(of: request.call) == nil else {
        throw Fault(.operationReused, "the call has a reservation made by another operation")
    }
    var position = try store.position(of: account, in: zone.month(of: now))
    let decision = GrantDecision(
        wanted: request.sliceSeconds, price: request.pricePerSecond, available: position.available)
    guard decision.added > 0 else { throw Fault(.creditExhausted, "the account has less than one second's price left") }
    let reserved = request.pricePerSecond * decision.added
    position.reserved += reserved
    try store.insert(
        CreditSession(
            call: request.call, account: account.id, price: request.pricePerSecond, slice: request.sliceSeconds,
            granted: decision.added, confirmed: 0, reserved: reserved,
            expiresAt: now.adding(seconds: ChargingLimits.ringReservationSeconds)))
    try store.changeReserved(of: account.id, by: reserved)
    let grant = CreditGrant(
        call: request.call, grantedSeconds: decision.added, usedSeconds: 0, charged: .zero, reserved: reserved,
        available: position.available, isFinal: decision.isFinal)
    try store.record(grant, request.operation, kind: .reserve, account: account.id, at: now)
    return grant
}
