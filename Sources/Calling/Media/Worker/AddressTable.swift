package import CMediaShims
package import RTC

/// Which leg an address belongs to: open addressing with linear probing over storage taken at start.
///
/// Only addresses that ICE has validated are here, so a stranger cannot fill it; each leg has a bounded number of them.
package struct AddressTable: ~Copyable {
    package struct Entry {
        package var address: TransportAddress
        package var high: UInt64
        package var low: UInt64
        /// Port and family; zero marks an empty place (no datagram comes from family zero).
        package var tail: UInt32
        package var leg: Int32
    }

    private let entries: UnsafeMutablePointer<Entry>
    private let mask: Int
    private let limit: Int
    package private(set) var count = 0

    /// Room for `limit` addresses at a load of at most one half.
    package init(limit: Int) {
        var size = 16
        while size < limit * 2 { size *= 2 }
        self.limit = limit
        mask = size - 1
        entries = .allocate(capacity: size)
        let empty = Entry(address: TransportAddress(ipv4: 0, port: 0), high: 0, low: 0, tail: 0, leg: -1)
        entries.initialize(repeating: empty, count: size)
    }

    deinit { entries.deallocate() }

    /// The entry for a datagram's source.
    @inline(__always)
    package func find(_ datagram: JMDatagram) -> UnsafeMutablePointer<Entry>? {
        let tail = Self.tail(datagram)
        var place = Self.hash(datagram.high, datagram.low, tail) & mask
        while entries[place].tail != 0 {
            if entries[place].low == datagram.low, entries[place].tail == tail, entries[place].high == datagram.high {
                return entries + place
            }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Gives an address to a leg; false when the table is full.
    package mutating func insert(_ datagram: JMDatagram, address: TransportAddress, leg: Int) -> Bool {
        if let entry = find(datagram) {
            entry.pointee.leg = Int32(leg)
            return true
        }
        guard count < limit else { return false }
        let tail = Self.tail(datagram)
        var place = Self.hash(datagram.high, datagram.low, tail) & mask
        while entries[place].tail != 0 { place = (place + 1) & mask }
        entries[place] = Entry(address: address, high: datagram.high, low: datagram.low, tail: tail, leg: Int32(leg))
        count += 1
        return true
    }

    /// Forgets an address, and closes the gap so that later entries of its chain are still found.
    package mutating func remove(_ datagram: JMDatagram) {
        guard let entry = find(datagram) else { return }
        var gap = entry - entries
        count -= 1
        var place = (gap + 1) & mask
        while entries[place].tail != 0 {
            let home = Self.hash(entries[place].high, entries[place].low, entries[place].tail) & mask
            if (place &- home) & mask >= (place &- gap) & mask {
                entries[gap] = entries[place]
                gap = place
            }
            place = (place + 1) & mask
        }
        entries[gap].tail = 0
    }

    @inline(__always)
    private static func tail(_ datagram: JMDatagram) -> UInt32 { UInt32(datagram.port) << 8 | UInt32(datagram.family) }

    @inline(__always)
    private static func hash(_ high: UInt64, _ low: UInt64, _ tail: UInt32) -> Int {
        let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(tail) << 32)) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) & 0x7FFF_FFFF)
    }
}
