public import Basics
internal import Charging
public import Storage

/// Takes in what a payment provider says has happened. The same event again, however often and however many at once, changes nothing and is answered as
/// the first time; the same id with other content is refused.
///
/// Money that fits its intent is a payment, also where the intent has expired. Money that fits none – unknown, of another amount, paid already – waits
/// among the unmatched lines, because it has come and is somebody's. What is refused is not kept: the provider sends it again, and a `bounced` that
/// overtook its `paid` is taken then.
@discardableResult
public func receivePaymentEvent(
    _ event: PaymentEvent, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> PaymentEventOutcome {
    try check(event, today: zone.date(of: now))
    guard try PaymentEventStore.claim(event, in: tx, at: now) else { return try PaymentEventStore.answer(to: event, in: tx) }
    let arrival = EventArrival(event: event, policy: policy, tx: tx, now: now, zone: zone)
    let (result, payment): (PaymentEventOutcome.Result, PaymentID?)
    switch event.kind {
    case .paid: (result, payment) = try arrival.take()
    case .failed: (result, payment) = (try arrival.fail(), nil)
    case .bounced: (result, payment) = (.reversed, try arrival.bounce())
    }
    try PaymentEventStore.settle(event, result, payment, in: tx)
    return PaymentEventOutcome(result: result, payment: payment, isNew: true)
}

private func check(_ event: PaymentEvent, today: BusinessDate) throws(Fault) {
    guard (1...BillingLimits.eventIDBytes).contains(event.id.utf8.count), isPlain(event.id) else {
        throw Fault(.eventRefused, "an event has an id of 1 to \(BillingLimits.eventIDBytes) bytes", ["field": "id"])
    }
    guard (1...BillingLimits.referenceBytes).contains(event.reference.utf8.count), isPlain(event.reference) else {
        throw Fault(
            .eventRefused, "an event has a reference of 1 to \(BillingLimits.referenceBytes) bytes", ["field": "reference"])
    }
    guard event.currency == "CNY" else {
        throw Fault(.currencyRefused, "payments are in CNY", ["currency": String(event.currency.prefix(8))])
    }
    try checkAmount(event.amount)
    try checkPaymentDay(event.paidOn ?? today, today: today)
}

/// No control characters, which no engine and no page has use for.
func isPlain(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } }

/// One event on its way into the books.
private struct EventArrival {
    let event: PaymentEvent
    let policy: BillingPolicy
    let tx: any Transaction
    let now: Timestamp
    let zone: BusinessZone

    private var source: String { "provider:\(event.provider)" }

    /// The intent that the event speaks of, locked; one of another provider is none.
    private func intent() throws(Fault) -> PaymentIntent? {
        guard let id = PaymentIntentID(event.reference), let found = try PaymentIntentStore.find(id, lock: true, in: tx),
            found.provider == event.provider
        else { return nil }
        return found
    }

    func take() throws(Fault) -> (PaymentEventOutcome.Result, PaymentID?) {
        let intent = try intent()
        guard let intent, intent.amount == event.amount, intent.state != .paid, try payment(of: intent.id) == nil else {
            try wait(for: intent)
            return (.unmatched, nil)
        }
        let id = Self.name(of: intent.id)
        let request = PaymentRequest(
            id: id, account: intent.account, amount: event.amount, currency: event.currency, on: event.paidOn, method: .provider,
            reference: event.id)
        try receivePayment(request, from: source, policy: policy, in: tx, at: now, zone: zone)
        try PaymentIntentStore.move(intent.id, to: .paid, in: tx)
        return (.recorded, id)
    }

