import Foundation
import Testing

/// The text of a file in `Fixtures`.
func fixture(_ name: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: folder.appendingPathComponent("Fixtures/\(name)"), encoding: .utf8)
}

/// The packets of a file in `Fixtures` with one packet a line in hexadecimal.
func packetFixture(_ name: String) throws -> [[UInt8]] {
    let packets = try fixture(name).split(separator: "\n").map { hex(String($0)) }
    try #require(!packets.isEmpty)
    return packets
}
