package import CMediaShims
package import RTC

extension TransportAddress {
    /// The other end of a datagram.
    package init(_ datagram: JMDatagram) {
        if datagram.family == 4 {
            self.init(ipv4: UInt32(truncatingIfNeeded: datagram.low), port: datagram.port)
        } else {
            self.init(ipv6High: datagram.high, low: datagram.low, port: datagram.port)
        }
    }
}

extension JMDatagram {
    /// An empty datagram to an address.
    init(to address: TransportAddress) {
        self.init()
        family = address.isIPv4 ? 4 : 6
        port = address.port
        if let ipv4 = address.ipv4 {
            low = UInt64(ipv4)
        } else {
            (high, low) = address.ipv6
        }
    }
}
