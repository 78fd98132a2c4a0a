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

    var all: [Duty] {
        [sweep, deadlines, orders, applications, fingerprints, silence, erasure, billing, notices, reminders, jobs]
    }

    /// Duties that wait for others than the database; on a ticker of their own, so that a slow gateway holds up nothing else.
    var outgoing: [Duty] { [outbox] }

    private var sweep: Duty {
        Duty("sweep access", everySeconds: 3600) { database, now throws(Fault) in
            try await database.write { tx throws(Fault) in _ = try sweepAccess(in: tx, at: now) }
        }
    }

    /// Clause 1: evidence that did not come in time.
    private var deadlines: Duty {
        Duty("identity deadlines", everySeconds: 60) { database, now throws(Fault) in
            try await untilNone(database) { tx throws(Fault) in try enforceIdentityDeadlines(in: tx, at: now) }
        }
    }

    /// Clause 2: changes of plan whose day has come.
    private var orders: Duty {
        let zone = zone
        return Duty("due orders", everySeconds: 60) { database, now throws(Fault) in
            try await untilNone(database) { tx throws(Fault) in try advanceDueOrders(in: tx, at: now, zone: zone) }
        }
    }

    /// Applications that were never finished.
    private var applications: Duty {
        let zone = zone
        return Duty("lapsed applications", everySeconds: 3600) { database, now throws(Fault) in
            try await untilNone(database) { tx throws(Fault) in try lapseApplications(in: tx, at: now, zone: zone) }
        }
    }

    /// Clause 17: annexes that came while no seal was at hand.
    private var fingerprints: Duty {
        let seal = seal
        return Duty("unsealed fingerprints", everySeconds: 60) { database, _ throws(Fault) in
            try await untilNone(database) { tx throws(Fault) in try sealFingerprints(with: seal, in: tx) }
        }
    }

    /// Clause 15: windows that ended without a word.
    private var silence: Duty {
        let zone = zone
        return Duty("silence", everySeconds: 3600) { database, now throws(Fault) in
            var last: AgreementID?
            repeat {
                let after = last
                last = try await database.write { tx throws(Fault) in
                    try bindSilence(after: after, in: tx, at: now, zone: zone).next
                }
            } while last != nil
        }
    }

    /// Clauses 5 and 11: endings that are paid, last month's invoices, the day's look at every account.
    private var billing: Duty {
        let zone = zone
        return Duty("billing", everySeconds: 5) { database, now throws(Fault) in
            try await untilNone(database) { tx throws(Fault) in try advanceBilling(in: tx, at: now, zone: zone) }
        }
    }

    /// Clause 1: data whose retention is over.
    private var erasure: Duty {
        let zone = zone
        return Duty("erasure", everySeconds: 3600) { database, now throws(Fault) in
            try await untilNone(database) { tx throws(Fault) in
                try eraseDueCustomers(on: zone.date(of: now), in: tx, at: now)
            }
        }
    }

    /// What the journal says is told to those whom it concerns.
    private var notices: Duty {
        let zone = zone
        return Duty("notices", everySeconds: 1) { database, now throws(Fault) in
            try await followEvents(on: database, clock: MovableClock(standingAt: now), zone: zone)
        }
    }

    /// Clause 15: windows that end in seven days.
    private var reminders: Duty {
        let zone = zone
        return Duty("window reminders", everySeconds: 3600) { database, now throws(Fault) in
            try await database.write { tx throws(Fault) in
                _ = try remindOfWindows(on: zone.date(of: now), in: tx, at: now, zone: zone)
            }
        }
    }

    /// Jobs that tell very many, a few batches at a time.
    private var jobs: Duty {
        let zone = zone
        return Duty("jobs", everySeconds: 1) { database, now throws(Fault) in
            try await advanceJobs(
                noticeJobs(zone: zone), on: database, clock: MovableClock(standingAt: now), batches: Self.batchesPerLook)
        }
    }

    /// Batches of jobs between two looks at the other duties.
    private static let batchesPerLook = 4

    /// What is to leave the house; without a gateway the box in the account is all there is.
    private var outbox: Duty {
        let delivery = delivery
        return Duty("outbox", everySeconds: 5) { database, now throws(Fault) in
            try await deliverNotices(by: delivery, on: database, clock: MovableClock(standingAt: now))
        }
    }
}

/// Does a step again until it has nothing left to do, each in a transaction of its own.
private func untilNone(
    _ database: any Database, _ step: @escaping @Sendable (any Transaction) throws(Fault) -> Int
) async throws(Fault) {
    while try await database.write(step) > 0 {}
}
