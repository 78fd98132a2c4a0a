internal import RTC

/// One RTP stream that a device sends.
struct Source {
    let kind: TrackKind
    var receive: ReceiveStream
    var packets: Int64 = 0
    var bytes: Int64 = 0
    /// What was counted at the last judgement of quality.
    var judged = (expected: Int64(0), received: Int64(0))

    init(_ ssrc: UInt32, _ payload: LegMedia.Payload) {
        kind = payload.kind
        receive = ReceiveStream(ssrc: ssrc, clockRate: payload.clockRate, asksAgain: payload.asksAgain)
    }

    /// What it has carried.
    var flow: FlowTotals {
        var flow = FlowTotals()
        flow.packets = packets
        flow.bytes = bytes
        flow.lost = max(0, receive.lostCount)
        flow.repaired = Int64(receive.recoveredCount)
        return flow
    }
}

extension Leg {
    // MARK: Media from the device

    /// One decrypted RTP packet: counted, turned back if it is a repair, and passed to the peer in its slot.
    func receiveMedia(_ slot: UnsafeMutableRawBufferPointer, length: Int, in worker: Worker) {
        guard let packet = RTPPacket(slot, length: length), let payload = media.payload(packet.payloadType) else {
            worker.statistics.invalid &+= 1
            return
        }
        if let sequence = packet.transportSequence(transportSequenceID) { feedback.arrivals.record(sequence, at: worker.now) }
        guard payload.isRepair else { return receive(packet, payload, slot, in: worker) }
        guard let ssrc = newestSource(payload.kind),
            let restored = Retransmission.unwrap(slot, length: length, payloadType: payload.original, ssrc: ssrc),
            let original = RTPPacket(slot, length: restored)
        else { return }  // padding that probes the path, or a repair of nothing we know
        receive(original, payload, slot, in: worker)
    }

    private func receive(
        _ packet: RTPPacket, _ payload: LegMedia.Payload, _ slot: UnsafeMutableRawBufferPointer, in worker: Worker
    ) {
        guard let index = sourceIndex(packet.ssrc, payload) else {
            worker.statistics.invalid &+= 1
            return
        }
        let arrival = sources[index].receive.receive(
            sequence: packet.sequence, timestamp: packet.timestamp, now: worker.now, isRetransmission: payload.isRepair)
        guard arrival != .duplicate, arrival != .tooOld else { return }
        sources[index].packets &+= 1
        sources[index].bytes &+= Int64(packet.length)
        if let due = sources[index].receive.askAgainDeadline, due.microseconds < deadline { reschedule(in: worker) }
        if payload.kind == .video, feedback.keyFrames.deadline != nil, payload.codec.mark(packet.payload).startsKeyFrame {
            feedback.keyFrames.keyFrameArrived()
        }
        if !state.isFlowing {
            state.isFlowing = true
            worker.emit(.mediaFlowing(id))
        }
        peer?.forward(packet, slot, payload.kind, in: worker)
    }

    /// The place of a stream, which a new one gets as long as there are places. Its payload type says what it is, so it need not be
    /// signalled.
    private func sourceIndex(_ ssrc: UInt32, _ payload: LegMedia.Payload) -> Int? {
        for index in sources.indices where sources[index].receive.ssrc == ssrc { return index }
        guard sources.count < MediaLimits.streamsPerLeg else { return nil }
        sources.append(Source(ssrc, payload))
        return sources.count - 1
    }

    /// The stream of a kind that the device sends now: the newest.
    func newestSource(_ kind: TrackKind) -> UInt32? { sources.last { $0.kind == kind }?.receive.ssrc }
}
