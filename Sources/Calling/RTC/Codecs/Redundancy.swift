extension RTPPacket {
    /// Renames the payload types inside a redundant payload (RFC 2198) for another leg; false when one of them has no name there, and
    /// then nothing is changed.
    public func remapRedundancy(_ map: PayloadMap) -> Bool {
        guard walkRedundancy({ map[base.load8($0) & 0x7F] != nil }) else { return false }
        return walkRedundancy { offset in
            let header = base.load8(offset)
            base.store8(header & 0x80 | (map[header & 0x7F] ?? header & 0x7F), offset)
            return true
        }
    }

    /// Visits the first byte of each block's header; false when the body says so or the headers do not end.
    private func walkRedundancy(_ body: (Int) -> Bool) -> Bool {
        var offset = payloadOffset
        while offset < payloadEnd {
            guard body(offset) else { return false }
            if base.load8(offset) & 0x80 == 0 { return true }
            offset += 4
        }
        return false
    }
}
