import Agreement
import Basics
import Billing
import Customers
import Orders

/// How money pages name months, durations, rates and calls.
extension PageReader {
    /// 2026年11月 or Nov 2026.
    func month(_ month: BusinessMonth) -> String {
        let day = PlainWords.day(month.first, language)
        return language == .chinese ? String(day.dropLast(2)) : String(day.dropFirst(2))
    }

    /// 3分12秒 or 3 min 12 s.
    func duration(_ seconds: Int64) -> String {
        let (hours, minutes, rest) = ("\(seconds / 3600)", "\(seconds / 60 % 60)", "\(seconds % 60)")
        if seconds >= 3600 { return text("time.hours", ["hours": hours, "minutes": minutes, "seconds": rest]) }
        if seconds >= 60 { return text("time.minutes", ["minutes": minutes, "seconds": rest]) }
        return text("time.seconds", ["seconds": rest])
    }

    /// 3‰.
    func rate(_ terms: LatePaymentTerms) -> String {
        DailyRate(thousandthsOfPerMille: Int(terms.ratePerMilleThousandths)).description
    }

    /// Video or sound.
    func callKind(_ kind: CallKind) -> String { text(kind == .video ? "landing.video" : "landing.audio") }

    /// From the first day to the last; one day stands alone.
    func days(_ from: BusinessDate, _ through: BusinessDate) -> String {
        from == through ? day(from) : text("money.period", ["from": day(from), "through": day(through)])
    }
}
