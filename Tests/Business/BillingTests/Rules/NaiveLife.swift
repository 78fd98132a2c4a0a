import Basics
import Billing

/// A second model of clause 5, written from its text and as plainly as possible: it walks every single day with a counter per amount. It shares
/// nothing with the engine but the facts.
struct NaiveLife {
    struct Piece {
        let claim: Claim
        let dispute: HeldAmount?
        /// Days left to pay in time.
        var daysLeft: Int64
        var unpaid: Int64
        /// Its penalty in millionths of a micro-yuan.
        var accrued: Int128 = 0
    }

    struct Penalty {
        var paid: Int64 = 0
        var letGo: Int64 = 0
        var lost = false
    }

    let facts: AccountFacts
    var pieces: [Piece] = []
    var penalties: [InvoiceID: Penalty] = [:]
    var claims: [Claim] = []
    var deposit: Int64 = 0
    var costs: Int64 = 0
    var lost: Int64 = 0

    init(_ facts: AccountFacts, until end: BusinessDate) {
        self.facts = facts
        let claims = facts.claims.sorted { ($0.due, $0.issuedOn, $0.id.rawValue) < ($1.due, $1.issuedOn, $1.id.rawValue) }
        var day = day("2027-01-01")
        while day <= end {
            walk(day)
            for claim in claims where claim.issuedOn == day { enter(claim) }
            happen(on: day)
            day = day.adding(days: 1)
        }
    }

    /// A day goes by: for each amount either a day of its time to pay, or a day of penalty, or nothing where the clock stands still.
    private mutating func walk(_ day: BusinessDate) {
        if facts.stillDays.contains(where: { $0.contains(day) }) { return }
        for index in pieces.indices where pieces[index].daysLeft > 0 || pieces[index].unpaid > 0 {
            if pieces[index].dispute?.days.contains(day) == true { continue }
            if pieces[index].daysLeft > 0 {
                pieces[index].daysLeft -= 1
            } else {
                pieces[index].accrued +=
                    Int128(pieces[index].unpaid) * Int128(pieces[index].claim.terms.ratePerMilleThousandths)
            }
        }
    }

    private mutating func enter(_ claim: Claim) {
        claims.append(claim)
        claims.sort { ($0.due, $0.issuedOn, $0.id.rawValue) < ($1.due, $1.issuedOn, $1.id.rawValue) }
        penalties[claim.id] = Penalty()
        let days = claim.due.dayNumber - claim.issuedOn.dayNumber
        let credits = facts.credits.filter { $0.claim == claim.id }
        var rest = max(claim.amount.micros - credits.reduce(0) { $0 + $1.amount.micros }, 0)
        var own: [Piece] = []
        for dispute in facts.held where dispute.claim == claim.id && !dispute.isPenalty {
            let credited = credits.filter { $0.dispute == dispute.dispute }.reduce(0) { $0 + $1.amount.micros }
            let amount = min(dispute.amount.micros - credited, rest)
            rest -= amount
            own.append(Piece(claim: claim, dispute: dispute, daysLeft: days, unpaid: amount))
        }
        pieces += [Piece(claim: claim, dispute: nil, daysLeft: days, unpaid: rest)] + own
    }

    private mutating func happen(on day: BusinessDate) {
        for cost in facts.costs where cost.on == day { costs += cost.amount.micros }
        spend(day)
        for receipt in facts.receipts where receipt.on == day {
            deposit += receipt.amount.micros
            spend(day)
        }
        for relief in facts.reliefs where relief.on == day {
            guard var penalty = penalties[relief.claim] else { continue }
            penalty.letGo = min(penalty.letGo + relief.amount.micros, rounded(relief.claim))
            let back = max(penalty.paid - (rounded(relief.claim) - penalty.letGo), 0)
            penalty.paid -= back
            deposit += back
            penalties[relief.claim] = penalty
        }
        spend(day)
        for refund in facts.refunds where refund.on == day {
            let covered = min(refund.amount.micros, deposit)
            deposit -= covered
            costs += refund.amount.micros - covered
        }
        for writeOff in facts.writeOffs where writeOff.on == day { lose(writeOff.claim) }
    }

    private mutating func lose(_ claim: InvoiceID) {
        guard var penalty = penalties[claim] else { return }
        let unpaid = max(rounded(claim) - penalty.letGo - penalty.paid, 0)
        penalty.paid += unpaid
        penalty.lost = true
        penalties[claim] = penalty
        lost += unpaid
        for index in pieces.indices where pieces[index].claim.id == claim {
            lost += pieces[index].unpaid
            pieces[index].unpaid = 0
        }
    }

    /// Costs, then penalties, then debts, the oldest first.
    private mutating func spend(_ day: BusinessDate) {
        let first = min(costs, deposit)
        costs -= first
        deposit -= first
        for claim in claims {
            guard var penalty = penalties[claim.id], !penalty.lost else { continue }
            let open = max(rounded(claim.id) - penalty.letGo - penalty.paid, 0)
            let paid = min(max(open - disputed(claim, open, day), 0), deposit)
            penalty.paid += paid
            deposit -= paid
            penalties[claim.id] = penalty
        }
        for claim in claims {
            for index in pieces.indices where pieces[index].claim.id == claim.id && !isHeld(pieces[index], day) {
                let paid = min(pieces[index].unpaid, deposit)
                pieces[index].unpaid -= paid
                deposit -= paid
            }
        }
    }

    private func disputed(_ claim: Claim, _ open: Int64, _ day: BusinessDate) -> Int64 {
        var amount: Int64 = 0
        for held in facts.held where held.isPenalty && held.claim == claim.id && held.days.from <= day {
            if let end = held.days.through, end <= day { continue }
            amount += held.amount.micros
        }
        return min(amount, open)
    }

    private func isHeld(_ piece: Piece, _ day: BusinessDate) -> Bool {
        guard let dispute = piece.dispute, day >= dispute.days.from else { return false }
        return dispute.days.through == nil || day < (dispute.days.through ?? day)
    }

    func accrued(_ claim: InvoiceID) -> Int128 {
        pieces.filter { $0.claim.id == claim }.reduce(0) { $0 + $1.accrued }
    }

    /// To the fen, half to even, by the schoolbook.
    func rounded(_ claim: InvoiceID) -> Int64 {
        let unit: Int128 = 10_000_000_000
        let accrued = accrued(claim)
        var fen = accrued / unit
        let rest = accrued % unit
        if rest > unit / 2 || (rest == unit / 2 && fen % 2 == 1) { fen += 1 }
        return Int64(fen) * 10_000
    }

    /// What the customer would be told at the end of the last day: costs, penalties and debts that are not in dispute.
    func owed(on day: BusinessDate) -> Int64 {
        var sum = costs
        for claim in claims {
            guard let penalty = penalties[claim.id], !penalty.lost else { continue }
            let open = max(rounded(claim.id) - penalty.letGo - penalty.paid, 0)
            sum += open - disputed(claim, open, day)
        }
        for piece in pieces where !isHeld(piece, day) { sum += piece.unpaid }
        return sum
    }

    func held(on day: BusinessDate) -> Int64 {
        var sum: Int64 = 0
        for claim in claims {
            guard let penalty = penalties[claim.id], !penalty.lost else { continue }
            sum += disputed(claim, max(rounded(claim.id) - penalty.letGo - penalty.paid, 0), day)
        }
        for piece in pieces where isHeld(piece, day) { sum += piece.unpaid }
        return sum
    }
}
