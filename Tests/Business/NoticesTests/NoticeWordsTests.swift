import Foundation
import Notices
import Testing

/// Every kind of notice has words in both languages, with exactly its parameters.
@Suite struct NoticeWordsTests {
    @Test(arguments: ["zh", "en"]) func everyKindHasWords(_ language: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Faces/Web/Words/\(language)/notices.json")
        let words = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
        for kind in NoticeKind.allCases {
            let title = try #require(words["notice.\(kind.rawValue).title"], "\(kind)")
            let body = try #require(words["notice.\(kind.rawValue).body"], "\(kind)")
            let used = Set((title + body).matches(of: /\{(\w+)\}/).map { String($0.1) })
            #expect(used == kind.parameters, "\(kind)")
        }
        #expect(words.count == NoticeKind.allCases.count * 2)
    }
}
