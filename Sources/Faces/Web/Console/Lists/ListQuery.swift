import Foundation
import Hummingbird

/// What a reader asks of a list: words to look for, filters, order and page. It is the query of the address, so that a list can be kept
/// as a bookmark and sent to a colleague.
struct ListQuery: Sendable, Equatable {
    var text = ""
    var filters: [String: String] = [:]
    /// The column to sort by; nil keeps the list's own order.
    var sort: String?
    var isDescending = false
    /// From 1 on.
    var page = 1
    /// Where a list that its room pages goes on.
    var after: String?
    /// Only what waits for somebody of the staff; for the opening page, never from an address.
    var waitsOnly = false

    init() {}

    /// What waits.
    static let waiting: ListQuery = {
        var query = ListQuery()
        query.waitsOnly = true
        return query
    }()

    init(_ request: Request, filters names: [String]) {
        let query = request.uri.queryParameters
        func value(_ name: String) -> String? {
            query[name[...]].map { String($0.prefix(ConsoleLimits.queryCharacters)) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        text = value("q")?.trimmingCharacters(in: .whitespaces) ?? ""
        for name in names { filters[name] = value(name) }
        if let asked = value("sort") {
            isDescending = asked.hasPrefix("-")
            sort = String(asked.drop { $0 == "-" })
        }
        page = min(max(1, value("page").flatMap { Int($0) } ?? 1), ConsoleLimits.listRows)
        after = value("after")
    }

    /// The same question in another order: a second press turns the order around.
    func sorted(by column: String) -> ListQuery {
        var other = self
        other.isDescending = sort == column && !isDescending
        other.sort = column
        other.page = 1
        other.after = nil
        return other
    }

    func at(page: Int) -> ListQuery {
        var other = self
        other.page = page
        return other
    }

    func going(on after: String) -> ListQuery {
        var other = self
        other.after = after
        return other
    }

    /// As names and values of an address.
    var pairs: [(String, String)] {
        var pairs: [(String, String)] = []
        if !text.isEmpty { pairs.append(("q", text)) }
        for (name, value) in filters.sorted(by: { $0.key < $1.key }) { pairs.append((name, value)) }
        if let sort { pairs.append(("sort", (isDescending ? "-" : "") + sort)) }
        if page > 1 { pairs.append(("page", "\(page)")) }
        if let after { pairs.append(("after", after)) }
        return pairs
    }

    /// As the query of an address, with its question mark; empty where nothing is asked.
    var address: String {
        guard !pairs.isEmpty else { return "" }
        return "?" + pairs.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        var kept = CharacterSet.alphanumerics
        kept.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: kept) ?? ""
    }
}
