public import Basics

/// How an account stands at the end of a day, from the facts alone.
///
/// The life is played from its beginning. Within a day: penalties of the day come first, then new invoices, costs and the ends and beginnings
/// of disputes, then receipts in their order, then reliefs, refunds and write-offs; after each of these, money on deposit goes to what is
/// owed. A fact that is taken back (a bounced payment) or comes late (an upheld dispute) changes everything after it exactly as if it
/// had been so from the beginning.
public func standing(of facts: AccountFacts, on day: BusinessDate) -> Standing {
    var life = AccountLife(facts)
    for event in life.days where event <= day { life.play(event) }
    return life.standing(on: day)
}

/// Moves as much of the money as is owed.
private func pay(_ debt: inout Money, from money: inout Money) {
    let paid = min(debt, money)
    money -= paid
    debt -= paid
}

/// One unpaid part of a claim: what is undisputed, or what one dispute is about.
private struct Part {
    let claim: Int
    let dispute: HeldAmount?
    let still: DaySet
    let due: BusinessDate
    var unpaid: Money
    var accruedThrough: BusinessDate

    func isHeld(on day: BusinessDate) -> Bool {
        guard let dispute else { return false }
        // On the day of the decision it is no longer held back, but does not accrue yet.
        return dispute.days.from <= day && (dispute.days.through.map { day < $0 } ?? true)
    }
}

private struct ClaimState {
    let claim: Claim
    var accrued = ExactPenalty.zero
    /// The accrued penalty as of the last event, in fen.
    var posted = Money.zero
    var paid = Money.zero
    var relief = Money.zero
    var isIssued = false
    var writtenOff = Money.zero
    var isWrittenOff = false

    /// The penalty that could be paid, by what is booked.
    var payable: Money { max(posted - relief - paid, .zero) }
}

private struct AccountLife {
    let facts: AccountFacts
    /// The days on which something happens, in order.
    let days: [BusinessDate]
    private var claims: [ClaimState]
    private var parts: [Part] = []
    private var deposit = Money.zero
    private var costs = Money.zero

    init(_ facts: AccountFacts) {
        self.facts = facts
        let sorted = facts.claims.sorted { ($0.due, $0.issuedOn, $0.id.rawValue) < ($1.due, $1.issuedOn, $1.id.rawValue) }
        claims = sorted.map { ClaimState(claim: $0) }
        days = Set(facts.eventDays).sorted()
        for index in claims.indices { parts += Self.parts(of: claims[index].claim, at: index, facts) }
    }

    /// Divides a claim, less its credit notes, into what is undisputed and what each dispute is about. The undisputed part is the first to
    /// be paid.
    private static func parts(of claim: Claim, at index: Int, _ facts: AccountFacts) -> [Part] {
        let held = facts.held.filter { $0.claim == claim.id && !$0.isPenalty }
        let credits = facts.credits.filter { $0.claim == claim.id }
        var left = max(claim.amount - credits.reduce(.zero) { $0 + $1.amount }, .zero)
        var disputed: [(HeldAmount, Money)] = []
        for dispute in held {
            let credited = credits.filter { $0.dispute == dispute.dispute }.reduce(Money.zero) { $0 + $1.amount }
            let amount = min(max(dispute.amount - credited, .zero), left)
            left -= amount
            disputed.append((dispute, amount))
        }
        let still = DaySet(facts.stillDays)
        let plain = Part(
            claim: index, dispute: nil, still: still, due: shifted(claim, still), unpaid: left, accruedThrough: claim.issuedOn)
        return [plain]
            + disputed.map { dispute, amount in
                let still = DaySet(facts.stillDays + [dispute.days])
                return Part(
                    claim: index, dispute: dispute, still: still, due: shifted(claim, still), unpaid: amount,
                    accruedThrough: claim.issuedOn)
            }
    }

    /// The due date of an amount whose clock stood still between the invoice and the due date: so many counting days as were given remain.
    private static func shifted(_ claim: Claim, _ still: DaySet) -> BusinessDate {
        still.day(after: claim.issuedOn, counting: claim.due.days(since: claim.issuedOn))
    }

    // MARK: Playing a day

    mutating func play(_ day: BusinessDate) {
        accrue(through: day)
        for index in claims.indices {
            if claims[index].claim.issuedOn == day { claims[index].isIssued = true }
            claims[index].posted = claims[index].accrued.rounded
        }
        for cost in facts.costs where cost.on == day { costs += cost.amount }
        allocate(on: day)
        for receipt in facts.receipts where receipt.on == day {
            deposit += receipt.amount
            allocate(on: day)
        }
        for relief in facts.reliefs where relief.on == day { grant(relief) }
        allocate(on: day)
        for refund in facts.refunds where refund.on == day { payBack(refund.amount) }
        for writeOff in facts.writeOffs where writeOff.on == day { giveUp(writeOff.claim) }
    }

