import Foundation

extension ConsoleOffer {
    /// What the templates need for the button and the dialog.
    func model(_ desk: ConsoleDesk) -> [String: Any] {
        let words = "console.act.\(act.key)"
        let name = act.key.replacingOccurrences(of: ".", with: "-") + (part.map { "-\($0)" } ?? "")
        return [
            "dialog": "act-\(name)", "key": act.key, "address": address, "isDangerous": act.isDangerous,
            "hasPreview": act.preview != nil,
            "button": desk.text("\(words).button", parameters), "title": desk.text("\(words).title", parameters),
            "effect": desk.text("\(words).effect", parameters), "undo": desk.text("\(words).undo", parameters),
            "fields": act.fields.map { field($0, name, desk) },
        ]
    }

    private func field(_ field: ActField, _ dialog: String, _ desk: ConsoleDesk) -> [String: Any] {
        let given = prefill[field.name] ?? ""
        var model: [String: Any] = [
            "name": field.name, "id": "\(dialog)-\(field.name)", "label": desk.text("console.field.\(field.name)"),
            "value": given,
            "isOptional": field.isOptional, "type": "text", "hint": false, "input": false, "inputMode": false,
        ]
        if let hint = desk.words.text("console.hint.\(act.key).\(field.name)", desk.language) { model["hint"] = hint }
        func values(_ group: String, _ values: [String]) -> [[String: Any]] {
            let chosen = Set(given.split(separator: ",").map(String.init))
            return values.map { ["value": $0, "words": desk.value(group, $0), "isChosen": chosen.contains($0)] }
        }
        switch field.kind {
        case .line(let bytes): model.merge(["isLine": true, "maximum": bytes]) { $1 }
        case .text(let bytes): model.merge(["isText": true, "maximum": bytes]) { $1 }
        case .secret: model.merge(["isLine": true, "maximum": 128, "input": "password"]) { $1 }
        case .choice(let group, let all): model.merge(["isChoice": true, "values": values(group, all)]) { $1 }
        case .several(let group, let all):
            model.merge(["isSeveral": true, "type": "several", "values": values(group, all)]) { $1 }
        case .date: model.merge(["isLine": true, "input": "date", "maximum": 10]) { $1 }
        case .integer: model.merge(["isLine": true, "input": "number", "type": "integer", "maximum": 20]) { $1 }
        case .money: model.merge(["isLine": true, "type": "money", "inputMode": "decimal", "maximum": 20]) { $1 }
        case .flag: model.merge(["isFlag": true, "type": "flag", "isChosen": given == "true"]) { $1 }
        case .once: model.merge(["isHidden": true, "type": "once"]) { $1 }
        case .file(let bytes): model.merge(["isFile": true, "type": "file", "maximum": bytes]) { $1 }
        case .hidden: model.merge(["isHidden": true]) { $1 }
        }
        return model
    }
}
