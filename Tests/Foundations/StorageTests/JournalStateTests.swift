import Foundation
import Storage
import Testing

@Suite struct JournalStateTests {
    @Test func valuesKeepTheirOrderAndKind() {
        #expect(journalState(["b": "x", "a": 7, "c": true, "d": .none]) == #"{"b":"x","a":7,"c":true,"d":null}"#)
    }

    @Test func textFromOutsideCannotBreakOut() throws {
        let hostile = "\"},{\\\n\u{1}\u{202E}见"
        let json = journalState(["reason": .text(hostile)])
        let read = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
        #expect(read["reason"] == hostile)
    }
}
