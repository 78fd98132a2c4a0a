/// The rule for the years after a zone file's last change, as POSIX writes it: `CST-8`, `EST5EDT,M3.2.0,M11.1.0`.
package struct PosixZone: Sendable, Equatable {
    /// A day of the year and the seconds after its midnight, on the clock before the change.
    struct Moment: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// Month, week 1 … 5 (5 is the last), weekday 0 … 6 from Sunday.
            case weekday(month: Int, week: Int, day: Int)
            /// 1 … 365, 29 February is never counted.
            case julian(Int)
            /// 0 … 365, 29 February is counted.
            case ordinal(Int)
        }
        var day: Day
        var seconds: Int64
    }

    var standard: Int64
    /// Summer time's offset, its beginning and its end; nil where clocks never change.
    var summer: (offset: Int64, begins: Moment, ends: Moment)?

    package static func == (a: PosixZone, b: PosixZone) -> Bool {
        a.standard == b.standard && a.summer?.offset == b.summer?.offset && a.summer?.begins == b.summer?.begins
            && a.summer?.ends == b.summer?.ends
    }

    func offset(at second: Int64) -> Int64 {
        guard let summer else { return standard }
        let year = BusinessDate(clamping: floorDivide(second + standard, 86_400)).year
        let begin = instant(summer.begins, year, before: standard)
        let end = instant(summer.ends, year, before: summer.offset)
        // South of the equator summer time lasts over the new year.
        let isSummer = begin < end ? (begin..<end).contains(second) : !(end..<begin).contains(second)
        return isSummer ? summer.offset : standard
    }

    /// The changes of the years before, at and after an instant.
    func changesAround(_ second: Int64) -> [Int64] {
        guard let summer else { return [] }
        let year = BusinessDate(clamping: floorDivide(second, 86_400)).year
        return (year - 1...year + 1).flatMap {
            [instant(summer.begins, $0, before: standard), instant(summer.ends, $0, before: summer.offset)]
        }
    }

    private func instant(_ moment: Moment, _ year: Int, before offset: Int64) -> Int64 {
        Self.date(moment.day, year).dayNumber * 86_400 + moment.seconds - offset
    }

    private static func date(_ day: Moment.Day, _ year: Int) -> BusinessDate {
        let newYear = BusinessMonth(clamping: Int64(year) * 12).first
        switch day {
        case .ordinal(let number): return newYear.adding(days: Int64(number))
        case .julian(let number):
            let isAfterLeapDay = number >= 60 && BusinessDate.daysIn(month: 2, year: year) == 29
            return newYear.adding(days: Int64(isAfterLeapDay ? number : number - 1))
        case .weekday(let monthOfYear, let week, let day):
            let month = BusinessMonth(clamping: Int64(year) * 12 + Int64(monthOfYear) - 1)
            let first = month.first
            // ISO's 7 is POSIX's 0.
            let ahead = (day - first.weekday % 7 + 7) % 7
            var number = ahead + (week - 1) * 7
            if number >= month.dayCount { number -= 7 }
            return first.adding(days: Int64(number))
        }
    }
}

extension PosixZone {
    /// Parses the rule; nil when it is not one.
    package init?(_ text: String) {
        var reader = PosixReader(Array(text.utf8))
        guard reader.name(), let west = reader.signedTime() else { return nil }
        standard = -west
        summer = nil
        if reader.isAtEnd { return }
        guard reader.name() else { return nil }
        var offset = standard + 3600
        if !reader.next(is: UInt8(ascii: ",")) {
            guard let west = reader.signedTime() else { return nil }
            offset = -west
        }
        guard reader.skip(UInt8(ascii: ",")), let begins = reader.moment(), reader.skip(UInt8(ascii: ",")),
            let ends = reader.moment(),
            reader.isAtEnd
        else { return nil }
        summer = (offset, begins, ends)
    }
}

/// Reads the pieces of a POSIX zone rule.
private struct PosixReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    func next(is byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard next(is: byte) else { return false }
        position += 1
        return true
    }

    /// `EST` or `<+08>`.
    mutating func name() -> Bool {
        let start = position
        if skip(UInt8(ascii: "<")) {
            guard let end = bytes[position...].firstIndex(of: UInt8(ascii: ">")) else { return false }
            position = end + 1
            return true
        }
        while position < bytes.count, (65...90).contains(bytes[position] & 0xdf) { position += 1 }
        return position - start >= 3
    }

    /// `-8`, `5:30`, `+167:59:59` as seconds.
    mutating func signedTime() -> Int64? {
        let isNegative = skip(UInt8(ascii: "-"))
        if !isNegative { _ = skip(UInt8(ascii: "+")) }
        guard let hours = number(upTo: 167) else { return nil }
        var seconds = hours * 3600
        if skip(UInt8(ascii: ":")) {
            guard let minutes = number(upTo: 59) else { return nil }
            seconds += minutes * 60
            if skip(UInt8(ascii: ":")) {
                guard let rest = number(upTo: 59) else { return nil }
                seconds += rest
            }
        }
        return Int64(isNegative ? -seconds : seconds)
    }

    /// `M3.2.0/2`, `J60`, `59`; the time is 02:00 unless given.
    mutating func moment() -> PosixZone.Moment? {
        guard let day = day() else { return nil }
        guard skip(UInt8(ascii: "/")) else { return PosixZone.Moment(day: day, seconds: 7200) }
        return signedTime().map { PosixZone.Moment(day: day, seconds: $0) }
    }

    private mutating func day() -> PosixZone.Moment.Day? {
        if skip(UInt8(ascii: "J")) {
            return number(upTo: 365).flatMap { $0 >= 1 ? .julian($0) : nil }
        }
        guard skip(UInt8(ascii: "M")) else { return number(upTo: 365).map { .ordinal($0) } }
        guard let month = number(upTo: 12), month >= 1, skip(UInt8(ascii: ".")), let week = number(upTo: 5), week >= 1,
            skip(UInt8(ascii: ".")), let day = number(upTo: 6)
        else { return nil }
        return .weekday(month: month, week: week, day: day)
    }

    private mutating func number(upTo limit: Int) -> Int? {
        let end = bytes[position...].firstIndex { !(48...57).contains($0) } ?? bytes.count
        guard let value = digits(bytes[position..<end]), value <= limit else { return nil }
        position = end
        return value
    }
}
