/// A sheet as its template shows it and as programs get it.
struct SheetModel {
    let sheet: ConsoleSheet
    let desk: ConsoleDesk

    var model: [String: Any] {
        var model: [String: Any] = [
            "heading": sheet.title, "lead": sheet.lead, "acts": sheet.acts.map { $0.model(desk) },
            "sections": sheet.sections.map(section),
        ]
        if let badge = sheet.badge { model["standing"] = ["text": badge.text, "tone": (badge.tone ?? .plain).rawValue] }
        for (name, value) in sheet.extra { model[name] = Self.plain(value) }
        return model
    }

    private func section(_ section: ConsoleSection) -> [String: Any] {
        var model: [String: Any] = [
            "id": "section-\(section.key)", "title": section.title ?? desk.text("console.section.\(section.key)"),
            "facts": section.facts.map { fact in
                fact.cell.model.merging(["name": desk.text("console.fact.\(fact.key)"), "key": fact.key]) { $1 }
            },
            "hasFacts": !section.facts.isEmpty, "acts": section.acts.map { $0.model(desk) }, "hasActs": !section.acts.isEmpty,
            "notices": section.notices.map { ["tone": $0.tone.rawValue, "words": $0.words, "more": $0.more] },
            "passages": section.passages.map(Self.passage), "hasPassages": !section.passages.isEmpty, "table": false,
            "progress": false,
        ]
        if let table = section.table { model["table"] = self.table(table, key: section.key) }
        if let progress = section.progress {
            var bar: [String: Any] = ["done": progress.done, "total": max(1, progress.total), "words": progress.words]
            if let address = progress.address { bar["address"] = address }
            model["progress"] = bar
        }
        return model
    }

    private func table(_ table: ConsoleSection.Table, key: String) -> [String: Any] {
        let labels = table.columns.map { desk.text("console.column.\($0)") }
        return [
            "columns": labels.map { ["words": $0] }, "rows": table.rows.map { ListModel.row($0, labels) },
            "isEmpty": table.rows.isEmpty,
            "none": desk.words.text("console.none.\(key)", desk.language) ?? desk.text("console.nothing"),
        ]
    }

    private static func passage(_ passage: ConsoleSection.Passage) -> [String: Any] {
        let runs = passage.runs.map { run in
            ["text": run.text, "isAdded": run.kind == .added, "isRemoved": run.kind == .removed, "isSame": run.kind == .same]
                as [String: Any]
        }
        var model: [String: Any] = ["heading": passage.heading, "runs": runs, "isOurs": passage.isOurs, "note": false]
        if !passage.note.isEmpty { model["note"] = passage.note }
        return model
    }

    /// JSON as templates walk it.
    static func plain(_ value: JSONValue) -> Any {
        switch value {
        case .null: false
        case .bool(let flag): flag
        case .integer(let number): number
        case .number(let number): number
        case .text(let text): text
        case .array(let items): items.map(plain)
        case .object(let members): members.mapValues(plain)
        }
    }

    /// For programs: every section with its facts and items under their keys.
    var json: JSONValue {
        var sections: [String: JSONValue] = [:]
        for section in sheet.sections {
            var members: [String: JSONValue] = [:]
            for fact in section.facts { members[fact.key] = fact.cell.value }
            if let table = section.table { members["items"] = .array(table.rows.map { ListModel.json($0, table.columns) }) }
            if !section.passages.isEmpty {
                members["passages"] = .array(
                    section.passages.map { .object(["heading": .text($0.heading), "text": .text($0.runs.map(\.text).joined())]) })
            }
            if let progress = section.progress {
                members["done"] = .integer(Int64(progress.done))
                members["total"] = .integer(Int64(progress.total))
            }
            sections[section.key] = .object(members)
        }
        let offered = (sheet.acts + sheet.sections.flatMap(\.acts)).map { JSONValue.text($0.act.key) }
        var members: [String: JSONValue] = [
            "title": .text(sheet.title), "state": sheet.badge?.value ?? .null, "sections": .object(sections),
            "acts": .array(offered),
        ]
        members.merge(sheet.extra) { _, new in new }
        return .object(members)
    }
}
