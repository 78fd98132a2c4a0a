internal import Media

extension LegTotals {
    /// Adds what a later leg of the same side carried.
    mutating func add(_ other: LegTotals) {
        audioFromDevice.add(other.audioFromDevice)
        videoFromDevice.add(other.videoFromDevice)
        audioToDevice.add(other.audioToDevice)
        videoToDevice.add(other.videoToDevice)
        poorSeconds += other.poorSeconds
        badSeconds += other.badSeconds
    }

    /// As it stands in a call record.
    var json: String {
        #"{"audioFrom":\#(audioFromDevice.json),"videoFrom":\#(videoFromDevice.json),"audioTo":\#(audioToDevice.json),"#
            + #""videoTo":\#(videoToDevice.json),"poorSeconds":\#(poorSeconds),"badSeconds":\#(badSeconds)}"#
    }
}

extension FlowTotals {
    fileprivate mutating func add(_ other: FlowTotals) {
        packets += other.packets
        bytes += other.bytes
        lost += other.lost
        repaired += other.repaired
    }

    fileprivate var json: String { #"{"packets":\#(packets),"bytes":\#(bytes),"lost":\#(lost),"repaired":\#(repaired)}"# }
}
