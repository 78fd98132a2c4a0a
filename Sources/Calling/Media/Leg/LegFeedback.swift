internal import RTC

/// What a leg tells its device about what arrives, and when it is next due.
struct LegFeedback {
    /// Transport-wide arrivals since the last feedback.
    var arrivals = TransportFeedbackBuilder()
    /// Wishes for key frames, of the peer's device and our own.
    var keyFrames = KeyFrameRequests()
    var nextArrivals: MonotonicTime
    var nextReport: MonotonicTime
    var nextSecond: MonotonicTime
    /// What the device sends now, over the last second.
    var bitsPerSecond: UInt64 = 0
    var bytesBefore: Int64 = 0
    /// The device was told to keep to a bit rate.
    var isLimited = false
    let cname: [UInt8]

    /// How often arrivals are told: often enough for the sender's congestion control, rarely enough to cost little (under 1 %).
    static let arrivalsEvery = MonotonicTime.Interval.milliseconds(60)
    static let reportEvery = MonotonicTime.Interval.seconds(1)
    /// Until it is measured.
    static let usualRoundTrip = MonotonicTime.Interval.milliseconds(60)

    init(cname: String, now: MonotonicTime) {
        self.cname = Array(cname.utf8)
        nextArrivals = now + Self.arrivalsEvery
        nextReport = now + Self.reportEvery
        nextSecond = now + .seconds(1)
    }
}

extension Leg {
    /// When there is something to tell the device.
    var nextFeedback: MonotonicTime {
        var next = min(feedback.nextReport, feedback.nextSecond)
        if feedback.arrivals.hasNews { next = min(next, feedback.nextArrivals) }
        if let due = feedback.keyFrames.deadline, newestSource(.video) != nil { next = min(next, due) }
        for index in sources.indices {
            if let due = sources[index].receive.askAgainDeadline { next = min(next, due) }
        }
        return next
    }

    /// Writes what is due in one compound: reports first, then what repairs and steers.
    func giveFeedback(in worker: Worker) {
        let slot = worker.takeSlot()
        var writer = RTCPWriter(slot)
        let now = worker.now
        if now >= feedback.nextReport {
            feedback.nextReport = now + LegFeedback.reportEvery
            writeReport(&writer, now: now)
        }
        if now >= feedback.nextArrivals {
            feedback.nextArrivals = now + LegFeedback.arrivalsEvery
            _ = feedback.arrivals.write(into: &writer, sender: ownSSRC, media: newestSource(.video) ?? 0)
        }
        askForRepairs(&writer, now: now)
        askForKeyFrame(&writer, now: now)
        sendControl(slot, length: writer.length, in: worker)
        if now >= feedback.nextSecond {
            feedback.nextSecond = now + .seconds(1)
            judgeSecond(in: worker)
        }
    }

    /// The SSRC that we report as.
    var ownSSRC: UInt32 { tracks.first?.ssrc ?? 1 }

    private func writeReport(_ writer: inout RTCPWriter, now: MonotonicTime) {
        writer.receiverReport(ssrc: ownSSRC)
        for index in sources.indices {
            if let block = sources[index].receive.report(now: now) { writer.append(block) }
        }
        writer.cname(feedback.cname, of: ownSSRC)
    }

    private func askForRepairs(_ writer: inout RTCPWriter, now: MonotonicTime) {
        for index in sources.indices {
            guard let due = sources[index].receive.askAgainDeadline, due <= now else { continue }
            _ = sources[index].receive.askAgain(into: &writer, sender: ownSSRC, now: now, roundTrip: roundTrip)
            if sources[index].receive.takeGivenUp() { feedback.keyFrames.want() }
        }
    }

    /// The time to the device and back.
    private var roundTrip: MonotonicTime.Interval {
        for index in tracks.indices {
            if let measured = tracks[index].report.roundTripMilliseconds { return .milliseconds(Int64(measured)) }
        }
        return LegFeedback.usualRoundTrip
    }

    // MARK: The other device's downlink

    /// The peer's device estimates that its downlink carries so much (REMB). The estimate of an easy downlink lags behind what is sent and
    /// would slow this device's start down, so it is passed on only when the downlink shows strain, and then until it has recovered.
    func limit(_ estimate: UInt64, isStrained: Bool, in worker: Worker) {
        let now = feedback.bitsPerSecond
        guard state.isConnected, feedback.isLimited || (isStrained && estimate < now), let source = newestSource(.video) else {
            return
        }
        // An estimate never exceeds one and a half times what arrives: near that it is no limit any more. This device forgets the last
        // limit only when it is told a high one.
        let isLifted = !isStrained && estimate >= now + now / 4
        feedback.isLimited = !isLifted
        let slot = worker.takeSlot()
        var writer = RTCPWriter(slot)
        writer.receiverReport(ssrc: ownSSRC)
        writer.bitrateEstimate(sender: ownSSRC, bitsPerSecond: isLifted ? 1_000_000_000 : estimate, source: source)
        sendControl(slot, length: writer.length, in: worker)
    }

    // MARK: Key frames

    /// Somebody cannot decode what the device sends: ask it for a key frame, at most every 500 ms.
    func requestKeyFrame(in worker: Worker) {
        feedback.keyFrames.want()
        sendKeyFrameRequest(in: worker)
    }

    /// Somebody has joined and sees nothing yet: ask at once.
    func requestKeyFrameAtOnce(in worker: Worker) {
        feedback.keyFrames.wantAtOnce()
        sendKeyFrameRequest(in: worker)
    }

    private func sendKeyFrameRequest(in worker: Worker) {
        guard state.isConnected else { return }
        let slot = worker.takeSlot()
        var writer = RTCPWriter(slot)
        askForKeyFrame(&writer, now: worker.now)
        sendControl(slot, length: writer.length, in: worker)
        reschedule(in: worker)
    }

    private func askForKeyFrame(_ writer: inout RTCPWriter, now: MonotonicTime) {
        // A camera that is off, or has not sent yet, needs no asking: a new stream begins with a key frame.
        guard feedback.keyFrames.deadline != nil, let source = newestSource(.video), feedback.keyFrames.take(now: now) else {
            return
        }
        writer.pictureLoss(sender: ownSSRC, media: source)
    }
}
