public import Basics
internal import Charging
internal import Lines
internal import Notices
public import Storage

/// Takes in an objection, gathers the evidence and holds the amount back from this moment on. The same request again returns the first answer.
@discardableResult
public func raiseDispute(
    _ request: DisputeRequest, by actor: String, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Dispute {
    let account = try BilledAccount(request.account, in: tx, at: now, zone: zone, order: policy.order)
    if let there = try DisputeStore.list("id = $1", [.id(request.id)], limit: 1, in: tx).first {
        guard there.account == request.account, there.invoice == request.invoice, there.subject == request.subject else {
            throw Fault(.repeatedDifferently, "the dispute's id came before for something else")
        }
        return there
    }
    guard (1...BillingLimits.disputeTextBytes).contains(request.text.utf8.count) else {
        throw Fault(.textRefused, "an objection has 1 to \(BillingLimits.disputeTextBytes) bytes")
    }
    guard
        let invoice = try InvoiceStore.find(
            "account = $1 AND id = $2", [.id(request.account), .id(request.invoice)], in: tx
        ).first
    else { throw Fault(.noInvoice, "the account has no such invoice") }
    let all = try DisputeStore.list("account = $1", [.id(request.account)], limit: 1_000, in: tx)
    guard all.count(where: \.isOpen) < BillingLimits.openDisputes else {
        throw Fault(.tooManyDisputes, "the account has too many open disputes", ["maximum": "\(BillingLimits.openDisputes)"])
    }
    let matter = DisputeCase(invoice: invoice, account: account, others: all.filter { $0.invoice == invoice.id })
    let (most, evidence) = try matter.look(at: request.subject)
    // Compared before it is rounded: what a customer asks for may be any number.
    let asked = request.amount ?? most
    let amount = asked <= most ? asked.roundedToFen : asked
    guard amount > .zero, amount <= most else {
        throw Fault(.nothingToDispute, "no more can be disputed than the charge still stands for", ["most": most.formatted])
    }
    let dispute = Dispute(
        id: request.id, account: request.account, invoice: request.invoice, subject: request.subject, amount: amount,
        text: request.text, state: .investigating, raisedOn: account.today,
        answerDue: account.today.adding(days: BillingLimits.disputeDays), evidence: evidence, explanation: nil, credited: .zero,
        decidedOn: nil)
    try DisputeStore.insert(dispute, in: tx, at: now)
    let facts = try account.facts()
    let standing = standing(of: facts, on: account.today)
    try account.book(Change(id: "dispute:\(dispute.id)", kind: "settlement"), to: standing)
    try account.follow(standing, facts, by: "system")
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "dispute.raised", subject: "account:\(request.account)", clause: 6,
            after: journalState([
                "dispute": .text(dispute.id.rawValue), "invoice": .text(invoice.number), "subject": .text(request.subject.code),
                "amount": .number(amount.micros), "answerDue": .text("\(dispute.answerDue)"),
            ])), in: tx)
    try account.tell(
        .disputeOpened, ["dispute": dispute.id.rawValue, "answerBy": "\(dispute.answerDue)"],
        key: "dispute:\(dispute.id):opened")
    return dispute
}

/// What stands for and against a charge.
struct DisputeCase {
    let invoice: Invoice
    let account: BilledAccount
    /// The disputes on the same invoice, open or decided.
    let others: [Dispute]

    /// The most that may be disputed, and the evidence as JSON.
    func look(at subject: Dispute.Subject) throws(Fault) -> (Money, String) {
        switch subject {
        case .line(let position): return try look(atLine: position)
        case .call(let call): return try look(atCall: call)
        case .penalty:
            let standing = standing(of: try account.facts(), on: account.today)
            let penalty = standing.claims.first { $0.claim == invoice.id }?.penalty ?? .zero
            return (penalty, evidence(line: nil, calls: []))
        }
    }

    /// Of a line that was disputed and decided before only what was not credited could be disputed again; it is not: the decision stands.
    private func look(atLine position: Int) throws(Fault) -> (Money, String) {
        guard invoice.lines.indices.contains(position) else { throw Fault(.noInvoice, "the invoice has no such line") }
        guard !others.contains(where: { $0.subject == .line(position) }) else {
            throw Fault(.disputedBefore, "this was disputed before")
        }
        let line = invoice.lines[position]
        let calls = try calls(behind: position, of: invoice, in: account.tx)
        let open = others.filter { other in
            guard other.isOpen, case .call(let call) = other.subject else { return false }
            return calls.contains { $0.call == call }
        }
        let most = line.total - (try account.credited(invoice.id, position)) - open.reduce(.zero) { $0 + $1.amount }
        return (max(most, .zero), evidence(line: line, calls: calls))
    }

    private func look(atCall call: CallID) throws(Fault) -> (Money, String) {
        guard !others.contains(where: { $0.subject == .call(call) }) else {
            throw Fault(.disputedBefore, "this was disputed before")
        }
        guard let (position, found) = try place(of: call) else { throw Fault(.noInvoice, "the call is not on this invoice") }
        guard !others.contains(where: { $0.subject == .line(position) && $0.isOpen }) else {
            throw Fault(.disputedBefore, "the whole line is in dispute")
        }
        let line = invoice.lines[position]
        let left = line.total - (try account.credited(invoice.id, position))
        return (min(max(found.cost.roundedToFen, Money(fen: 1)), max(left, .zero)), evidence(line: line, calls: [found]))
    }

    /// The line that a call stands on.
    func place(of call: CallID) throws(Fault) -> (Int, MonthCall)? {
        for position in invoice.lines.indices {
            let behind = try calls(behind: position, of: invoice, in: account.tx)
            if let found = behind.first(where: { $0.call == call }) { return (position, found) }
        }
        return nil
    }

    private func evidence(line: InvoiceLine?, calls: [MonthCall]) -> String {
        let head = journalState([
            "invoice": .text(invoice.number), "due": .text("\(invoice.due)"),
            "subject": .optional(line?.subject.code), "from": .optional(line.map { "\($0.from)" }),
            "through": .optional(line.map { "\($0.through)" }), "quantity": .number(line?.quantity ?? 0),
            "exact": .number(line?.exact.micros ?? 0), "total": .number(line?.total.micros ?? 0),
            "calls": .number(Int64(calls.count)),
        ])
        let list = calls.prefix(BillingLimits.callsInEvidence).map { call in
            journalState([
                "call": .text(call.call.rawValue), "answeredAt": .number(call.answeredAt.milliseconds),
                "endedAt": .number(call.endedAt.milliseconds), "seconds": .number(call.seconds),
                "pricePerSecond": .number(call.pricePerSecond.micros), "cost": .number(call.cost.micros),
                "entry": .text("usage:\(call.call):\(line.map { "\($0.month)" } ?? "")"),
            ])
        }
        return #"{"charge":\#(head),"calls":[\#(list.joined(separator: ","))]}"#
    }
}
