import Basics
import Notices
import Testing

@Suite struct NoticesFaultsTests {
    @Test func codesNameTheirRoom() {
        #expect(Fault.Code.unknownAnnouncement.rawValue.hasPrefix("notices."))
    }
}
