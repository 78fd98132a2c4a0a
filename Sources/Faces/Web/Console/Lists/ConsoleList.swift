import Basics

/// A column of a list.
struct ConsoleColumn: Sendable {
    let key: String
    var isSortable = true

    init(_ key: String, isSortable: Bool = true) {
        self.key = key
        self.isSortable = isSortable
    }
}

/// A filter by one of some values.
struct ConsoleFilter: Sendable {
    let key: String
    /// The group of words that its values stand under.
    let kind: String
    let values: [String]
    /// Whether it is a day of the calendar instead.
    var isDay = false

    init(key: String, kind: String, values: [String]) {
        self.key = key
        self.kind = kind
        self.values = values
    }

    /// A filter by a day.
    init(day key: String) {
        self.init(key: key, kind: "", values: [])
        isDay = true
    }
}

/// A figure above a list that leads to the part of the list behind it.
struct ConsoleFigure: Sendable {
    /// Its words stand under `console.figure.KEY`.
    var key: String
    var cell: ConsoleCell
    var isHere = false
}

/// One line of a list.
struct ConsoleRow: Sendable {
    var id: String
    var link: String?
    var cells: [ConsoleCell]
    /// What the filters look at, by the filter's key.
    var marks: [String: String] = [:]
    /// Set where somebody of the staff has to do something: since when it waits.
    var waitsSince: Timestamp?
    /// By when it must be done.
    var deadline: Timestamp?
    /// One sentence for the opening page.
    var summary: String?
}

/// What a list holds.
struct ConsoleRows: Sendable {
    var rows: [ConsoleRow]
    /// Set where the room has searched, filtered and sorted by itself.
    var paged: Paged?
    /// What stands above the list.
    var figures: [ConsoleFigure] = []
    var above: [ConsoleSection] = []
    /// How many wait, where the list holds only a page of them.
    var waiting: Int64?
    /// The first line, where the room knows a better answer than how many there are.
    var lead: String?

    /// Either where the list goes on or, where the room has counted, how many rows all its numbered pages have.
    struct Paged: Sendable {
        var next: String?
        var total: Int?
    }

    init(
        _ rows: [ConsoleRow], paged: Paged? = nil, figures: [ConsoleFigure] = [], above: [ConsoleSection] = [],
        waiting: Int64? = nil, lead: String? = nil
    ) {
        self.rows = rows
        self.paged = paged
        self.figures = figures
        self.above = above
        self.waiting = waiting
        self.lead = lead
    }
}

/// One page of a list as asked for.
struct ConsoleListPage: Sendable {
    var rows: [ConsoleRow]
    /// Nil where the room pages and nobody has counted.
    var total: Int?
    var page = 1
    var pages = 1
    var next: String?
    var figures: [ConsoleFigure] = []
    var above: [ConsoleSection] = []
    var lead: String?
}

extension ConsoleRows {
    /// Filters, sorts and cuts out the page.
    func page(_ query: ListQuery, columns: [ConsoleColumn], size: Int = ConsoleLimits.pageRows) -> ConsoleListPage {
        if let paged {
            let pages = Self.pages(paged.total ?? 0, size)
            return ConsoleListPage(
                rows: rows, total: paged.total, page: min(query.page, pages), pages: pages, next: paged.next, figures: figures,
                above: above, lead: lead)
        }
        let found = arranged(query, columns)
        let pages = Self.pages(found.count, size)
        let page = min(query.page, pages)
        return ConsoleListPage(
            rows: Array(found.dropFirst((page - 1) * size).prefix(size)), total: found.count, page: page, pages: pages,
            figures: figures, above: above, lead: lead)
    }

    private static func pages(_ rows: Int, _ size: Int) -> Int { max(1, (rows + size - 1) / size) }

    private func arranged(_ query: ListQuery, _ columns: [ConsoleColumn]) -> [ConsoleRow] {
        let words = query.text.lowercased()
        let found = rows.filter { row in
            query.filters.allSatisfy { row.marks[$0.key] == $0.value }
                && (words.isEmpty || row.cells.contains { $0.text.lowercased().contains(words) })
        }
        guard let column = columns.firstIndex(where: { $0.key == query.sort && $0.isSortable }) else { return found }
        // Equal rows keep the list's own order.
        let sorted = found.enumerated().sorted { a, b in
            let (x, y) = (a.element.cells[column], b.element.cells[column])
            if ConsoleCell.areInOrder(x, y) { return !query.isDescending }
            if ConsoleCell.areInOrder(y, x) { return query.isDescending }
            return a.offset < b.offset
        }
        return sorted.map(\.element)
    }
}
