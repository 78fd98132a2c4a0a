extension ConsoleSection {
    /// The section as its template shows it.
    func model(_ desk: ConsoleDesk) -> [String: Any] {
        var model: [String: Any] = [
            "id": "section-\(key)", "title": title ?? desk.text("console.section.\(key)"),
            "facts": facts.map { fact in
                fact.cell.model.merging(["name": desk.text("console.fact.\(fact.key)"), "key": fact.key]) { $1 }
            },
            "hasFacts": !facts.isEmpty, "acts": acts.map { $0.model(desk) }, "hasActs": !acts.isEmpty,
            "notices": notices.map { ["tone": $0.tone.rawValue, "words": $0.words, "more": $0.more] },
            "passages": passages.map(Self.passage), "hasPassages": !passages.isEmpty, "table": false, "progress": false,
            "chart": false,
        ]
        if let table { model["table"] = self.table(table, desk) }
        if let chart { model["chart"] = chart.model(named: title ?? desk.text("console.section.\(key)")) }
        if let progress {
            var bar: [String: Any] = ["done": progress.done, "total": max(1, progress.total), "words": progress.words]
            bar["address"] = progress.address ?? ""
            model["progress"] = bar
        }
        return model
    }

    private func table(_ table: Table, _ desk: ConsoleDesk) -> [String: Any] {
        let labels = table.columns.map { desk.text("console.column.\($0)") }
        return [
            "columns": labels.map { ["words": $0] }, "rows": table.rows.map { ListModel.row($0, labels) },
            "isEmpty": table.rows.isEmpty,
            "none": desk.words.text("console.none.\(key)", desk.language) ?? desk.text("console.nothing"),
        ]
    }

    private static func passage(_ passage: Passage) -> [String: Any] {
        let runs = passage.runs.map { run in
            ["text": run.text, "isAdded": run.kind == .added, "isRemoved": run.kind == .removed, "isSame": run.kind == .same]
                as [String: Any]
        }
        var model: [String: Any] = ["heading": passage.heading, "runs": runs, "isOurs": passage.isOurs, "note": false]
        if !passage.note.isEmpty { model["note"] = passage.note }
        return model
    }

    /// For programs: facts and items under their keys.
    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        for fact in facts { members[fact.key] = fact.cell.value }
        if let table { members["items"] = .array(table.rows.map { ListModel.json($0, table.columns) }) }
        if !passages.isEmpty {
            members["passages"] = .array(
                passages.map { .object(["heading": .text($0.heading), "text": .text($0.runs.map(\.text).joined())]) })
        }
        if let progress {
            members["done"] = .integer(Int64(progress.done))
            members["total"] = .integer(Int64(progress.total))
        }
        return .object(members)
    }
}
