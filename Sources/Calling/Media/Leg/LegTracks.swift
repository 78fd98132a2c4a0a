internal import CMediaShims
internal import RTC

extension Leg {
    // MARK: Negotiation

    /// Tracks for the lines on which the device wants to be sent; those there are stay what they are.
    func addTracks() {
        for kind in TrackKind.allCases {
            guard let line = media[kind], line.direction.sends, let own = line.localSources, trackIndex(kind) == nil else {
                continue
            }
            tracks.append(Track(kind, own, clockRate: line.clockRate))
        }
        for index in tracks.indices {
            guard let line = media[tracks[index].kind] else { continue }
            tracks[index].repairTypes = PayloadMap(retransmissionsOf: line)
        }
    }

    /// Takes what a new offer settled; who is sent what may have changed on both legs.
    func renegotiate(_ media: LegMedia, in worker: Worker) {
        settle(media)
        addTracks()
        guard let peer else { return }
        mapTracks(from: peer.media)
        peer.mapTracks(from: media)
        peer.requestKeyFrameAtOnce(in: worker)
    }

    // MARK: Bridging

    /// Joins two legs: what one sends, the other is sent. Whoever was joined to one of them is left alone.
    func join(_ other: Leg, in worker: Worker) {
        if peer !== other {
            peer?.peer = nil
            other.peer?.peer = nil
        }
        peer = other
        other.peer = self
        mapTracks(from: other.media)
        other.mapTracks(from: media)
        requestKeyFrameAtOnce(in: worker)
        other.requestKeyFrameAtOnce(in: worker)
    }

    /// Payload types and extension ids of the peer's packets on this leg.
    private func mapTracks(from other: LegMedia) {
        for index in tracks.indices {
            let kind = tracks[index].kind
            guard let incoming = other[kind], let outgoing = media[kind], outgoing.direction.sends else {
                tracks[index].payloads = PayloadMap()
                continue
            }
            tracks[index].payloads = PayloadMap(from: incoming, to: outgoing)
            var map = ExtensionIDMap(from: incoming.extensionIDs, to: outgoing.extensionIDs)
            // Transport-wide numbers are between a device and us. Without them, and with our own absolute send time, the device
            // estimates its downlink itself and tells us (REMB).
            map[incoming.extensionIDs[.transportSequence]] = 0
            tracks[index].extensions = map
            tracks[index].absoluteSendTimeID = outgoing.extensionIDs[.absoluteSendTime]
        }
    }
}
