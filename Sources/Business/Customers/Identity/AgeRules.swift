public import Basics

/// Full years on a day. The birthday counts; somebody born on 29 February has it on the 28th in a common year (民法典 art. 202).
public func age(bornOn birth: BusinessDate, on day: BusinessDate) -> Int {
    let years = day.year - birth.year
    return birth.adding(years: Int64(years)) <= day ? years : years - 1
}

/// Under 18 (民法典 art. 17).
public func isMinor(bornOn birth: BusinessDate, on day: BusinessDate) -> Bool {
    age(bornOn: birth, on: day) < CustomersLimits.adultYears
}

/// Under 14, whose data need the guardian's separate consent (个人信息保护法 art. 31).
public func isUnderFourteen(bornOn birth: BusinessDate, on day: BusinessDate) -> Bool {
    age(bornOn: birth, on: day) < CustomersLimits.childYears
}

/// Reads a birth date: a day of the calendar, not in the future, at most 130 years ago.
func birthDate(_ typed: String, on today: BusinessDate) throws(Fault) -> BusinessDate {
    let text = halfWidth(typed).filter { !$0.isWhitespace }
    guard let date = BusinessDate(text) ?? compactDate(text) else {
        throw Fault(.dateForm, "a date is written as 1990-01-31")
    }
    try checkBirth(date, on: today)
    return date
}

func checkBirth(_ date: BusinessDate, on today: BusinessDate) throws(Fault) {
    guard date <= today else { throw Fault(.birthInFuture, "the birth date lies in the future") }
    guard age(bornOn: date, on: today) <= CustomersLimits.oldestYears else {
        throw Fault(.birthTooLongAgo, "the birth date is too long ago", ["maximum": "\(CustomersLimits.oldestYears)"])
    }
}

/// `19900131`, as IDs write it.
func compactDate(_ text: some StringProtocol) -> BusinessDate? {
    let digits = Array(text.utf8)
    guard digits.count == 8, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return BusinessDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
}
