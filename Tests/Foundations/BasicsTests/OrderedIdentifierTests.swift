import Basics
import Testing

@Suite("Ids in the order of time")
struct OrderedIdentifierTests {
    private typealias Name = Identifier<OrderedIdentifierTests>

    @Test func aLaterMillisecondSortsAfter() {
        let times: [Int64] = [0, 1, 31, 32, 1_790_000_000_000, 1_790_000_000_001, 1 << 47, (1 << 48) - 1]
        let names = times.map { Name.ordered(at: Timestamp(milliseconds: $0)).rawValue }
        #expect(names == names.sorted())
        #expect(names.allSatisfy { $0.utf8.count == 26 && Name($0) != nil })
    }

    @Test func thoseOfOneMillisecondDiffer() {
        let names = (0..<10_000).map { _ in Name.ordered(at: Timestamp(milliseconds: 1_790_000_000_000)) }
        #expect(Set(names).count == names.count)
    }

    /// The same times again, after the clock was set back: nothing is repeated, and each still sorts by its own time.
    @Test func aClockSetBackRepeatsNone() {
        let (early, late) = (Timestamp(milliseconds: 1_790_000_000_000), Timestamp(milliseconds: 1_790_000_000_001))
        let before = [Name.ordered(at: early), Name.ordered(at: late)]
        let after = [Name.ordered(at: early), Name.ordered(at: late)]
        #expect(Set(before + after).count == 4)
        #expect(after[0].rawValue < before[1].rawValue && before[0].rawValue < after[1].rawValue)
    }
}
