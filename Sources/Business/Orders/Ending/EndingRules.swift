internal import Basics

/// Where an ending goes when somebody looks at it, knowing what is owed.
enum EndingStep: Sendable, Equatable {
    /// The wished day has not come.
    case wait
    /// The service stops; the final invoice can be made.
    case settle(lastDay: BusinessDate)
    /// Something is owed still.
    case owe
    /// Nothing is owed: it ends.
    case end
}

/// The next step of an ending. Stopping and ending are two steps: between them the final invoice is made, so that nothing is overlooked.
func nextStep(of ending: Ending, owed: Money, on today: BusinessDate) -> EndingStep {
    switch ending.state {
    case .requested: today >= ending.wished ? .settle(lastDay: ending.wished) : .wait
    case .settling, .paid: owed > .zero ? .owe : .end
    case .ended, .withdrawn: .wait
    }
}

/// A wished last day lies today or later, and not years ahead.
func checkEndingDay(_ wished: BusinessDate, _ today: BusinessDate) throws(Fault) {
    guard wished >= today, wished <= today.adding(days: OrdersLimits.endingDaysAhead) else {
        throw Fault(
            .endingDay, "the last day is today or up to \(OrdersLimits.endingDaysAhead) days ahead",
            ["maximum": "\(OrdersLimits.endingDaysAhead)"])
    }
}
