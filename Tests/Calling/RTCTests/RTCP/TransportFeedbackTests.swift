import RTC
import Testing

@Suite("Transport-wide feedback, reading")
struct TransportFeedbackTests {
    func feedback(_ text: String, _ body: (TransportFeedback?) -> Void) {
        hex(text).withUnsafeBytes { bytes in
            guard let compound = RTCPCompound(bytes), case .transportFeedback(let feedback)? = Array(compound).first else {
                return body(nil)
            }
            body(feedback)
        }
    }

    static let head = "00000001 00000002 "

    @Test func `run lengths, both vectors and both deltas are walked`() {
        // Base 0xFFFE, 12 statuses, reference 2 (2 × 256 ticks = 512), count 1.
        // 0x2001: run of one small. 0xA000: one-bit vector 1,0,0,0… of 14, of which the statuses need eleven.
        // Deltas 4 and 8: arrivals 516 and 524.
        feedback("8F CD 0006" + Self.head + "FFFE 000C 000002 01 2001 A000 04 08 0000") { feedback in
            #expect(feedback?.referenceTime == 2 && feedback?.feedbackCount == 1)
            let statuses = feedback.map { Array($0) } ?? []
            #expect(statuses.count == 12)
            #expect(statuses.prefix(3).map(\.sequence) == [0xFFFE, 0xFFFF, 0])
            #expect(statuses.prefix(3).map(\.arrival) == [516, 524, nil])
        }
        // Two-bit vector 0xD9 0x00: 01 10 01 00 …: small 1, large −2 (0xFFFE), small 3, missing ×4. Reference −1: −256 ticks.
        feedback("8F CD 0006" + Self.head + "0000 0007 FFFFFF 00 D900 01 FFFE 03 0000") { feedback in
            #expect(feedback?.referenceTime == -1)
            #expect(feedback.map { Array($0).map(\.arrival) } == [-255, -257, -254, nil, nil, nil, nil])
        }
    }

    @Test(arguments: [
        ("no statuses", "0000 0000 000000 00 2001 0400"),
        ("more statuses than any leg sends in a second", "0000 FFFF 000000 00 1FFF 1FFF"),
        ("the reserved symbol", "0000 0001 000000 00 6001 0400"),
        ("chunks that end too early", "0000 0010 000000 00 2001 2001"),
        ("chunks of no length", "0000 0001 000000 00 2000 2000"),
        ("deltas that are missing", "0000 0003 000000 00 4003 0001"),
        ("one delta of a byte that is missing", "0000 0003 000000 00 2003 0001"),
    ])
    func `feedback that lies about its content is refused`(what: String, rest: String) {
        feedback("8F CD 0005" + Self.head + rest) { #expect($0 == nil, "\(what)") }
    }
}
