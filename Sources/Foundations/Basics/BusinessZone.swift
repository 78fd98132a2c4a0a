/// A time zone in which business days and months begin and end, from the system's tz data (RFC 9636).
///
/// Every instant lies in exactly one business day: day *d* is `start(of: d) ..< start(of: d + 1)`, where a day starts at the first instant
/// whose local clock shows it (after a skipped midnight that is later than 00:00; a day that was skipped altogether is empty).
public struct BusinessZone: Sendable {
    /// The name in the tz database, such as `Asia/Shanghai`.
    public let name: String
    private let rules: ZoneRules

    /// Loads a zone; throws `basics.unknown-zone` when the system does not have it.
    public init(_ name: String) throws(Fault) {
        if let rules = ZoneFile.load(name) {
            self.init(name: name, rules: rules)
        } else if name == "Asia/Shanghai" {
            self = .chinaStandardTime
        } else {
            throw Fault(
                .unknownZone, "the system has no time zone \(name); install tzdata or give a name such as Asia/Shanghai",
                ["zone": name])
        }
    }

    /// The provider's default zone. Where the system has no tz data it is UTC+8 throughout, which is right for every day since 1991-09-15.
    public static let shanghai: BusinessZone = {
        do throws(Fault) { return try BusinessZone("Asia/Shanghai") } catch { return .chinaStandardTime }
    }()

    /// UTC itself.
    public static let utc = BusinessZone(name: "UTC", rules: ZoneRules(fixed: 0))

    private static let chinaStandardTime = BusinessZone(name: "Asia/Shanghai", rules: ZoneRules(fixed: 8 * 3600))

    package init(name: String, rules: ZoneRules) {
        self.name = name
        self.rules = rules
    }

    /// Seconds that local clocks are ahead of UTC at an instant.
    public func offset(at instant: Timestamp) -> Int64 { rules.offset(at: seconds(instant)) }

    /// The business day of an instant.
    public func date(of instant: Timestamp) -> BusinessDate {
        let civil = BusinessDate(clamping: floorDivide(seconds(instant) + offset(at: instant), 86_400))
        // Clocks that go back across midnight show the old day once more; business has moved on.
        let next = civil.adding(days: 1)
        return next > civil && start(of: next) <= instant ? next : civil
    }

    /// The business month of an instant.
    public func month(of instant: Timestamp) -> BusinessMonth { date(of: instant).month }

    /// The local wall clock of an instant, for showing.
    public func clock(of instant: Timestamp) -> (date: BusinessDate, hour: Int, minute: Int, second: Int) {
        let local = seconds(instant) + offset(at: instant)
        let day = floorDivide(local, 86_400)
        let rest = Int(local - day * 86_400)
        return (BusinessDate(clamping: day), rest / 3600, rest / 60 % 60, rest % 60)
    }

    /// The first instant of a day.
    public func start(of date: BusinessDate) -> Timestamp {
        Timestamp(milliseconds: rules.firstInstant(showing: date.dayNumber * 86_400) * 1000)
    }

    /// The first instant after a day.
    public func end(of date: BusinessDate) -> Timestamp { start(of: date.adding(days: 1)) }

    /// The first instant of a month.
    public func start(of month: BusinessMonth) -> Timestamp { start(of: month.first) }

    /// The first instant after a month.
    public func end(of month: BusinessMonth) -> Timestamp { start(of: month.next) }

    private func seconds(_ instant: Timestamp) -> Int64 { floorDivide(instant.milliseconds, 1000) }
}

extension Fault.Code {
    /// The system's tz data has no zone of this name.
    public static let unknownZone = Fault.Code("basics.unknown-zone", .invalid)
}

/// Division that rounds down, also for negative numbers. The divisor is positive.
func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
