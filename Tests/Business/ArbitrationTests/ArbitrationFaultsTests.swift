import Arbitration
import Basics
import Testing

@Suite struct ArbitrationFaultsTests {
    @Test func codesNameTheirRoom() {
        #expect(Fault.Code.caseTooLarge.rawValue.hasPrefix("arbitration."))
    }
}
