public import Basics
public import Storage

/// Remembers that a device is signed in to a line. Beyond ``LinesLimits/devicesPerLine`` the one unseen longest is forgotten. Only a
/// device that is new is a change for the journal.
@discardableResult
public func noteDevice(
    _ id: DeviceID, named name: String, on line: LineID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Device {
    try LineStore.lock(line, in: tx)
    let known = try DeviceStore.list(on: line, in: tx)
    let before = known.first { $0.id == id }
    let name = printable(name)
    if let before, before.name == name, now.milliseconds(since: before.lastSeenAt) < LinesLimits.deviceSeenSeconds * 1000 {
        return before
    }
    let device = Device(id: id, name: name, firstSeenAt: before?.firstSeenAt ?? now, lastSeenAt: now)
    try DeviceStore.save(device, on: line, in: tx)
    guard before == nil else { return device }
    for surplus in known.dropFirst(LinesLimits.devicesPerLine - 1) { try DeviceStore.delete(surplus.id, on: line, in: tx) }
    try appendJournal(
        JournalEntry(
            at: now, actor: "line:\(line)", action: "device.added", subject: "device:\(id)", after: #"{"line":"\#(line)"}"#),
        in: tx)
    return device
}

/// The devices that have been signed in to a line, the one seen last first.
public func devices(of line: LineID, in tx: any Transaction) throws(Fault) -> [Device] {
    try DeviceStore.list(on: line, in: tx)
}

/// What is kept of a device's own words.
private func printable(_ text: String) -> String {
    var kept = ""
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: continue
        default: break
        }
        guard kept.utf8.count + scalar.utf8.count <= LinesLimits.deviceNameBytes else { break }
        kept.unicodeScalars.append(scalar)
    }
    return kept
}
