internal import RTC

extension Leg {
    /// Once a second: how the leg fares, from what was counted and what the device reported.
    func judgeSecond(in worker: Worker) {
        var expected: Int64 = 0
        var received: Int64 = 0
        var jitter = 0
        var bytes: Int64 = 0
        for index in sources.indices {
            let counted = (expected: sources[index].receive.expectedCount, received: sources[index].receive.receivedCount)
            expected += counted.expected - sources[index].judged.expected
            received += counted.received - sources[index].judged.received
            sources[index].judged = counted
            bytes += sources[index].bytes
            jitter = max(jitter, Int(sources[index].receive.jitterTime.milliseconds))
        }
        feedback.bitsPerSecond = UInt64(max(0, bytes - feedback.bytesBefore)) * 8
        feedback.bytesBefore = bytes
        let lost = expected > 0 ? max(0, Int((expected - received) * 1000 / expected)) : 0
        var lostToDevice = 0
        var roundTrip: Int?
        for index in tracks.indices {
            lostToDevice = max(lostToDevice, tracks[index].report.lostThousandths)
            roundTrip = tracks[index].report.roundTripMilliseconds ?? roundTrip
        }
        let judgement = QualityRules.judge(
            lostFromDevice: lost, lostToDevice: lostToDevice, jitterMilliseconds: jitter, roundTripMilliseconds: roundTrip)
        if let news = quality.take(judgement) { worker.emit(.quality(id, news)) }
    }

    /// What the leg has carried so far.
    var totals: LegTotals {
        var totals = LegTotals()
        for source in sources + goneSources {
            if source.kind == .audio { totals.audioFromDevice += source.flow } else { totals.videoFromDevice += source.flow }
        }
        for track in tracks {
            if track.kind == .audio { totals.audioToDevice += track.flow } else { totals.videoToDevice += track.flow }
        }
        totals.poorSeconds = quality.poorSeconds
        totals.badSeconds = quality.badSeconds
        return totals
    }
}
