public import Basics

/// What a line may do, and which hold says otherwise.
public enum ServiceAbility: Sendable, Equatable {
    /// Nothing stands in the way.
    case mayCall
    /// This hold stands in the way; where there are several, the one that has stood longest.
    case barred(by: Hold)
}

/// Whether a line may call a number, from its holds and from nothing else. Emergency numbers are never held back.
public func serviceAbility(_ holds: [Hold], dialling number: PhoneNumber) -> ServiceAbility {
    if number.isEmergency { return .mayCall }
    return oldest(holds.filter { $0.liftedAt == nil })
}

/// Whether a line may be called: only a hold on everything stands in the way.
public func mayReceive(_ holds: [Hold]) -> ServiceAbility {
    oldest(holds.filter { $0.liftedAt == nil && $0.effect == .all })
}

private func oldest(_ holds: [Hold]) -> ServiceAbility {
    let first = holds.min { a, b in (a.since, a.id.rawValue) < (b.since, b.id.rawValue) }
    return first.map(ServiceAbility.barred(by:)) ?? .mayCall
}
