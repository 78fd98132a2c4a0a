internal import RTC

extension Leg {
    /// A packet of the peer, in the slot it came in: given this leg's names and numbers, remembered for repair, and queued.
    @inline(__always)
    func forward(_ packet: RTPPacket, _ slot: UnsafeMutableRawBufferPointer, _ kind: TrackKind, in worker: Worker) {
        guard state.isConnected, let index = trackIndex(kind) else { return }
        guard let type = tracks[index].payloads[packet.payloadType] else {
            worker.statistics.invalid &+= 1
            return
        }
        guard tracks[index].take(packet, payloadType: type, now: worker.now) else { return }
        worker.statistics.forwarded &+= 1
        enqueue(slot, length: packet.length, isVideo: kind == .video, in: worker)
    }

    /// The place of the track of a kind that the device wants.
    @inline(__always)
    func trackIndex(_ kind: TrackKind) -> Int? {
        for index in tracks.indices where tracks[index].kind == kind { return index }
        return nil
    }

    /// Sends packets again that the device misses.
    func retransmit(_ request: NACK, in worker: Worker) {
        guard let index = tracks.firstIndex(where: { $0.ssrc == request.media }) else { return }
        for sequence in request {
            let slot = worker.takeSlot()
            guard let length = tracks[index].repair(sequence, into: slot, now: worker.now) else { continue }
            worker.statistics.retransmitted &+= 1
            enqueue(slot, length: length, isVideo: true, in: worker)
        }
    }
}
