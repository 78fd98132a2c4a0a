internal import Basics
internal import Charging
internal import Customers
internal import Lines
internal import Orders
internal import Storage

/// What a dialled call needs to be let in.
struct AdmissionRequest: Sendable {
    let call: CallID
    let line: LineID
    let device: DeviceID
    let dialled: PhoneNumber
    let kind: CallKind
    let dialledAt: Timestamp
}

/// Whether a dialled call may ring, and what was found out on the way.
struct Admission: Sendable {
    enum Verdict: Sendable {
        /// It may ring this line, as far as holds and credit go.
        case mayRing(LineID, CreditGrant)
        case refused(CallOutcome)
    }

    let verdict: Verdict
    let account: AccountID
    /// What the call costs.
    let tariff: CallTariff
    /// The caller as the called party sees it, and the other way round.
    let callerName: String?
    let calleeName: String?
}

/// Writes the record of a dialled call and decides whether it may ring: is the caller barred, has anybody the number, may that line be
/// reached, is there credit? Then the first slice is reserved. One transaction.
func admitCall(_ request: AdmissionRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone) throws(Fault)
    -> Admission
{
    let callerLine = try line(request.line, in: tx)
    let account = AccountID(trusted: callerLine.account)
    let tariff = try tariff(of: request, in: tx, at: now, zone: zone)
    let price = tariff.flatPrice ?? tariff.listPrice(at: now, zone: zone)
    let called = try line(numbered: request.dialled, in: tx)
    try recordDialledCall(
        DialledCall(
            call: request.call, callerLine: request.line, callerNumber: callerLine.number, callerDevice: request.device,
            calleeLine: called?.id, calleeNumber: request.dialled, kind: request.kind, account: account, pricePerSecond: price,
            dialledAt: request.dialledAt), in: tx)
    let callerName = try customer(callerLine.customer, in: tx).name
    func admission(_ verdict: Admission.Verdict, calleeName: String? = nil, shownCaller: String? = nil) -> Admission {
        Admission(
            verdict: verdict, account: account, tariff: tariff, callerName: shownCaller ?? callerName.text,
            calleeName: calleeName)
    }
    if case .barred = serviceAbility(try activeHolds(on: request.line, in: tx), dialling: request.dialled) {
        return admission(.refused(.held))
    }
    guard let called else { return admission(.refused(.unknownNumber)) }
    // Why the other party cannot be reached is its own matter.
    if case .barred = mayReceive(try activeHolds(on: called.id, in: tx)) { return admission(.refused(.unreachable)) }
    let calleeOwnName = try customer(called.customer, in: tx).name
    let calleeName = try contactName(for: called.number, of: callerLine.customer, in: tx) ?? calleeOwnName
    let shownCaller = try contactName(for: callerLine.number, of: called.customer, in: tx) ?? callerName
    guard let grant = try firstSlice(of: request, account, tariff, listPrice: price, in: tx, at: now, zone: zone) else {
        return admission(.refused(.credit))
    }
    return admission(.mayRing(called.id, grant), calleeName: calleeName.text, shownCaller: shownCaller.text)
}

/// What this call costs, by the tariff of the line as it is published now.
private func tariff(
    of request: AdmissionRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> CallTariff {
    let whole = try tariff(of: request.line, in: tx, at: now, zone: zone)
    guard let tariff = whole.ofCall(request.kind.usage, to: request.dialled.digits, from: now) else {
        throw Fault(.noPrice, "plan \(whole.plan) has no price for \(request.kind.rawValue) at this time")
    }
    return tariff
}

/// The first slice; nil where the credit does not afford a second.
private func firstSlice(
    of request: AdmissionRequest, _ account: AccountID, _ tariff: CallTariff, listPrice: Money, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> CreditGrant? {
    let reservation = ReserveCreditRequest(
        operation: OperationID(trusted: "\(request.call)-0"), call: request.call, account: account, tariff: tariff,
        listPrice: listPrice)
    do throws(Fault) {
        return try reserveCredit(reservation, in: tx, at: now, zone: zone)
    } catch {
        if error.code == .creditExhausted { return nil }
        throw error
    }
}
