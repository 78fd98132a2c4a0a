public import Basics
public import Charging
public import Storage

/// Notes that a customer is about to pay through a provider. The same request again returns the first answer; no money is booked.
@discardableResult
public func requestPayment(
    id: PaymentIntentID, account: AccountID, amount: Money, provider: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> PaymentIntent {
    try checkAmount(amount)
    guard isProviderName(provider), id.rawValue.utf8.count <= BillingLimits.intentIDBytes else {
        throw Fault(.textRefused, "an intent's name has at most \(BillingLimits.intentIDBytes) bytes, and the provider is known")
    }
    if let there = try paymentIntent(id, in: tx) {
        guard there.account == account, there.amount == amount, there.provider == provider else {
            throw Fault(.repeatedDifferently, "the intent's id came before with another account, amount or provider")
        }
        return there
    }
    guard try tx.first("SELECT id FROM charging_accounts WHERE id = $1", [.id(account)]) != nil else {
        throw Fault(.noAccount, "no such account")
    }
    let intent = PaymentIntent(
        id: id, account: account, amount: amount, provider: provider, state: .requested, createdAt: now,
        expiresAt: now.adding(seconds: BillingLimits.intentMinutes * 60))
    try PaymentIntentStore.insert(intent, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "account:\(account)", action: "payment.requested", subject: "account:\(account)", clause: 5,
            after: journalState([
                "intent": .text(id.rawValue), "amount": .number(amount.micros), "provider": .text(provider),
            ])), in: tx)
    return intent
}

/// An intent by its name; nil where there is none.
public func paymentIntent(_ id: PaymentIntentID, in tx: any Transaction) throws(Fault) -> PaymentIntent? {
    try PaymentIntentStore.find(id, lock: false, in: tx)
}

/// Closes intents from which nothing was heard in time. Returns how many.
func expireIntents(in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    try tx.execute(
        "UPDATE billing_payment_intents SET state = 'expired' WHERE state = 'requested' AND expires_at <= $1", [.time(now)])
}

/// The SQL of intents.
enum PaymentIntentStore {
    static func insert(_ intent: PaymentIntent, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO billing_payment_intents (id, account, amount, provider, state, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .id(intent.id), .id(intent.account), .money(intent.amount), .text(intent.provider),
                .text(intent.state.rawValue), .time(intent.createdAt), .time(intent.expiresAt),
            ])
    }

    static func find(_ id: PaymentIntentID, lock: Bool, in tx: any Transaction) throws(Fault) -> PaymentIntent? {
        let row = try tx.first(
            "SELECT * FROM billing_payment_intents WHERE id = $1\(lock ? tx.forUpdate : "")", [.id(id)])
        return try row.map(read)
    }

    static func read(_ row: Row) throws(Fault) -> PaymentIntent {
        guard let state = PaymentIntent.State(rawValue: try row.text("state")) else {
            throw Fault(.schema, "an intent is in a state that this program does not know")
        }
        return PaymentIntent(
            id: try row.id("id"), account: try row.id("account"), amount: try row.money("amount"),
            provider: try row.text("provider"),
            state: state, createdAt: try row.time("created_at"), expiresAt: try row.time("expires_at"))
    }

    static func move(_ id: PaymentIntentID, to state: PaymentIntent.State, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE billing_payment_intents SET state = $2 WHERE id = $1", [.id(id), .text(state.rawValue)])
    }
}
