import Basics
import Billing
import Charging

/// What the page of the customer's money says: how much today and why, what is held back from it, what comes next and when.
struct MoneyModel {
    let dossier: MoneyDossier
    let reader: PageReader

    private var standing: Standing { dossier.owed.standing }

    var model: [String: Any] {
        let owed = dossier.owed
        var model: [String: Any] = [
            "owed": owed.total.formatted, "owes": owed.total > .zero, "headline": headline, "tone": tone, "reasons": reasons,
            "next": next, "heldItems": held, "hasHeld": !held.isEmpty, "hasHolds": !dossier.holds.isEmpty,
            "holds": dossier.holds.map { $0.model(reader) },
        ]
        if owed.deposit > .zero { model["deposit"] = reader.text("money.deposit", ["amount": owed.deposit.formatted]) }
        if owed.unbilled > .zero {
            model["unbilled"] = reader.text(
                "money.unbilled", ["amount": owed.unbilled.formatted, "date": reader.day(reader.today.month.next.first)])
        }
        model.merge(CreditGauge(summary: dossier.summary, reader: reader).model) { first, _ in first }
        return model
    }

    private var headline: String {
        switch dossier.owed.position.step {
        case _ where dossier.owed.total == .zero: reader.text("money.line.nothing")
        case .inTime: reader.text("money.line.due")
        case .overdue: reader.text("money.line.overdue")
        case .suspended: reader.text("money.line.suspended")
        case .terminated: reader.text("money.line.terminated")
        }
    }

    private var tone: String {
        if dossier.owed.total == .zero { return "good" }
        return dossier.owed.position.step == .inTime ? "" : "bad"
    }

    // MARK: Why

    private var reasons: [[String: Any]] {
        var reasons: [[String: Any]] = []
        for claim in standing.claims where claim.principal > .zero || claim.penalty > .zero {
            guard let invoice = dossier.invoices[claim.claim] else { continue }
            if claim.principal > .zero { reasons.append(principal(claim, invoice)) }
            if claim.penalty > .zero { reasons.append(penalty(claim, invoice)) }
        }
        if standing.costs > .zero { reasons.append(reason("money.why.costs", [:], standing.costs)) }
        return reasons
    }

    private func principal(_ claim: ClaimStanding, _ invoice: Invoice) -> [String: Any] {
        let isOverdue = claim.due < reader.today
        var line = reason(
            isOverdue ? "money.why.overdue" : "money.why.due",
            ["month": reader.month(invoice.month), "due": reader.day(claim.due)], claim.principal)
        line["href"] = "/money/invoices/\(invoice.number)"
        line["number"] = invoice.number
        if claim.principal < invoice.total, claim.held == .zero {
            line["more"] = reader.text("money.why.rest", ["total": invoice.total.formatted])
        }
        return line
    }

    private func penalty(_ claim: ClaimStanding, _ invoice: Invoice) -> [String: Any] {
        var line = reason("money.why.penalty", ["month": reader.month(invoice.month)], claim.penalty)
        line["more"] = PenaltyWords(claim: claim, terms: invoice.terms, reader: reader).sentence
        line["objection"] = "/money/disputes/new?invoice=\(invoice.number)&penalty=1"
        return line
    }

    private func reason(_ key: String, _ parameters: [String: String], _ amount: Money) -> [String: Any] {
        ["name": reader.text(key, parameters), "amount": amount.formatted]
    }

    private var held: [[String: Any]] {
        dossier.disputes.map { dispute in
            [
                "href": "/money/disputes/\(dispute.id)", "amount": dispute.amount.formatted,
                "name": reader.text(
                    dispute.answerDue < reader.today ? "money.dispute.lineLate" : "money.held",
                    ["date": reader.day(dispute.answerDue)]),
            ]
        }
    }

    // MARK: What comes next

    /// The ladder in words, for one who is not paying; nothing where nothing is owed.
    private var next: [[String: Any]] {
        let owed = dossier.owed
        guard owed.total > .zero else { return [] }
        var steps: [[String: Any]] = []
        switch owed.position.step {
        case .inTime: steps += inTime
        case .overdue:
            steps.append(step("money.next.overdue", owed.position.since, [:], state: "done"))
            if let daily { steps.append(step("money.next.daily", reader.today, ["amount": daily], state: "now")) }
            if let next = owed.position.next { steps.append(step("money.next.suspension", next.on)) }
        case .suspended:
            steps.append(step("money.next.suspended", owed.position.since, [:], state: "bad"))
            steps.append(step("money.next.restore", reader.today, [:], state: "now"))
            if let next = owed.position.next { steps.append(step("money.next.termination", next.on)) }
        case .terminated: steps.append(step("money.next.terminated", owed.position.since, [:], state: "bad"))
        }
        return steps
    }

    private var inTime: [[String: Any]] {
        guard let first = standing.claims.first(where: { $0.principal > .zero }), let invoice = dossier.invoices[first.claim]
        else {
            return []
        }
        let due = first.due
        return [
            step("money.next.due", due, ["amount": first.principal.formatted], state: "now"),
            step("money.next.penalty", due.adding(days: 1), ["rate": reader.rate(invoice.terms)]),
            step("money.next.suspension", due.adding(months: invoice.terms.monthsUntilSuspension).adding(days: 1)),
        ]
    }

    /// What another day costs: the penalty of tomorrow less today's.
    private var daily: String? {
        let sum = standing.claims.filter { $0.principal > .zero && $0.due < reader.today }.reduce(Money.zero) { sum, claim in
            guard let terms = dossier.invoices[claim.claim]?.terms else { return sum }
            return sum
                + Billing.penalty(
                    on: claim.principal, due: reader.today, through: reader.today.adding(days: 1), terms: terms
                ).inMicros
        }
        guard sum > .zero else { return nil }
        // It is rounded once, when it is asked for: here a fen is near enough.
        return sum < Money(micros: 10_000) ? sum.exactlyFormatted : sum.formatted
    }

    private func step(
        _ key: String, _ day: BusinessDate, _ parameters: [String: String] = [:], state: String = ""
    ) -> [String: Any] {
        let words = parameters.merging(["date": reader.day(day)]) { own, _ in own }
        return ["name": reader.text(key, words), "when": reader.day(day), "state": state]
    }
}

/// How a penalty is reckoned, in one sentence.
struct PenaltyWords {
    let claim: ClaimStanding
    let terms: LatePaymentTerms
    let reader: PageReader

    /// The product where one product explains it; else from when, how much altogether and how much of it is paid: part payments, disputes and days that do
    /// not count make a sum of several.
    var sentence: String {
        let days = reader.today.days(since: claim.due)
        let product = penalty(on: claim.principal, due: claim.due, through: reader.today, terms: terms)
        if product == claim.accrued, claim.penalty == claim.accrued.rounded {
            return reader.text(
                "money.penalty.product",
                ["principal": claim.principal.formatted, "rate": reader.rate(terms), "days": "\(days)"])
        }
        return reader.text(
            "money.penalty.sum",
            [
                "date": reader.day(claim.due.adding(days: 1)), "rate": reader.rate(terms),
                "all": claim.accrued.rounded.formatted, "paid": claim.paidPenalty.formatted,
            ])
    }
}
