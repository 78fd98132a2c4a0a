public import Notices

/// Notices in words, for what goes out of the house: the same words as in the box.
public struct NoticeTexts: Sendable {
    private let words: Words

    /// Reads the words from the folder of resources, by default the program's own.
    public init(resources: String?) { words = Words(folder: WebFolders(resources).words) }

    /// Title and body in the customer's language; nil where there are no words.
    public func words(for message: NoticeMessage) -> (title: String, body: String)? {
        let notice = message.notice
        let key = "notice.\(notice.kind.rawValue)"
        guard let title = words.text("\(key).title", message.language, notice.parameters),
            let body = words.text("\(key).body", message.language, notice.parameters)
        else { return nil }
        return (title, body)
    }
}
