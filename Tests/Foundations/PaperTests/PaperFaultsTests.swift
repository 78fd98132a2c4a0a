import Basics
import Paper
import Testing

@Suite struct PaperFaultsTests {
    @Test func codesNameTheirRoom() {
        #expect(Fault.Code.printerUnavailable.rawValue.hasPrefix("paper."))
    }
}
