public import Basics

/// From when on a number that was given back on a day may be given to somebody else: it rests ``LinesLimits/numberRestDays`` whole
/// business days, and the day on which it was given back is not one of them (民法典 art. 201).
public func numberIsFreeAgain(givenBackOn day: BusinessDate) -> BusinessDate {
    day.adding(days: LinesLimits.numberRestDays + 1)
}
