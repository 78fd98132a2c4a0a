import Basics
import Notices

/// A notice in the reader's words.
struct NoticeWords {
    let title: String
    let body: String
    /// Where one reads more or does something about it.
    let link: String

    init(_ notice: Notice, _ reader: PageReader) {
        title = reader.text("notice.\(notice.kind.rawValue).title", notice.parameters)
        body = reader.text("notice.\(notice.kind.rawValue).body", notice.parameters)
        link =
            switch notice.kind.topic {
            case .identity: "/identity"
            case .service, .account: "/account"
            case .bill: notice.parameters["invoice"].map { "/money/invoices/\($0)" } ?? "/money"
            case .dispute: notice.parameters["dispute"].map { "/money/disputes/\($0)" } ?? "/money/disputes"
            case .order: notice.parameters["order"].map { "/orders/\($0)" } ?? "/orders"
            case .prices: "/services"
            case .agreement: "/agreement"
            case .change: notice.parameters["version"].map { "/agreement/changes/\($0)" } ?? "/agreement"
            case .ending: "/ending"
            }
    }
}