    private mutating func accrue(through day: BusinessDate) {
        for index in parts.indices where parts[index].accruedThrough < day {
            let part = parts[index]
            parts[index].accruedThrough = day
            guard part.unpaid != .zero else { continue }
            let days = part.still.counting(after: max(part.accruedThrough, part.due), through: day)
            claims[part.claim].accrued.accrue(
                on: part.unpaid, days: days, rate: claims[part.claim].claim.terms.ratePerMilleThousandths)
        }
    }

    private mutating func allocate(on day: BusinessDate) {
        guard deposit != .zero else { return }
        for target in facts.order {
            switch target {
            case .costs: pay(&costs, from: &deposit)
            case .penalty:
                for index in claims.indices where claims[index].isIssued && !claims[index].isWrittenOff {
                    let unpaid = claims[index].payable
                    let payable = unpaid - heldPenalty(of: index, unpaid, on: day)
                    let paid = min(payable, deposit)
                    deposit -= paid
                    claims[index].paid += paid
                }
            case .principal:
                for index in parts.indices where claims[parts[index].claim].isIssued && !parts[index].isHeld(on: day) {
                    pay(&parts[index].unpaid, from: &deposit)
                }
            }
        }
    }

    /// What was paid already of a penalty that is let go comes back as a deposit.
    private mutating func grant(_ relief: PenaltyRelief) {
        guard let index = claims.firstIndex(where: { $0.claim.id == relief.claim }) else { return }
        claims[index].relief += min(relief.amount, claims[index].posted - claims[index].relief)
        let excess = max(claims[index].paid + claims[index].relief - claims[index].posted, .zero)
        claims[index].paid -= excess
        deposit += excess
    }

    /// What was paid back and is not on deposit, because a payment bounced afterwards, is owed to the provider as costs are.
    private mutating func payBack(_ amount: Money) {
        let covered = min(amount, deposit)
        deposit -= covered
        costs += amount - covered
    }

    private mutating func giveUp(_ id: InvoiceID) {
        guard let index = claims.firstIndex(where: { $0.claim.id == id && $0.isIssued }) else { return }
        var total = claims[index].payable
        for part in parts.indices where parts[part].claim == index {
            total += parts[part].unpaid
            parts[part].unpaid = .zero
        }
        claims[index].paid += claims[index].payable
        claims[index].writtenOff += total
        claims[index].isWrittenOff = true
    }

    /// What of an unpaid penalty is in dispute.
    private func heldPenalty(of index: Int, _ unpaid: Money, on day: BusinessDate) -> Money {
        let held = facts.held.filter { held in
            held.isPenalty && held.claim == claims[index].claim.id && held.days.from <= day
                && (held.days.through.map { day < $0 } ?? true)
        }
        return min(held.reduce(.zero) { $0 + $1.amount }, unpaid)
    }

    // MARK: Reading it

    mutating func standing(on day: BusinessDate) -> Standing {
        accrue(through: day)
        let standings = claims.indices.filter { claims[$0].claim.issuedOn <= day }.map { index in
            let state = claims[index]
            let own = parts.filter { $0.claim == index }
            let booked = state.payable
            let unpaid = state.isWrittenOff ? .zero : max(state.accrued.rounded - state.relief - state.paid, .zero)
            let heldPenalty = heldPenalty(of: index, unpaid, on: day)
            let open = own.filter { $0.unpaid != .zero }
            let clocks = (open.isEmpty ? Array(own.prefix(1)) : open).map {
                PartClock(due: $0.due, still: $0.still, isHeld: $0.isHeld(on: day))
            }
            return ClaimStanding(
                claim: state.claim.id, due: own.first?.due ?? state.claim.due,
                principal: own.filter { !$0.isHeld(on: day) }.reduce(.zero) { $0 + $1.unpaid },
                held: own.filter { $0.isHeld(on: day) }.reduce(.zero) { $0 + $1.unpaid }, accrued: state.accrued,
                penalty: unpaid - heldPenalty, heldPenalty: heldPenalty,
                bookedPenalty: state.posted - state.relief, bookedUnpaid: booked, paidPenalty: state.paid,
                writtenOff: state.writtenOff, clocks: clocks)
        }
        return Standing(on: day, claims: standings, costs: costs, deposit: deposit)
    }
}

/// The last day on which something happened to an account; nil where nothing ever did.
package func lastEvent(of facts: AccountFacts) -> BusinessDate? { facts.eventDays.max() }

extension AccountFacts {
    /// The days on which something happens, in no order.
    fileprivate var eventDays: [BusinessDate] {
        var days = claims.map(\.issuedOn) + receipts.map(\.on) + refunds.map(\.on) + costs.map(\.on)
        days += held.map(\.days.from) + held.compactMap(\.days.through)
        days += reliefs.map(\.on) + writeOffs.map(\.on) + reckonings
        return days
    }
}
