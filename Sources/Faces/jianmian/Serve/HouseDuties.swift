import Access
import Basics
import Storage

/// What the rooms have to do by the clock.
enum HouseDuties {
    static func all(zone: BusinessZone) -> [Duty] {
        [
            Duty("sweep access", everySeconds: 3600) { database, now throws(Fault) in
                try await database.write { tx throws(Fault) in _ = try sweepAccess(in: tx, at: now) }
            }
        ]
    }
}
