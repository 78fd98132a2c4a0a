public import Basics

extension TariffTerms {
    /// Reads a tariff as staff write it, a rule a line; the fault names the first line that is none.
    ///
    ///     video * always 0.30 60/60 0.10        kind, prefix or *, when, price of a minute, blocks, connect fee
    ///     video * 67H 00:00-24:00 0.18 6/6 0    when: days of the week (1 is Monday) and H for holidays, and the hours
    ///     free video 100                        free minutes of a kind each month
    ///     discount 10% 50                       per cent off once the month has cost so many yuan
    public init(list text: String) throws(Fault) {
        self.init(rates: [])
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
            guard !words.isEmpty else { continue }
            guard read(words) else {
                throw Fault(
                    .tariffLine, "line \(index + 1) is not a rule of a tariff",
                    ["line": "\(index + 1)", "text": String(line.prefix(80))])
            }
        }
    }

    /// False where the words are no rule.
    private mutating func read(_ words: [String]) -> Bool {
        switch words.first {
        case "free":
            guard words.count == 3, let kind = UsageKind(rawValue: words[1]), let minutes = Int64(words[2]),
                (1...44_640).contains(minutes)
            else { return false }
            allowances.append(FreeAllowance(kind, seconds: minutes * 60))
        case "discount":
            guard discount == nil, words.count == 3, words[1].hasSuffix("%"), let percent = Money(String(words[1].dropLast())),
                percent.micros % 100_000 == 0, let above = Money(words[2])
            else { return false }
            discount = UsageDiscount(perMille: percent.micros / 100_000, above: above)
        default:
            guard let rate = rate(words) else { return false }
            rates.append(rate)
        }
        return true
    }

    private func rate(_ words: [String]) -> TariffRate? {
        guard words.count >= 3, let kind = UsageKind(rawValue: words[0]) else { return nil }
        let isAlways = words[2] == "always"
        let rest = Array(words.dropFirst(isAlways ? 3 : 4))
        guard rest.count == 3, let minute = Money(rest[0]), minute.micros % 60 == 0, let fee = Money(rest[2]),
            let blocks = pair(rest[1], "/")
        else { return nil }
        var window: TariffWindow?
        if !isAlways {
            guard let read = self.window(words[2], words[3]) else { return nil }
            window = read
        }
        return TariffRate(
            kind, prefix: words[1] == "*" ? "" : words[1], window: window, perSecond: Money(micros: minute.micros / 60),
            connectFee: fee, firstSeconds: blocks.0, nextSeconds: blocks.1)
    }

    private func window(_ days: String, _ hours: String) -> TariffWindow? {
        var weekdays: Set<Int> = []
        var onHolidays = false
        for letter in days {
            if letter == "H" {
                onHolidays = true
            } else if let day = letter.wholeNumberValue, (1...7).contains(day) {
                weekdays.insert(day)
            } else {
                return nil
            }
        }
        let ends = hours.split(separator: "-", omittingEmptySubsequences: false).map { minute(String($0)) }
        guard ends.count == 2, let from = ends[0], let until = ends[1] else { return nil }
        return TariffWindow(weekdays: weekdays, onHolidays: onHolidays, fromMinute: from, untilMinute: until)
    }

    /// `19:30` as a minute of the day.
    private func minute(_ text: String) -> Int? {
        guard let (hour, minute) = pair(text, ":"), (0...24).contains(hour), (0...59).contains(minute) else { return nil }
        return Int(hour * 60 + minute)
    }

    private func pair(_ text: String, _ separator: Character) -> (Int64, Int64)? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count <= 4 }), let first = Int64(parts[0]),
            let second = Int64(parts[1])
        else { return nil }
        return (first, second)
    }
}
