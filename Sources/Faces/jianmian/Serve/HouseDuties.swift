import Access
import Agreement
import Basics
import Billing
import Customers
import Lines
import Notices
import Orders
import Storage

/// What the rooms have to do by the clock. Each duty looks for what is due and not yet done, in small transactions until nothing is left.
struct HouseDuties {
    let zone: BusinessZone
    let seal: ProviderSeal
    let delivery: (any NoticeDelivery)?
    let clock: any ServiceClock

    var all: [Duty] { access + agreement + money + word }

    /// Duties that wait for others than the database; on a ticker of their own, so that a slow gateway holds up nothing else.
    var outgoing: [Duty] {
        let (delivery, clock) = (delivery, clock)
        return [
            // What is to leave the house; without a gateway the box in the account is all there is.
            Duty("outbox", everySeconds: 5) { database, _ throws(Fault) in
                try await deliverNotices(by: delivery, on: database, clock: clock)
            }
        ]
    }

    /// Who comes in, who they are, and what is kept of them.
    private var access: [Duty] {
        let zone = zone
        return [
            Duty(once: "sweep access", everySeconds: hour) { tx, now throws(Fault) in try sweepAccess(in: tx, at: now) },
            // Clause 1: evidence that did not come in time; data whose retention is over.
            Duty(steps: "identity deadlines", everySeconds: minute) { tx, now throws(Fault) in
                try enforceIdentityDeadlines(in: tx, at: now)
            },
            Duty(steps: "erasure", everySeconds: hour) { tx, now throws(Fault) in
                try eraseEnded(on: zone.date(of: now), in: tx, at: now)
            },
        ]
    }

    /// Orders and the agreement's life.
    private var agreement: [Duty] {
        let (zone, seal) = (zone, seal)
        return [
            // Clause 2: changes of plan whose day has come; applications that were never finished.
            Duty(steps: "due orders", everySeconds: minute) { tx, now throws(Fault) in
                try advanceDueOrders(in: tx, at: now, zone: zone)
            },
            Duty(steps: "lapsed applications", everySeconds: hour) { tx, now throws(Fault) in
                try lapseApplications(in: tx, at: now, zone: zone)
            },
            // Clause 17: annexes that came while no seal was at hand.
            Duty(steps: "unsealed fingerprints", everySeconds: minute) { tx, _ throws(Fault) in
                try sealFingerprints(with: seal, in: tx)
            },
            // Clause 15: windows that end in seven days, windows that ended without a word.
            Duty(once: "window reminders", everySeconds: hour) { tx, now throws(Fault) in
                try remindOfWindows(on: zone.date(of: now), in: tx, at: now, zone: zone)
            },
            Duty("silence", everySeconds: hour) { database, now throws(Fault) in
                var last: AgreementID?
                repeat {
                    let after = last
                    last = try await database.write { tx throws(Fault) in
                        try bindSilence(after: after, in: tx, at: now, zone: zone).next
                    }
                } while last != nil
            },
        ]
    }

    /// Clauses 5 and 11: endings that are paid, last month's invoices, the day's look at every account.
    private var money: [Duty] {
        let zone = zone
        return [
            Duty(steps: "billing", everySeconds: 5) { tx, now throws(Fault) in try advanceBilling(in: tx, at: now, zone: zone) }
        ]
    }

    /// What the journal says is told to those whom it concerns; jobs that tell very many go on a few batches at a time.
    private var word: [Duty] {
        let (zone, clock) = (zone, clock)
        return [
            Duty("notices", everySeconds: 1) { database, _ throws(Fault) in
                try await followEvents(on: database, clock: clock, zone: zone)
            },
            Duty("jobs", everySeconds: 1) { database, _ throws(Fault) in
                try await advanceJobs(noticeJobs(zone: zone), on: database, clock: clock, batches: batchesPerLook)
            },
        ]
    }
}

private let minute: Int64 = 60
private let hour: Int64 = 3600
/// Batches of jobs between two looks at the other duties.
private let batchesPerLook = 4

extension Duty {
    /// Work of one transaction.
    fileprivate init<Result: Sendable>(
        once name: String, everySeconds: Int64, work: @escaping @Sendable (any Transaction, Timestamp) throws(Fault) -> Result
    ) {
        self.init(name, everySeconds: everySeconds) { database, now throws(Fault) in
            _ = try await database.write { tx throws(Fault) in try work(tx, now) }
        }
    }

    /// A step that is done again, each time in a transaction of its own, until it has nothing left to do.
    fileprivate init(
        steps name: String, everySeconds: Int64, work: @escaping @Sendable (any Transaction, Timestamp) throws(Fault) -> Int
    ) {
        self.init(name, everySeconds: everySeconds) { database, now throws(Fault) in
            while try await database.write({ tx throws(Fault) in try work(tx, now) }) > 0 {}
        }
    }
}
