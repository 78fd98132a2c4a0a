import Access
import Agreement
import Basics
import Billing
import Charging
import Customers
import Lines
import Orders
import Storage

/// Plays the demo's past through the use cases of the house.
struct DemoStory {
    let zone: BusinessZone
    let now: Timestamp

    /// When the customers joined: two weeks ago, in the morning.
    private var beginning: Timestamp { instant(daysAgo: 14, minuteOfDay: 8 * 60) }

    /// Takes in every member the way that everybody becomes a customer, with contacts; returns the lines.
    func enrol(_ passwords: [PasswordHash], _ admission: Admission, in tx: any Transaction) throws(Fault) -> [Line] {
        try ensureStandardPlan(in: tx, at: beginning)
        try ensureStandardCatalogue(in: tx, at: beginning, zone: zone)
        _ = try ensureFirstVersion(.standard(DemoCast.provider), in: tx, at: beginning)
        var lines: [Line] = []
        for (member, password) in zip(DemoCast.members, passwords) {
            let newcomer = Newcomer(
                name: try DisplayName(member.name), language: member.language, number: PhoneNumber(trusted: member.number),
                password: password, identity: member.identity, account: AccountID(trusted: "demo-\(member.number)"))
            let line = try admission.admit(newcomer, in: tx, at: beginning)
            for contact in member.contacts {
                _ = try addContact(
                    name: try DisplayName(contact.name), number: PhoneNumber(trusted: contact.number), to: line.customer, in: tx,
                    at: beginning)
            }
            lines.append(line)
        }
        return lines
    }

    /// Makes the past calls, the earliest first. Where the provider had no price yet at the time of a call, it was not made.
    func replay(_ calls: [DemoCast.PastCall], between lines: [Line], in tx: any Transaction) throws(Fault) {
        let prices = try prices(of: Plan.standardID, in: tx)
        for (index, past) in calls.enumerated() {
            let dialledAt = instant(daysAgo: past.daysAgo, minuteOfDay: past.minuteOfDay)
            guard let price = priceInForce(prices, plan: Plan.standardID, kind: past.kind, at: dialledAt) else { continue }
            let dialled = DialledCall(
                call: CallID(trusted: "demo-call-\(index + 1)"), callerLine: lines[past.caller].id,
                callerNumber: lines[past.caller].number, callerDevice: device(lines[past.caller]),
                calleeLine: lines[past.callee].id, calleeNumber: lines[past.callee].number, kind: past.kind,
                account: AccountID(trusted: lines[past.caller].account), pricePerSecond: price.perSecond, dialledAt: dialledAt)
            try make(dialled, past.course, answeringDevice: device(lines[past.callee]), in: tx)
        }
    }

    private func make(
        _ dialled: DialledCall, _ course: DemoCast.PastCall.Course, answeringDevice: DeviceID, in tx: any Transaction
    ) throws(Fault) {
        let rungAt = dialled.dialledAt.adding(seconds: 1)
        try recordDialledCall(dialled, in: tx)
        let closing: CallClosing
        switch course {
        case .talked(let seconds):
            try reserve(dialled, seconds: seconds, in: tx)
            let answeredAt = dialled.dialledAt.adding(seconds: 6)
            try recordAnswer(of: dialled.call, by: answeringDevice, rungAt: rungAt, in: tx, at: answeredAt)
            let endedAt = answeredAt.adding(seconds: seconds)
            let settlement = try settle(dialled, seconds: seconds, in: tx, at: endedAt)
            closing = CallClosing(
                call: dialled.call, outcome: .hungUp, endedBy: .caller, rungAt: rungAt, endedAt: endedAt,
                seconds: settlement.seconds, cost: settlement.cost)
        case .noAnswer: closing = unanswered(dialled, .noAnswer, by: nil, after: 61, rungAt)
        case .declined: closing = unanswered(dialled, .declined, by: .callee, after: 9, rungAt)
        case .cancelled: closing = unanswered(dialled, .cancelled, by: .caller, after: 14, rungAt)
        }
        try closeCallRecord(closing, in: tx)
    }

    private func unanswered(
        _ dialled: DialledCall, _ outcome: CallOutcome, by ender: CallRole?, after seconds: Int64, _ rungAt: Timestamp
    ) -> CallClosing {
        CallClosing(
            call: dialled.call, outcome: outcome, endedBy: ender, rungAt: rungAt,
            endedAt: dialled.dialledAt.adding(seconds: seconds))
    }

    private func reserve(_ dialled: DialledCall, seconds: Int64, in tx: any Transaction) throws(Fault) {
        guard let account = dialled.account else { return }
        let request = ReserveCreditRequest(
            operation: OperationID(trusted: "\(dialled.call)-reserve"), call: dialled.call, account: account,
            pricePerSecond: dialled.pricePerSecond, sliceSeconds: max(seconds, ChargingLimits.sliceSeconds))
        _ = try reserveCredit(request, in: tx, at: dialled.dialledAt, zone: zone)
    }

    private func settle(
        _ dialled: DialledCall, seconds: Int64, in tx: any Transaction, at endedAt: Timestamp
    ) throws(Fault) -> Settlement {
        let settlement = try settleCredit(
            OperationID(trusted: "\(dialled.call)-settle"), call: dialled.call, usedSeconds: seconds, in: tx, at: endedAt,
            zone: zone)
        try postUsage(settlement, kind: dialled.kind, endedAt: endedAt, in: tx, at: endedAt, zone: zone)
        return settlement
    }

    private func device(_ line: Line) -> DeviceID { DeviceID(trusted: "demo-\(line.number.digits)") }

    private func instant(daysAgo: Int64, minuteOfDay: Int64) -> Timestamp {
        zone.start(of: zone.date(of: now).adding(days: -daysAgo)).adding(seconds: minuteOfDay * 60)
    }
}
