internal import RTC

/// What a device is sent on one line: one stream with one SSRC for the leg's whole life, whoever sends on the other side.
struct Track {
    let kind: TrackKind
    var send: SendStream
    /// Video packets sent lately, for repair.
    let cache: PacketCache?
    /// From the peer's payload types to this leg's; nil where this device cannot decode it.
    var payloads = PayloadMap()
    var extensions = ExtensionIDMap()
    /// The payload types of repair packets.
    var repairTypes = PayloadMap()
    var absoluteSendTimeID: UInt8 = 0
    var bytes: Int64 = 0
    var packets: Int64 = 0
    var repaired: Int64 = 0
    /// How the device receives it, from its last report.
    var report = DeviceReport()

    init(_ kind: TrackKind, _ sources: StreamSources, clockRate: UInt32) {
        self.kind = kind
        send = SendStream(
            sources: sources, clockRate: clockRate, firstSequence: .random(in: 0...0x7FFF),
            firstTimestamp: .random(in: 0 ... .max),
            firstRetransmission: .random(in: 0...0x7FFF))
        cache = kind == .video ? PacketCache() : nil
    }

    var ssrc: UInt32 { send.sources.main }

    /// Gives a packet of the peer this track's names and numbers; false when it must not be sent.
    @inline(__always)
    mutating func take(_ packet: RTPPacket, payloadType: UInt8, now: MonotonicTime) -> Bool {
        guard send.rewrite(packet, payloadType: payloadType, now: now) else { return false }
        packet.remapElements(extensions)
        packet.setAbsoluteSendTime(absoluteSendTimeID, microseconds: now.microseconds)
        cache?.store(packet)
        packets &+= 1
        bytes &+= Int64(packet.length)
        return true
    }

    /// Writes a packet again; its length, or nil when it is forgotten or was sent again just now.
    mutating func repair(_ sequence: UInt16, into slot: UnsafeMutableRawBufferPointer, now: MonotonicTime) -> Int? {
        // The receiver's estimate of its downlink must not take the time of the first sending for this one's.
        guard let cache,
            let length = send.retransmit(
                sequence, from: cache, payloadTypes: repairTypes, into: slot, now: now,
                spacing: .milliseconds(Int64(report.roundTripMilliseconds ?? 40)), absoluteSendTimeID: absoluteSendTimeID)
        else { return nil }
        repaired &+= 1
        return length
    }

    /// Takes the device's report.
    mutating func take(_ block: ReportBlock, now: MonotonicTime) {
        report.lostThousandths = Int(block.fractionLost) * 1000 / 256
        report.cumulativeLost = Int64(block.cumulativeLost)
        guard let roundTrip = send.roundTrip(block, now: now).map({ Int($0.milliseconds) }) else { return }
        report.roundTripMilliseconds = roundTrip
        report.leastRoundTrip = min(report.leastRoundTrip, roundTrip)
    }

    /// What it has carried.
    var flow: FlowTotals {
        var flow = FlowTotals()
        flow.packets = packets
        flow.bytes = bytes
        flow.lost = max(0, report.cumulativeLost)
        flow.repaired = repaired
        return flow
    }
}

/// The last report of a device about a track.
struct DeviceReport {
    var lostThousandths = 0
    var cumulativeLost: Int64 = 0
    var roundTripMilliseconds: Int?
    var leastRoundTrip = Int.max

    /// The way to the device loses packets, or they queue up.
    var isStrained: Bool {
        lostThousandths > 20 || (roundTripMilliseconds.map { $0 - leastRoundTrip > 200 } ?? false)
    }
}
