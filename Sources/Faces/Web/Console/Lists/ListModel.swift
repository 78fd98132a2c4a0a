import Basics
import Hummingbird

/// A list as its template shows it.
struct ListModel {
    let subject: ConsoleSubject
    let desk: ConsoleDesk
    let query: ListQuery
    let page: ConsoleListPage

    var model: [String: Any] {
        var model: [String: Any] = [
            "key": subject.key, "lead": lead, "isSearch": subject.isSearch, "q": query.text,
            "columns": subject.columns.map(column),
            "rows": page.rows.map { Self.row($0, subject.columns.map { desk.text("console.column.\($0.key)") }) },
            "isEmpty": page.rows.isEmpty, "filters": subject.filters.map(filter),
            "csv": "\(subject.path).csv\(query.at(page: 1).address)", "csvPath": "\(subject.path).csv",
            "csvFields": query.at(page: 1).pairs.map { ["name": $0.0, "value": $0.1] },
            "hasPersonalData": subject.hasPersonalData,
            "none": desk.text(isNarrowed ? "console.nothingFound" : "console.none.\(subject.key)"), "isNarrowed": isNarrowed,
            "path": subject.path, "acts": subject.acts(desk).map { $0.model(desk) }, "api": "/api/v1/staff/\(subject.key)",
            "figures": page.figures.map(figure), "hasFigures": !page.figures.isEmpty,
            "above": page.above.map { $0.model(desk) }, "hasAbove": !page.above.isEmpty,
        ]
        if let sort = query.sort { model["sort"] = ["value": (query.isDescending ? "-" : "") + sort] }
        model.merge(pager) { _, new in new }
        return model
    }

    private var isNarrowed: Bool { !query.text.isEmpty || !query.filters.isEmpty }

    /// The first line answers what the page is for.
    private var lead: String {
        if let lead = page.lead { return lead }
        guard let total = page.total else { return desk.text("console.lead.\(subject.key)") }
        guard subject.isQueue, !isNarrowed else { return desk.text("console.count", ["count": "\(total)"]) }
        return desk.text("console.lead.\(subject.key)", ["count": "\(total)"])
    }

    private func column(_ column: ConsoleColumn) -> [String: Any] {
        var model: [String: Any] = ["words": desk.text("console.column.\(column.key)"), "order": "none", "key": column.key]
        if column.isSortable, page.total != nil { model["link"] = "\(subject.path)\(query.sorted(by: column.key).address)" }
        if query.sort == column.key { model["order"] = query.isDescending ? "descending" : "ascending" }
        model["isSorted"] = query.sort == column.key
        model["isDescending"] = query.isDescending
        return model
    }

    private func figure(_ figure: ConsoleFigure) -> [String: Any] {
        [
            "key": figure.key, "words": desk.text("console.figure.\(figure.key)"), "text": figure.cell.text,
            "link": figure.cell.link ?? subject.path, "tone": (figure.cell.tone ?? .plain).rawValue, "isHere": figure.isHere,
        ]
    }

    private func filter(_ filter: ConsoleFilter) -> [String: Any] {
        let values = filter.values.map { value in
            ["value": value, "words": desk.value(filter.kind, value), "isChosen": query.filters[filter.key] == value]
                as [String: Any]
        }
        return [
            "key": filter.key, "label": desk.text("console.column.\(filter.key)"), "values": values, "isDay": filter.isDay,
            "value": query.filters[filter.key] ?? "",
        ]
    }

    static func row(_ row: ConsoleRow, _ labels: [String]) -> [String: Any] {
        var cells: [[String: Any]] = []
        for (number, cell) in row.cells.enumerated() {
            var model = cell.model
            model["label"] = number < labels.count ? labels[number] : ""
            // The row's link is on its first cell, where a screen reader and the keyboard find it.
            if number == 0, let link = row.link, cell.link == nil { model["link"] = link }
            cells.append(model)
        }
        return ["id": row.id, "cells": cells]
    }

    private var pager: [String: Any] {
        var model: [String: Any] = [:]
        if let next = page.next {
            model["next"] = "\(subject.path)\(query.going(on: next).address)"
        } else if page.page < page.pages {
            model["next"] = "\(subject.path)\(query.at(page: page.page + 1).address)"
        }
        if page.page > 1 { model["previous"] = "\(subject.path)\(query.at(page: page.page - 1).address)" }
        if query.after != nil {
            var first = query
            first.after = nil
            model["first"] = "\(subject.path)\(first.address)"
        }
        if page.pages > 1 {
            model["place"] = desk.text("console.page", ["page": "\(page.page)", "pages": "\(page.pages)"])
        }
        return model
    }

    /// The same page for programs.
    var json: JSONValue {
        let items = page.rows.map { Self.json($0, subject.columns.map(\.key)) }
        let figures = page.figures.map { ($0.key, $0.cell.value) }
        let above = page.above.map { ($0.key, $0.json) }
        return .members([
            "figures": figures.isEmpty ? nil : .object(Dictionary(figures) { first, _ in first }),
            "sections": above.isEmpty ? nil : .object(Dictionary(above) { first, _ in first }),
            "items": .array(items), "total": page.total.map { .integer(Int64($0)) }, "page": .integer(Int64(page.page)),
            "pages": .integer(Int64(page.pages)), "next": page.next.map { .text($0) },
        ])
    }

    static func json(_ row: ConsoleRow, _ columns: [String]) -> JSONValue {
        var members: [String: JSONValue] = row.marks.mapValues { .text($0) }
        for (column, cell) in zip(columns, row.cells) { members[column] = cell.value }
        members["id"] = .text(row.id)
        if let since = row.waitsSince { members["waitsSince"] = .integer(since.milliseconds) }
        if let deadline = row.deadline { members["deadline"] = .integer(deadline.milliseconds) }
        return .object(members)
    }
}
