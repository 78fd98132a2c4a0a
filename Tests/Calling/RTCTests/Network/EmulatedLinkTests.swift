import RTC
import Testing

/// The emulator itself, or every test above it would prove nothing.
@Suite struct EmulatedLinkTests {
    private let here = TransportAddress(ipv4: 1, port: 1)
    private let there = TransportAddress(ipv4: 2, port: 2)

    /// Sends datagrams of 1,000 bytes, 1 ms apart; what arrives and when, in ms.
    private func pass(_ count: Int, _ conditions: LinkConditions, seed: UInt64 = 1) -> [(number: Int, time: Int64)] {
        var link = EmulatedLink(conditions, seed: seed)
        var arrivals: [(Int, Int64)] = []
        func drain(until end: MonotonicTime) {
            while let time = link.deadline, time <= end, let delivery = link.receive(now: time) {
                arrivals.append((Int(delivery.bytes[0]) + Int(delivery.bytes[1]) << 8, time.microseconds / 1_000))
            }
        }
        for number in 0..<count {
            let now = MonotonicTime(microseconds: Int64(number) * 1_000)
            drain(until: now)
            let bytes = [UInt8(number & 255), UInt8(number >> 8)] + [UInt8](repeating: 0, count: 998)
            link.send(bytes, from: here, to: there, now: now)
        }
        drain(until: MonotonicTime(microseconds: .max))
        return arrivals
    }

    @Test func aCleanLinkOnlyDelays() {
        let arrivals = pass(100, .clean)
        #expect(arrivals.map(\.number) == Array(0..<100))
        #expect(arrivals.map(\.time) == (0..<100).map { Int64($0) + 20 })
    }

    @Test func theSameSeedRepeatsEverythingAndAnotherDoesNot() {
        let rough = LinkConditions(jitter: .milliseconds(30), loss: 0.1, burstStart: 0.05, reordering: 0.1, duplication: 0.1)
        let first = pass(1_000, rough).map(\.number)
        #expect(first == pass(1_000, rough).map(\.number))
        #expect(first != pass(1_000, rough, seed: 2).map(\.number))
    }

    @Test func lossDuplicationAndReorderingHappenAsOftenAsAsked() {
        // 10,000 draws of 0.2 lie within 0.2 ± 0.016 four standard deviations wide.
        #expect(abs(pass(10_000, LinkConditions(loss: 0.2)).count - 8_000) < 160)
        #expect(abs(pass(10_000, LinkConditions(duplication: 0.2)).count - 12_000) < 160)
        let numbers = pass(10_000, LinkConditions(reordering: 0.2)).map(\.number)
        #expect(Set(numbers).count == 10_000 && numbers != numbers.sorted())
    }

    @Test func jitterAloneNeverReorders() {
        let numbers = pass(5_000, LinkConditions(jitter: .milliseconds(50))).map(\.number)
        #expect(numbers == numbers.sorted())
    }

    @Test func burstsLoseNeighbours() {
        // In the bad state with chance 0.05 / (0.05 + 0.25) = 1/6, for 1 / 0.25 = 4 datagrams on average.
        let numbers = pass(10_000, LinkConditions(burstStart: 0.05, burstEnd: 0.25)).map(\.number)
        let gaps = zip(numbers, numbers.dropFirst()).map { $1 - $0 - 1 }.filter { $0 > 0 }
        #expect((3.3...4.7).contains(Double(gaps.reduce(0, +)) / Double(gaps.count)))
    }

    @Test func aBottleneckSpacesDatagramsAndDropsWhatItsQueueCannotHold() {
        // 1,000 bytes at 4 Mbit/s take 2 ms, but one comes each millisecond: a queue of 10 fills up and half is lost from then on.
        let arrivals = pass(1_000, LinkConditions(delay: .zero, rate: 4_000_000, queueBytes: 10_000))
        #expect(zip(arrivals, arrivals.dropFirst()).allSatisfy { $1.time - $0.time == 2 })
        #expect(abs(arrivals.count - 510) < 10)
    }

    @Test func nothingPassesABlackout() {
        #expect(pass(100, LinkConditions(isBlackout: true)).isEmpty)
    }
}
