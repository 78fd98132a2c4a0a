import Basics

/// One value of a list or sheet: what a person reads and what a program gets.
struct ConsoleCell: Sendable, Equatable {
    /// The colour by role of a badge. The words say the same.
    enum Tone: String, Sendable {
        case plain, good, warn, bad
    }

    /// For people.
    var text: String
    /// For programs, and for sorting.
    var value: JSONValue
    /// The page that it leads to.
    var link: String?
    /// Nil for plain text, else a badge.
    var tone: Tone?
    /// Figures stand in columns.
    var isFigure = false
    /// The whole of what the text shortens, for CSV and for the pointer.
    var whole: String?

    init(_ text: String, value: JSONValue? = nil, link: String? = nil, tone: Tone? = nil, isFigure: Bool = false) {
        self.text = text
        self.value = value ?? (text.isEmpty ? .null : .text(text))
        self.link = link
        self.tone = tone
        self.isFigure = isFigure
    }

    static let empty = ConsoleCell("")

    /// A long name of the journal, such as `order:ID`, shortened for the eye.
    static func name(_ name: String, link: String? = nil) -> ConsoleCell {
        var cell = ConsoleCell(name.count > 22 ? "\(name.prefix(16))…" : name, value: .text(name), link: link)
        cell.whole = name
        return cell
    }

    /// What the templates need.
    var model: [String: Any] {
        // False, not absent: a template else finds the name further out.
        var model: [String: Any] = [
            "text": text, "isFigure": isFigure, "isEmpty": text.isEmpty, "link": false, "badge": false, "whole": false,
        ]
        if let link { model["link"] = link }
        if let tone { model["badge"] = ["tone": tone.rawValue] }
        if let whole { model["whole"] = whole }
        return model
    }
}

extension ConsoleCell {
    /// Whether it stands before another one in a sorted list: numbers by size, text by its characters, nothing last.
    static func areInOrder(_ a: ConsoleCell, _ b: ConsoleCell) -> Bool {
        switch (a.value, b.value) {
        case (.integer(let a), .integer(let b)): a < b
        case (.null, _): false
        case (_, .null): true
        default: a.text < b.text
        }
    }
}
