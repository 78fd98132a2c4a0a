/// When a user would notice: the lines between good, poor and bad, from published planning values (ITU-T G.114, Teams call quality).
package enum QualityRules {
    /// Judges one second of a leg.
    package static func judge(
        lostFromDevice: Int, lostToDevice: Int, jitterMilliseconds: Int, roundTripMilliseconds: Int?
    ) -> LegQuality {
        let loss = max(lostFromDevice, lostToDevice)
        let roundTrip = roundTripMilliseconds ?? 0
        let level: LegQuality.Level =
            if loss > 100 || roundTrip > 500 || jitterMilliseconds > 150 {
                .bad
            } else if loss > 30 || roundTrip > 300 || jitterMilliseconds > 60 {
                .poor
            } else {
                .good
            }
        return LegQuality(
            level: level, lostFromDevice: lostFromDevice, lostToDevice: lostToDevice, jitterMilliseconds: jitterMilliseconds,
            roundTripMilliseconds: roundTripMilliseconds)
    }
}

/// A leg's quality over time: the last seconds' levels in a ring, and the level that was told last.
struct QualityRecord {
    private var levels: [LegQuality.Level] = []
    private var next = 0
    private var told = LegQuality.Level.good
    private var secondsAtNewLevel = 0
    private(set) var poorSeconds = 0
    private(set) var badSeconds = 0

    init() { levels.reserveCapacity(MediaLimits.qualitySeconds) }

    /// Takes one second's judgement; returns it when the reader should hear of a change. A change counts after two seconds, so that one
    /// bad moment does not make the display flicker.
    mutating func take(_ quality: LegQuality) -> LegQuality? {
        if levels.count < MediaLimits.qualitySeconds {
            levels.append(quality.level)
        } else {
            levels[next] = quality.level
        }
        next = (next + 1) % MediaLimits.qualitySeconds
        switch quality.level {
        case .poor: poorSeconds += 1
        case .bad: badSeconds += 1
        case .good: break
        }
        guard quality.level != told else {
            secondsAtNewLevel = 0
            return nil
        }
        secondsAtNewLevel += 1
        guard secondsAtNewLevel >= 2 else { return nil }
        told = quality.level
        secondsAtNewLevel = 0
        return quality
    }
}
