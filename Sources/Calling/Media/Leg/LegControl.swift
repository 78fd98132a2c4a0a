internal import RTC

extension Leg {
    /// One decrypted RTCP datagram from the device.
    func receiveControl(_ bytes: UnsafeRawBufferPointer, in worker: Worker) {
        guard let compound = RTCPCompound(bytes) else {
            worker.statistics.invalid &+= 1
            return
        }
        for packet in compound {
            switch packet {
            case .senderReport(let report):
                receive(report, in: worker)
                for block in report.blocks { receive(block, in: worker) }
            case .receiverReport(let report): for block in report.blocks { receive(block, in: worker) }
            case .nack(let request): retransmit(request, in: worker)
            case .pictureLoss, .fullIntraRequest: peer?.requestKeyFrame(in: worker)
            case .bitrateEstimate(let estimate):
                peer?.limit(estimate.bitsPerSecond, isStrained: tracks.contains { $0.report.isStrained }, in: worker)
            case .sourceDescription, .goodbye, .transportFeedback, .other: break
            case .malformed: worker.statistics.invalid &+= 1
            }
        }
    }

    /// What the device says about its own stream is noted for our reports, and told to the peer in the peer's terms.
    private func receive(_ report: SenderReport, in worker: Worker) {
        guard let index = sources.firstIndex(where: { $0.receive.ssrc == report.ssrc }) else { return }
        sources[index].receive.receive(report, now: worker.now)
        peer?.passOn(report, sources[index].kind, in: worker)
    }

    /// A report of the peer about its stream, rewritten for the track that carries it here.
    private func passOn(_ report: SenderReport, _ kind: TrackKind, in worker: Worker) {
        guard state.isConnected, let index = trackIndex(kind) else { return }
        let slot = worker.takeSlot()
        var writer = RTCPWriter(slot)
        guard tracks[index].send.forward(report, into: &writer, now: worker.now) else { return }
        writer.cname(feedback.cname, of: tracks[index].ssrc)
        sendControl(slot, length: writer.length, in: worker)
    }

    /// How the device receives one of our tracks.
    private func receive(_ block: ReportBlock, in worker: Worker) {
        guard let index = tracks.firstIndex(where: { $0.ssrc == block.ssrc }) else { return }
        tracks[index].take(block, now: worker.now)
    }
}
