import Basics
package import Foundation

/// The clock and the provider's zone.
package enum ClockChecks {
    /// When this program was written; a clock before that is wrong.
    private static let written = Date(timeIntervalSince1970: 1_795_000_000)

    package static func clock(_ now: Date) -> Finding {
        let text = now.formatted(.iso8601)
        guard now > written else {
            return Finding(.failed, "the clock says \(text), which is in the past", "set it; install chrony or systemd-timesyncd")
        }
        guard now < written.addingTimeInterval(20 * 365 * 86_400) else {
            return Finding(
                .failed, "the clock says \(text), which is far in the future", "set it; install chrony or systemd-timesyncd")
        }
        return Finding(.fine, "clock: \(text)")
    }

    static func zone(_ zone: BusinessZone) -> Finding {
        let date = zone.date(of: SystemClock().now())
        return Finding(.fine, "business day: \(date)")
    }
}

/// Limits of the process.
enum LimitChecks {
    static func openFiles() -> Finding {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return Finding(.doubtful, "the limit of open files is unknown")
        }
        guard limit.rlim_cur >= 4_096 else {
            return Finding(
                .doubtful, "only \(limit.rlim_cur) files may be open",
                "ulimit -n 65536, or LimitNOFILE=65536 in the service's unit")
        }
        return Finding(.fine, "open files: up to \(limit.rlim_cur)")
    }
}
