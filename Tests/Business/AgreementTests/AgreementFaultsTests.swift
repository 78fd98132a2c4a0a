import Agreement
import Basics
import Testing

@Suite struct AgreementFaultsTests {
    @Test func codesNameTheirRoom() {
        #expect(Fault.Code.unknownVersion.rawValue.hasPrefix("agreement."))
    }
}
