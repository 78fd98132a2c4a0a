/// A sheet as its template shows it and as programs get it.
struct SheetModel {
    let sheet: ConsoleSheet
    let desk: ConsoleDesk

    var model: [String: Any] {
        var model: [String: Any] = [
            "heading": sheet.title, "lead": sheet.lead, "acts": sheet.acts.map { $0.model(desk) },
            "sections": sheet.sections.map { $0.model(desk) },
        ]
        if let badge = sheet.badge { model["standing"] = ["text": badge.text, "tone": (badge.tone ?? .plain).rawValue] }
        for (name, value) in sheet.extra { model[name] = Self.plain(value) }
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
        for section in sheet.sections { sections[section.key] = section.json }
        let offered = (sheet.acts + sheet.sections.flatMap(\.acts)).map { JSONValue.text($0.act.key) }
        var members: [String: JSONValue] = [
            "title": .text(sheet.title), "state": sheet.badge?.value ?? .null, "sections": .object(sections),
            "acts": .array(offered),
        ]
        members.merge(sheet.extra) { _, new in new }
        return .object(members)
    }
}
