/// The indices seen lately of one stream (RFC 3711 section 3.3.2): the highest, and one bit for each of the 128 up to it.
struct ReplayWindow {
    static let size: UInt64 = 128
    private(set) var highest: UInt64 = 0
    private var bits: UInt128 = 0

    var isEmpty: Bool { bits == 0 }

    /// Whether an index is new: neither seen nor older than the window.
    func accepts(_ index: UInt64) -> Bool {
        if isEmpty || index > highest { return true }
        let age = highest - index
        return age < Self.size && bits >> age & 1 == 0
    }

    /// Remembers an index; only after its packet has proved authentic.
    mutating func commit(_ index: UInt64) {
        if isEmpty {
            highest = index
            bits = 1
        } else if index > highest {
            let step = index - highest
            bits = step < Self.size ? bits << step | 1 : 1
            highest = index
        } else {
            let age = highest - index
            if age < Self.size { bits |= 1 << age }
        }
    }
}
