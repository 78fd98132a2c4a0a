public import Basics
public import Lines
public import Orders
public import Storage

/// What the first reservation of a call asks for.
public struct ReserveCreditRequest: Sendable {
    /// The operation, made by the asker.
    public let operation: OperationID
    /// The call.
    public let call: CallID
    /// Who pays.
    public let account: AccountID
    /// The price of a second; the list price where there is a tariff.
    public let pricePerSecond: Money
    /// The tariff where it is more than a price of a second.
    public let tariff: CallTariff?
    /// Seconds to reserve.
    public let sliceSeconds: Int64

    /// Asks for a slice under the tariff of the call.
    public init(
        operation: OperationID, call: CallID, account: AccountID, tariff: CallTariff, listPrice: Money,
        sliceSeconds: Int64 = ChargingLimits.sliceSeconds
    ) {
        self.operation = operation
        self.call = call
        self.account = account
        self.sliceSeconds = sliceSeconds
        pricePerSecond = tariff.flatPrice ?? listPrice
        self.tariff = tariff.flatPrice == nil ? tariff : nil
    }

    /// Asks for a slice at a price of a second.
    public init(
        operation: OperationID, call: CallID, account: AccountID, pricePerSecond: Money,
        sliceSeconds: Int64 = ChargingLimits.sliceSeconds
    ) {
        self.operation = operation
        self.call = call
        self.account = account
        self.pricePerSecond = pricePerSecond
        tariff = nil
        self.sliceSeconds = sliceSeconds
    }
}

/// Reserves the first slice of a call before it rings. Throws `charging.credit-exhausted` where not even one second (or block) is
/// affordable; nothing is written then.
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
    let session = CreditSession(
        call: request.call, account: account.id, price: request.pricePerSecond, tariff: request.tariff,
        slice: request.sliceSeconds, granted: 0, confirmed: 0, reserved: .zero,
        expiresAt: now.adding(seconds: ChargingLimits.ringReservationSeconds))
    var open = try OpenCredit(session, of: account, store: store, at: now, zone: zone)
    let isFinal = try open.extend(to: request.sliceSeconds)
    guard open.session.granted > 0 else {
        throw Fault(.creditExhausted, "the account has less than one second's price left")
    }
    try store.insert(open.session)
    try store.change(account, reservedBy: open.session.reserved)
    let grant = CreditGrant(
        call: request.call, grantedSeconds: open.session.granted, usedSeconds: 0, charged: .zero,
        reserved: open.session.reserved, available: open.position.available, isFinal: isFinal, outlook: open.outlook)
    try store.record(grant, request.operation, kind: .reserve, account: account.id, at: now)
    return grant
}