    /// Money that the staff has to place.
    private func wait(for intent: PaymentIntent?) throws(Fault) {
        let reason = intent == nil ? "no-intent" : intent?.amount != event.amount ? "other-amount" : "paid-already"
        try BankStore.insert(
            BankLine(
                id: event.line, origin: source, position: 0,
                on: event.paidOn ?? zone.date(of: now), amount: event.amount, reference: event.reference,
                payer: BankPayer(plain: event.provider, sealed: nil, line: event.line),
                state: .unmatched, account: intent?.account, payment: nil, reason: reason), in: tx, at: now)
        try appendJournal(
            JournalEntry(
                at: now, actor: source, action: "payment.unmatched", subject: intent.map { "account:\($0.account)" } ?? source,
                clause: 5, after: journalState(["amount": .number(event.amount.micros), "reason": .text(reason)])), in: tx)
    }

    /// A payment that is there already is not undone by a late failure.
    func fail() throws(Fault) -> PaymentEventOutcome.Result {
        if let intent = try intent(), intent.state != .paid { try PaymentIntentStore.move(intent.id, to: .failed, in: tx) }
        return .failed
    }

    func bounce() throws(Fault) -> PaymentID? {
        if let intent = try intent(), let payment = try payment(of: intent.id), payment.amount == event.amount {
            try reverse(payment.id, reason: event.id, by: source, purpose: nil, policy, in: tx, at: now, zone: zone)
            try PaymentIntentStore.move(intent.id, to: .failed, in: tx)
            return payment.id
        }
        // Money that waited for the staff, or that they have placed since.
        let found = try BankStore.list(
            "origin = $1 AND reference = $2 AND amount = $3 AND state <> 'set-aside'",
            [.text(source), .text(event.reference), .money(event.amount)], limit: 1, in: tx
        ).first
        guard let found else {
            throw Fault(.noPayment, "there is no payment of this reference and amount that could be taken back")
        }
        let waiting = try BankStore.locked(found.id, in: tx)
        if let payment = waiting.payment {
            try reverse(payment, reason: event.id, by: source, purpose: nil, policy, in: tx, at: now, zone: zone)
        }
        try BankStore.settle(
            waiting.id, .setAside, account: nil, payment: waiting.payment, reason: "bounced", by: source, in: tx, at: now)
        return waiting.payment
    }

    private func payment(of intent: PaymentIntentID) throws(Fault) -> Payment? {
        try PaymentStore.find(Self.name(of: intent), in: tx)
    }

    private static func name(of intent: PaymentIntentID) -> PaymentID { PaymentID(trusted: "intent-\(intent)") }
}

/// The SQL of events: one row each, the proof that it came.
private enum PaymentEventStore {
    /// Whether this is the first time; whoever comes at the same time waits here.
    static func claim(_ event: PaymentEvent, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO billing_payment_events (provider, id, kind, reference, amount, currency, paid_on, at, result)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '') ON CONFLICT DO NOTHING
            """,
            [
                .text(event.provider), .text(event.id), .text(event.kind.rawValue), .text(event.reference), .money(event.amount),
                .text(event.currency), .optional(event.paidOn), .time(now),
            ]) == 1
    }

    static func settle(
        _ event: PaymentEvent, _ result: PaymentEventOutcome.Result, _ payment: PaymentID?, in tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            "UPDATE billing_payment_events SET result = $3, payment = $4 WHERE provider = $1 AND id = $2",
            [.text(event.provider), .text(event.id), .text(result.rawValue), .optional(payment)])
    }

    static func answer(to event: PaymentEvent, in tx: any Transaction) throws(Fault) -> PaymentEventOutcome {
        let row = try tx.first(
            "SELECT * FROM billing_payment_events WHERE provider = $1 AND id = $2", [.text(event.provider), .text(event.id)])
        guard let row, let result = PaymentEventOutcome.Result(rawValue: try row.text("result")) else {
            throw Fault(.schema, "an event of a payment provider has no result")
        }
        guard try row.text("kind") == event.kind.rawValue, try row.text("reference") == event.reference,
            try row.money("amount") == event.amount, try row.text("currency") == event.currency,
            try row.optionalDay("paid_on") == event.paidOn
        else { throw Fault(.repeatedDifferently, "the event's id came before with other content") }
        return PaymentEventOutcome(result: result, payment: try row.optionalID("payment"), isNew: false)
    }
}
